"""Counted attempts from one place, in the cache; a cache that fails lets everybody through."""

import hashlib

from django.core.cache import cache


def used_up(name: str, place: str, *, most: int, seconds: int) -> bool:
    """True when ``place`` has tried more than ``most`` times; the window starts at the first try.

    Counts per place, never per person or dossier: nobody can use up another's attempts.
    """
    key = f"limit:{name}:{hashlib.sha256(place.encode()).hexdigest()[:32]}"
    try:
        if cache.add(key, 1, seconds):
            return False
        return cache.incr(key) > most
    except ValueError:  # ran out between the two calls
        return False

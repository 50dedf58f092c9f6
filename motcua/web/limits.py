"""Counted attempts from one place, in the cache; a cache that loses its store lets people through."""

import hashlib

from django.core.cache import cache


def _key(name: str, place: str) -> str:
    return f"limit:{name}:{hashlib.sha256(place.encode()).hexdigest()[:32]}"


def used_up(name: str, place: str, *, most: int, seconds: int) -> bool:
    """Count one try; True when ``place`` has tried more than ``most`` times within ``seconds`` of its first.

    ``place`` contains the caller's address, or a full count only slows strangers down: nobody can use up
    another's tries.
    """
    key = _key(name, place)
    try:
        if cache.add(key, 1, seconds):
            return False
        return bool(cache.incr(key) > most)
    except ValueError:  # it ran out between the two calls
        return False


def count(name: str, place: str) -> int:
    """How many tries of ``place`` have been counted; 0 when the cache has lost them."""
    return int(cache.get(_key(name, place), 0))


def forget(name: str, place: str) -> None:
    """Start ``place``'s count anew."""
    cache.delete(_key(name, place))

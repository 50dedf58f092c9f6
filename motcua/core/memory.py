"""The garbage collector of a process that has started and now answers, again and again."""

import gc

FIRST = 10_000  # new containers before the youngest are looked at; Python's own is 700


def settle() -> None:
    """Leave what the program itself is made of out of every later collection.

    A collection walks all that lives, and a loaded program is most of it: a figure over 9,000 services
    took 100 ms, of which 38 were such walks (`python bench/board.py`). Call once, when all is loaded.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(FIRST, 10, 10)

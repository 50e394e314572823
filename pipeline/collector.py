"""How often a process that reads many documents looks for cycles of garbage (循环垃圾回收)."""

import gc

# Objects made before the youngest are looked through: about as many as a report of a hundred pages makes. They hold no
# cycles, so that looking through them each time another 700 were made finds nothing and takes a sixth of the time.
_YOUNG, _MIDDLE, _OLD = 400_000, 5, 2


def settle() -> None:
    """To be called once the process has loaded what it needs: that stays, and is not looked through again."""
    gc.freeze()
    gc.set_threshold(_YOUNG, _MIDDLE, _OLD)

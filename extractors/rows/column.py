"""One column of a table as its heads name it (列)."""

from extractors.frozen import frozen


@frozen
class Column:
    """One column (列). role: as IndicatorField, or `level1`…`level4`, `indicator`, `name`, `serial`, `unit`, ''.

    level: of a measure the level it belongs to, 0 for the deepest name of each row. head: heads joined from the
    top. unit: that the heads state. money: role of amounts below it if its head names money, else ''.
    group: 0-based number of the repeated group of heads it stands in (several years side by side).
    """

    index: int
    role: str
    head: str
    level: int = 0
    unit: str = ""
    money: str = ""
    group: int = 0

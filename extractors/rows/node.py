"""An indicator while its table is read (读表中的指标)."""

import re
from dataclasses import dataclass, field
from typing import cast

from extractors.rows.column import Column
from extractors.rows.model import IndicatorField, Printed

_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")


@dataclass(eq=False, slots=True)
class Node:
    """An indicator while its table is read.

    values: field -> (row, printed), in order of rows. brackets: weights behind its name (`产出（37分）`), likewise.
    later, years: of further groups of columns, by group.
    """

    level: int
    name: Printed
    path: tuple[str, ...]
    row: int
    values: dict[str, list[tuple[int, Printed]]] = field(default_factory=dict)
    brackets: list[tuple[int, Printed]] = field(default_factory=list)
    later: dict[int, list[tuple[IndicatorField, Printed]]] = field(default_factory=dict)
    years: dict[int, str] = field(default_factory=dict)

    def add_later(self, column: Column, row: int, printed: Printed) -> None:
        """A target or value of a further group of columns (the next year's), printed in the node's first row."""
        if row == self.row:
            self.later.setdefault(column.group, []).append((cast(IndicatorField, column.role), printed))
            self.years[column.group] = year_of(column.head)

    def add(self, role: str, row: int, printed: Printed) -> None:
        """One more printed value of a field."""
        self.values.setdefault(role, []).append((row, printed))


def year_of(text: str) -> str:
    """The one year that a head or caption names (`2019年`), '' if none or several."""
    if "年" not in text:
        return ""
    years = set(_YEAR.findall("".join(text.split())))
    return f"{years.pop()}年" if len(years) == 1 else ""

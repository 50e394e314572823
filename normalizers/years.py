"""Targets of several years in one table (多年度目标): the rows of each year apart, so that no two years are mixed."""

from extractors.frozen import replace
from extractors.rows.model import IndicatorRow

Rows = list[IndicatorRow]


def by_year(rows: Rows) -> list[tuple[str, Rows]]:
    """The rows of one table, first those that every row prints, then each further year with the groups it hangs under.

    Each comes with its year (`2024年`), '' where its rows name none or several. Columns of a further year that set no
    target (`2022年实际值` beside the year evaluated) are a base to compare with, no indicator of that year: left out.
    """
    first: dict[tuple[int, int, str], IndicatorRow] = {}
    further: dict[str, Rows] = {}
    for row in rows:
        kept = first.setdefault((row.row, row.level, row.name.text), row)
        if kept is not row and kept.year != row.year and any(name == "target" for name, _ in row.fields):
            further.setdefault(row.year, []).append(row)
        elif kept is not row and kept.year == row.year:
            first[row.row, row.level, row.name.text] = replace(kept, fields=kept.fields + row.fields)
    base = list(first.values())
    return [(_year(base), base), *((year, _ancestors(own, base) + own) for year, own in further.items())]


def _year(rows: Rows) -> str:
    """The one year that the rows name, else ''."""
    named = {row.year for row in rows if row.year}
    return named.pop() if len(named) == 1 else ""


def _ancestors(rows: Rows, base: Rows) -> Rows:
    """The indicators that rows of a further year hang under, without what the table states of them."""
    above = {row.path[:depth] for row in rows for depth in range(1, len(row.path) + 1)}
    own = {(row.row, row.level) for row in rows}
    return [
        replace(row, fields=(), year=rows[0].year)
        for row in base
        if (*row.path, row.name.text) in above and (row.row, row.level) not in own
    ]

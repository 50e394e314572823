"""Evidence as a reader wants it (上下文): what stands in one row or sentence together, a cell with its row and head."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import orjson

from extractors.frozen import frozen
from pipeline.writers import wording
from pipeline.writers.jsonlines import read_records
from pipeline.writers.records import record_path

_NEIGHBOUR = 24  # characters shown of a cell beside the one meant
_KEPT = 32  # tables kept in memory
_HEAD = 16  # characters shown of a column's head
Key = tuple[str, str]  # source and table_id


@frozen
class CellContext:
    """A cell in its row (行内上下文).

    row: the texts of the row's cells that hold any, cut but for the one meant. position: its 0-based index in `row`.
    head: its column's head, or ''.
    """

    row: tuple[str, ...]
    position: int
    head: str

    def __str__(self) -> str:
        return " | ".join(self.row)


@frozen
class Quote:
    """What one sentence or one table row contributes to a finding (一处原文).

    items: (index into the finding's evidence, evidence). cells: their contexts, empty for prose.
    """

    items: tuple[tuple[int, Mapping[str, Any]], ...]
    cells: tuple[CellContext, ...]

    @property
    def text(self) -> str:
        """The sentence, or the row's cells."""
        return str(self.cells[0]) if self.cells else str(self.items[0][1]["quote"])

    @property
    def place(self) -> str:
        """Where it stands."""
        head = self.cells[0].head if len(self.cells) == 1 else ""
        return wording.place(self.items[0][1], head, row_only=len(self.items) > 1)


@frozen
class _Grid:
    """What contexts need of one table (表格). rows: row → its cells, those that reach into it included."""

    rows: Mapping[int, Sequence[Mapping[str, Any]]]
    head: Sequence[Mapping[str, Any]]


_NO_GRID = _Grid({}, ())


class Contexts:
    """The tables that the findings below a folder point to, each read when it is asked for (上下文库)."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / record_path("tables")
        self._places = _places_of(self._path, _wanted(folder))
        self._grid = lru_cache(maxsize=_KEPT)(self._read)

    def _read(self, key: Key) -> _Grid:
        """One table by source and table_id."""
        if key not in self._places:
            return _NO_GRID
        with self._path.open("rb") as file:
            file.seek(self._places[key])
            table = orjson.loads(file.readline())
        cells = [cell for row in table["rows"] for cell in row["cells"]]
        rows: dict[int, list[Mapping[str, Any]]] = {}
        for cell in cells:
            for row in range(cell["row"], cell["row"] + cell["row_span"]):
                rows.setdefault(row, []).append(cell)
        return _Grid(rows, [cell for cell in cells if cell["row"] < table["header_rows"]])

    def quotes(self, finding: Mapping[str, Any]) -> list[Quote]:
        """The evidence of a finding, that of one place together, in order of appearance."""
        groups: dict[Any, list[tuple[int, Mapping[str, Any]]]] = {}
        for index, item in enumerate(finding["evidence"]):
            cell = item["cell"]
            key = (item["page"], item["line"], item["quote"]) if cell is None else (cell["table"], cell["row"])
            groups.setdefault(key, []).append((index, item))
        return [self._quote(finding["source"], items) for items in groups.values()]

    def _quote(self, source: str, items: Sequence[tuple[int, Mapping[str, Any]]]) -> Quote:
        """One group of evidence with the contexts of its cells."""
        found = (self.of(source, item) for _, item in items)
        return Quote(tuple(items), tuple(context for context in found if context is not None))

    def of(self, source: str, evidence: Mapping[str, Any]) -> CellContext | None:
        """The context of a piece of evidence that stood in a cell; None for prose."""
        cell = evidence["cell"]
        if cell is None:
            return None
        key, column = (source, cell["table"]), cell["column"]
        grid = self._grid(key)
        row = sorted(grid.rows.get(cell["row"], ()), key=lambda other: int(other["column"]))
        shown = [other for other in row if other["text"] or other["column"] == column]
        heads = [head["text"] for head in grid.head if _covers(head, column) and head["text"]]
        return CellContext(
            row=tuple(other["text"] if _covers(other, column) else _cut(other["text"], _NEIGHBOUR) for other in shown),
            position=next((n for n, other in enumerate(shown) if _covers(other, column)), -1),
            head=_cut(heads[-1], _HEAD) if heads else "",
        )


def _wanted(folder: Path) -> set[Key]:
    """The tables in which evidence of a finding stands."""
    findings = read_records(folder, "findings")
    return {(one["source"], item["cell"]["table"]) for one in findings for item in one["evidence"] if item["cell"]}


def _places_of(path: Path, wanted: set[Key]) -> dict[Key, int]:
    """Where the lines of these tables begin in their file, in bytes."""
    places: dict[Key, int] = {}
    if not wanted:
        return places
    with path.open("rb") as file:
        place = 0
        for line in file:
            table = orjson.loads(line)
            key = (table["source"], table["table_id"])
            if key in wanted:
                places[key] = place
            place += len(line)
    return places


def _covers(cell: Mapping[str, Any], column: int) -> bool:
    """Whether a cell reaches over a column."""
    return bool(cell["column"] <= column < cell["column"] + cell["column_span"])


def _cut(text: str, length: int) -> str:
    """The beginning of a text."""
    return text if len(text) <= length else text[:length] + "…"

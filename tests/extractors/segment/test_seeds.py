"""On the real reports beside the repository: every scored indicator stands in a cell, with its numbers in its row."""

import json
from pathlib import Path

import pytest

from extractors.pages import Document, Line, Page
from extractors.readers.read import read
from extractors.segment.model import ReportPart, TableGrid
from extractors.segment.segment import segment
from extractors.vocabulary import plain

SHARED = Path(__file__).parents[4] / "shared"
SEEDS = ("000", "001", "002", "003", "004")
HELD_OUT_FROM = 1067  # line of 004; what stands there is for acceptance only

pytestmark = pytest.mark.skipif(not SHARED.exists(), reason="the real reports are not beside the repository")


def rows(name: str, seed: str) -> list[dict[str, object]]:
    """The hand-made records of one report."""
    with (SHARED / "gold" / f"{name}_dev.jsonl").open(encoding="utf-8") as lines:
        return [row for row in map(json.loads, lines) if str(row.get("source", "004")).startswith(seed)]


def document(seed: str) -> Document:
    """The report as read; of 004 only the lines that may be seen, each in its true order."""
    path = next((SHARED / "seeds").glob(f"{seed}_*.txt"))
    if seed != "004":
        return read(path.name, path.read_bytes())
    raw = b"\n".join(path.read_bytes().split(b"\n")[: HELD_OUT_FROM - 1])
    true = {row["line"]: str(row["true"]) for row in rows("garble", "004")}
    found = read(path.name, raw)
    lines = tuple(Line(true.get(line.number, line.text), line.number) for line in found.lines)
    return Document(path.name, found.sha256, found.media_type, (Page(1, lines),))


def parts(seed: str) -> tuple[ReportPart, ...]:
    """The parts of a report."""
    return segment(document(seed))


def row_of(tables: list[TableGrid], name: str, lines: list[int]) -> set[str]:
    """All texts of the grid row in which a cell prints `name` on one of `lines`."""
    for table in tables:
        for cell in table.cells:
            if plain(cell.text).split("(")[0] == plain(name).split("(")[0] and any(
                line.number in lines for line in cell.flow.lines
            ):
                return {plain(other.text) for other in table.dense()[cell.row] if other is not None}
    return set()


@pytest.mark.parametrize("seed", SEEDS)
def test_extents_are_those_of_the_hand_made_records(seed: str) -> None:
    """One part per report, from its first line to its last."""
    (report,) = rows("reports", seed)
    (part,) = parts(seed)
    assert part.kind == "report"
    first, last = part.lines[0].number, part.lines[-1].number
    assert first == 1
    assert abs((last or 0) - int(report["lines"][1])) <= 1  # type: ignore[index]


@pytest.mark.parametrize("seed", SEEDS)
def test_scored_indicators_stand_in_a_row_with_their_numbers(seed: str) -> None:
    """Each level-3 indicator of the main table has a row that prints its weight and its score."""
    tables = [table for part in parts(seed) for table in part.tables]
    missed = []
    for row in rows("indicators", seed):
        if row["table"] != "main" or row["level"] != 3 or row["weight"] is None or row["score"] is None:
            continue
        found = row_of(tables, str(row["name"]), list(row["lines"]))  # type: ignore[call-overload]
        numbers = {number.rstrip("0").rstrip(".") if "." in number else number for number in found}
        if not {str(row["weight"]), str(row["score"])} <= numbers | found:
            missed.append((row["name"], row["weight"], row["score"], sorted(found)))
    assert missed == []


@pytest.mark.parametrize("seed", SEEDS)
def test_path_of_each_indicator_covers_its_row(seed: str) -> None:
    """The names of the levels above an indicator reach down to its row."""
    tables = [table for part in parts(seed) for table in part.tables]
    missed = []
    for row in rows("indicators", seed):
        if row["table"] != "main" or row["level"] != 3:
            continue
        found = {text.split("(")[0] for text in row_of(tables, str(row["name"]), list(row["lines"]))}  # type: ignore[call-overload]
        if found and not {plain(str(name)).split("(")[0] for name in row["path"]} <= found:  # type: ignore[attr-defined]
            missed.append((row["name"], row["path"]))
    assert missed == []


def test_the_second_report_of_a_file_is_found() -> None:
    """File 004 holds two reports; the first ends where the hand-made record ends or at the page mark behind it."""
    path = next((SHARED / "seeds").glob("004_*.txt"))
    found = segment(read(path.name, path.read_bytes()))
    assert len(found) == 2
    assert HELD_OUT_FROM - 1 <= (found[0].lines[-1].number or 0) <= HELD_OUT_FROM + 8

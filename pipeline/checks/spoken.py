"""What the running text says of each indicator (指标文字): comments in its rows, sentences below its heading."""

from extractors.segment.model import TableGrid
from normalizers.names import key
from normalizers.records import EvaluationReport
from pipeline.checks.texts import Sentence


def by_owner(report: EvaluationReport, sentences: tuple[Sentence, ...]) -> dict[int, tuple[Sentence, ...]]:
    """Assign every sentence to the lowest indicator of its row, or to that of its heading, where there is one."""
    rows = _rows(report)
    headings = _headings(report)
    found: dict[int, list[Sentence]] = {}
    for sentence in sentences:
        if sentence.cell is not None:
            owner = _near(rows, sentence.cell.table, sentence.cell.row)
        else:
            owner = headings.get(id(sentence.heading))
        if owner is not None:
            found.setdefault(owner, []).append(sentence)
    return {owner: tuple(told) for owner, told in found.items()}


def _rows(report: EvaluationReport) -> dict[tuple[str, int], int]:
    """(table, row) -> lowest indicator printed there."""
    found: dict[tuple[str, int], int] = {}
    for one in sorted(report.indicators, key=lambda indicator: indicator.level):
        for mention in one.mentions:
            cell = mention.span.cell
            if cell is not None and mention.place != "cell-text":
                found[cell.table, cell.row] = one.index
    return found


def _near(rows: dict[tuple[str, int], int], table: str, row: int) -> int | None:
    """The indicator of a row, or of the row above where a page broke the cell."""
    return next((rows[table, above] for above in range(row, max(row - 6, -1), -1) if (table, above) in rows), None)


def _headings(report: EvaluationReport) -> dict[int, int]:
    """Heading (by identity) -> the one indicator that is said or named below it."""
    names: dict[str, set[int]] = {}
    for one in report.indicators:
        for name in one.names:
            names.setdefault(key(name), set()).add(one.index)
    claimed: dict[tuple[int | None, int | None], set[int]] = {}
    for claim in report.claims:
        if claim.owner is not None and claim.span.cell is None:
            claimed.setdefault((claim.span.page, claim.span.line), set()).add(claim.owner)
    found: dict[int, int] = {}
    for section in report.rows.part.sections:
        if section.heading is None:
            continue
        flows = [block.flow for block in section.blocks if not isinstance(block, TableGrid)]
        lines = {(line.page, line.number) for flow in flows for line in flow.lines}
        owners = set().union(*(claimed.get(line, set()) for line in lines))
        owners = owners or names.get(key(section.heading.title), set())
        if len(owners) == 1:
            found[id(section.heading)] = next(iter(owners))
    return found

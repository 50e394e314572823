"""What the running text says of each indicator (指标文字): comments in its rows, sentences below its heading."""

import re

from extractors.segment.model import TableGrid
from normalizers.names import bare, key
from normalizers.records import EvaluationReport
from pipeline.checks.texts import Sentence

_LOWEST, _SHORTEST = 3, 5  # level of an indicator, characters of its name, that may open a sentence about it
_LABEL = re.compile(r"\s*(?:[①-⑳]|[（(]?\d{1,2}[)）.、．])\s*")
_SIGNS = frozenset("，,：:（(为")


def by_owner(report: EvaluationReport, sentences: tuple[Sentence, ...]) -> dict[int, tuple[Sentence, ...]]:
    """Assign every sentence to the lowest indicator of its row, or to that of its heading, where there is one."""
    rows = _rows(report)
    headings = _headings(report)
    names = _names(report)
    found: dict[int, list[Sentence]] = {}
    for sentence in sentences:
        if sentence.cell is not None:
            owner = _near(rows, sentence.cell.table, sentence.cell.row)
        else:
            owner = headings.get(id(sentence.section.heading))
            owner = _opened(names, sentence.text) if owner is None and names else owner
        if owner is not None:
            found.setdefault(owner, []).append(sentence)
    return {owner: tuple(told) for owner, told in found.items()}


def _names(report: EvaluationReport) -> dict[str, dict[str, int]]:
    """First characters -> names of one lowest indicator each, the longer first, with its index."""
    found: dict[str, set[int]] = {}
    for one in report.indicators:
        for name in one.names if one.level == _LOWEST else ():
            found.setdefault(bare(name), set()).add(one.index)
    names: dict[str, dict[str, int]] = {}
    for name in sorted(found, key=len, reverse=True):
        if len(name) >= _SHORTEST and len(found[name]) == 1:
            names.setdefault(name[:2], {})[name] = min(found[name])
    return names


def _opened(names: dict[str, dict[str, int]], text: str) -> int | None:
    """The indicator whose name opens a sentence and is closed by a sign (绿化率，标杆值为不低于75%)."""
    label = None if "\u4e00" <= text[:1] <= "\u9fff" else _LABEL.match(text)
    plain = text if label is None else text[label.end() :]
    for name, index in names.get(plain[:2], {}).items():
        if plain.startswith(name) and plain[len(name) : len(name) + 1] in _SIGNS:
            return index
    return None


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
    for above in range(row, max(row - 6, -1), -1):
        owner = rows.get((table, above))
        if owner is not None:
            return owner
    return None


def _headings(report: EvaluationReport) -> dict[int, int]:
    """Heading (by identity) -> the one indicator that is said or named below it."""
    titles = {key(section.heading.title) for section in report.rows.part.sections if section.heading is not None}
    names: dict[str, set[int]] = {}
    for one in report.indicators if titles else ():
        for name in one.names:
            plain = key(name)
            if plain in titles:
                names.setdefault(plain, set()).add(one.index)
    claimed: dict[tuple[int | None, int | None], set[int]] = {}
    for claim in report.claims:
        if claim.owner is not None and claim.span.cell is None:
            claimed.setdefault((claim.span.page, claim.span.line), set()).add(claim.owner)
    found: dict[int, int] = {}
    for section in report.rows.part.sections:
        if section.heading is None:
            continue
        owners: set[int] = set()
        for block in section.blocks if claimed else ():
            for line in () if isinstance(block, TableGrid) else block.flow.lines:
                known = claimed.get((line.page, line.number))
                if known is not None:
                    owners |= known
        if not owners:
            owners = names.get(key(section.heading.title), owners)
        if len(owners) == 1:
            found[id(section.heading)] = next(iter(owners))
    return found

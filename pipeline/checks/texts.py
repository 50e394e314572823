"""The report's running text as sentences (正文句子), each knowing its lines, heading and cell."""

import re
from collections.abc import Iterator
from functools import cache

from extractors.frozen import frozen
from extractors.provenance import CellPlace, SourceSpan
from extractors.segment.model import Flow, Heading, ReportPart, Section, TableGrid
from normalizers.records import ReportedNumber
from pipeline.checks.once import exact

_STOP_SIGNS = "。；;！!？?\n"
_STOPS = re.compile(f"[{_STOP_SIGNS}][{_STOP_SIGNS}]*")  # begins with a set: the scanner leaps to it
_CLAUSES = "，,：:。；;！？\n"
_CLAUSE = re.compile(f"[^{_CLAUSES}]*")
_CLAUSE_END = re.compile(f"[{_CLAUSES}]")
_NARROW = re.compile(r"[,;:](?<![\dA-Za-z][,;:])|[,;:](?![\dA-Za-z /])")
_WIDE = {",": "，", ";": "；", ":": "："}
SHORT_CELL = 12  # a cell shorter than this is a value, not a text


@frozen
class Sentence:
    """One sentence of a paragraph or of a cell's text (句子).

    text: without its stop, commas and the like wide as Chinese print has them. start, end: offsets in the flow's text.
    """

    text: str
    flow: Flow
    start: int
    end: int
    section: Section
    cell: CellPlace | None = None

    @property
    def heading(self) -> Heading | None:
        """The heading it stands below."""
        return self.section.heading

    def span(self, start: int, end: int, margin: int = 24) -> SourceSpan:
        """The place of text[start:end]; the quote reaches to the ends of its clause, at most `margin` further."""
        text = self.text
        low = start - margin if start > margin else 0
        before = _CLAUSE_END.search(text[low:start][::-1])  # turned round: the scanner leaps to the sign
        low = low if before is None else start - before.start()
        whole = _CLAUSE.match(text, end, min(end + margin, len(text)))
        high = end if whole is None else whole.end()
        quote = self.flow.text[self.start + low : self.start + high].strip()
        return self.flow.span(self.start + start, self.start + end, cell=self.cell, quote=quote)

    def lines(self) -> range:
        """The 1-based lines it runs over; empty for paged sources."""
        first, last = self.flow.line_at(self.start).number, self.flow.line_at(max(self.end - 1, self.start)).number
        return range(0) if first is None or last is None else range(first, last + 1)


def last_clause(text: str, signs: str) -> str:
    """What stands behind the last of these signs; the whole text where there is none."""
    last = _any_of(signs).search(text[::-1])  # turned round: the scanner leaps to the sign, and most are near
    return text if last is None else text[len(text) - last.start() :]


@cache
def _any_of(signs: str) -> re.Pattern[str]:
    """One of these signs; each caller has signs of its own."""
    return re.compile(f"[{re.escape(signs)}]")


def printed_digits(text: str) -> ReportedNumber:
    """The number that digits found in a sentence print: no sign, no unit; separators of thousands are dropped."""
    digits = text.replace(",", "").rstrip(".")
    return ReportedNumber(text, exact(digits), len(digits.partition(".")[2]))


def sentences(part: ReportPart, cells: bool = True) -> Iterator[Sentence]:
    """Every sentence of headings and paragraphs and, where `cells` are wanted, of longer ones, in reading order."""
    for section in part.sections:
        if section.heading is not None:
            yield from _split(section.heading.flow, section, None)
        for block in section.blocks:
            if not isinstance(block, TableGrid):
                yield from _split(block.flow, section, None)
            elif cells:
                for cell in block.cells:
                    if len(cell.flow.text) >= SHORT_CELL:
                        yield from _split(cell.flow, section, block.place(cell))


def widened(text: str) -> str:
    """A text with the narrow commas, semicolons and colons of clauses made wide (半角标点), character for character.

    `经费7.50万元,3个社区` ends a clause at its comma; `12,345` and `10:30` hold none.
    """
    if "," not in text and ";" not in text and ":" not in text:  # as nearly always
        return text
    return _NARROW.sub(lambda sign: _WIDE[sign[0]], text)


def _split(flow: Flow, section: Section, cell: CellPlace | None) -> list[Sentence]:
    start, text = 0, widened(flow.text).rstrip(_STOP_SIGNS)  # of most texts that is one sentence
    found = []
    while (stop := _STOPS.search(text, start)) is not None:
        end, behind = stop.span()
        if end > start:
            found.append(Sentence(text[start:end], flow, start, end, section, cell))
        start = behind
    if start < len(text):
        found.append(Sentence(text[start:], flow, start, len(text), section, cell))
    return found

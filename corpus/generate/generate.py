"""The door of the load generator (报告生成): seed and number in, one report with its truth out."""

from dataclasses import dataclass, replace
from typing import Any

from corpus.generate.blocks import Block, Grid, Paragraph, typeset
from corpus.generate.chance import Chance
from corpus.generate.draw import draw_facts
from corpus.generate.layout import set_text
from corpus.generate.pen import Pen, unmarked
from corpus.generate.plant import Planted, plant
from corpus.generate.reports import compose
from corpus.generate.truth import truth_of

_PER_FOLDER = 1000  # reports in one folder
_GB18030, _BOM, _CRLF = 0.05, 0.05, 0.1  # shares of files


@dataclass(frozen=True, slots=True)
class Generated:
    """A generated report (生成的报告). source: path below the input folder; data: the file; truth: a JSON object."""

    source: str
    data: bytes
    blocks: tuple[Block, ...]
    truth: dict[str, Any]


def generate(seed: int, number: int, errors: float = 0.0) -> Generated:
    """Report `number` (from 0) of a seed; the share `errors` of all reports has one planted error."""
    facts = draw_facts(Chance(seed, number, "facts"))
    choices = (seed, number, "words")
    pen = Pen()
    blocks, traps = compose(facts, Chance(*choices), pen)
    planted: Planted | None = None
    fate = Chance(seed, number, "errors")
    if fate.maybe(errors):
        planted = plant(fate, pen.slots, facts)
        if planted is not None:
            blocks, traps = compose(facts, Chance(*choices), Pen(wrong=planted.wrong))
    text = set_text(blocks, facts.habit)
    suffix = "md" if facts.habit.markdown else "txt"
    source = f"{number // _PER_FOLDER:04d}/{number:07d}.{suffix}"
    truth = truth_of(source, facts, text, planted, traps)
    clean = tuple(_unmarked(block) for block in blocks)
    return Generated(source, _encoded(Chance(seed, number, "file"), unmarked(text)), clean, truth)


def _encoded(chance: Chance, text: str) -> bytes:
    """The text as a file: mostly UTF-8 with line feeds."""
    if chance.maybe(_CRLF):
        text = text.replace("\n", "\r\n")
    if chance.maybe(_GB18030):
        return text.encode("gb18030")
    return text.encode("utf-8-sig" if chance.maybe(_BOM) else "utf-8")


def _unmarked(block: Block) -> Block:
    if isinstance(block, Paragraph):
        return replace(block, text=unmarked(block.text))
    return Grid(tuple(tuple(unmarked(text) for text in row) for row in block.rows), block.header_rows)


def as_pdf(report: Generated, seed: int) -> bytes:
    """The report printed as a born-digital PDF, in a style drawn by its seed."""
    from corpus.render.render import render
    from corpus.render.style import BORN_DIGITAL

    style = Chance(seed, report.source, "style").of(sorted(BORN_DIGITAL))
    return render(typeset(list(report.blocks)), BORN_DIGITAL[style])

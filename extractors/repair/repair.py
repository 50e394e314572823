"""The door of the repair (文字修复): a document whose character order is lost, put in order as far as text tells."""

from dataclasses import replace

from extractors.pages import Document, Line
from extractors.provenance import Note
from extractors.repair.confidence import confidence
from extractors.repair.detection import MOST_LINES, is_disordered, is_suspect, may_be_disordered
from extractors.repair.language_model import language_model
from extractors.repair.layout import lay_out
from extractors.repair.lines import text_of
from extractors.repair.passes import ReadLine, read_lines
from extractors.repair.plan import TextRepair
from extractors.repair.stretches import take_apart

_ALTERNATIVES = 3


def repair(document: Document) -> tuple[Document, tuple[TextRepair, ...]]:
    """The document with repaired lines, and what was done to each; a clean document comes back as it is."""
    if not is_suspect(document):
        return document, ()
    suspects = [line for line in document.lines if may_be_disordered(line)]
    lines = suspects[:MOST_LINES]
    read = read_lines([take_apart(line.text) for line in lines], language_model())
    changed = [item.is_changed for item in read]
    if not is_disordered(changed):
        return document, ()
    repairs = {
        id(line): _plan(line, item) for line, item, is_changed in zip(lines, read, changed, strict=True) if is_changed
    }
    pages = tuple(
        replace(page, lines=tuple(_repaired(line, repairs.get(id(line))) for line in page.lines))
        for page in document.pages
    )
    notes = document.notes + _left_out(len(suspects) - len(lines))
    return replace(document, pages=pages, notes=notes), tuple(repairs.values())


def _left_out(count: int) -> tuple[Note, ...]:
    """What to say about lines that were not read again."""
    if not count:
        return ()
    message = f"文字顺序错乱的行过多，只复原了前 {MOST_LINES} 行，其余 {count} 行保持原样；请拆分文件后再提交。"
    return (Note("order-not-repaired", message),)


def _plan(line: Line, item: ReadLine) -> TextRepair:
    """What is to be done to one line."""
    order = item.readings[0].order
    return TextRepair(
        raw=line.text,
        repaired=lay_out(item.line, order),
        order=order,
        confidence=confidence(item),
        method="language-model",
        line=line.number,
        page=line.page if line.number is None else None,
        box=line.box,
        alternatives=_alternatives(item),
    )


def _alternatives(item: ReadLine) -> tuple[str, ...]:
    """The next best readings that differ in text."""
    texts = {text_of(item.line, reading): lay_out(item.line, reading.order) for reading in reversed(item.readings)}
    best = text_of(item.line, item.readings[0])
    return tuple(text for plain, text in reversed(texts.items()) if plain != best)[:_ALTERNATIVES]


def _repaired(line: Line, plan: TextRepair | None) -> Line:
    """The line after its repair; a line without one is the same object."""
    if plan is None:
        return line
    return replace(line, text=plan.repaired, raw=plan.raw, origin="text-repaired", confidence=plan.confidence)

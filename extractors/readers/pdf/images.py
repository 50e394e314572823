"""Pages that are read from their image (识别的页): which, why, by whom, and what could not be read."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from extractors.errors import DocumentRefused
from extractors.pages import Line, Page
from extractors.provenance import Note
from extractors.readers.pdf.limits import SURE_DIGIT
from extractors.readers.pdf.opening import with_true_colours
from extractors.readers.pdf.pages import PageText
from extractors.readers.settings import ReadingSettings

if TYPE_CHECKING:
    import pymupdf

    from extractors.readers.pdf.ocr.engine import OcrEngine

_DIGITS = frozenset("0123456789.%％")
_OUT_OF_MEMORY = ("bad_alloc", "bad allocation", "allocate memory", "Insufficient memory")  # as libraries say it
_MOST_DOUBTS = 200  # doubtful numbers that are named one by one


def read_images(
    pdf: pymupdf.Document, texts: Sequence[PageText], settings: ReadingSettings, notes: list[Note]
) -> list[Page]:
    """All pages, those without usable text read from their image. notes: added to."""
    if not any(text.is_drawn for text in texts):
        return [text.page() for text in texts]
    with_true_colours()
    deadline = time.monotonic() + settings.ocr_seconds
    engine = _engine(settings, [text for text in texts if text.reason], notes)
    if engine is not None:
        _test_layers(pdf, texts, engine, deadline)
    wanted = [text for text in texts if text.reason]
    read: dict[int, Page] = {}
    late: list[int] = []
    for text in wanted if engine is not None else ():
        if time.monotonic() > deadline:
            late.append(text.number)
        elif engine is not None and (page := _read_image(pdf, text, engine, notes)) is not None:
            read[text.number] = page
        if settings.page_read is not None:
            settings.page_read()
    if late:
        limit = f"超出 {settings.ocr_seconds:g} 秒的时限"
        notes.append(
            Note("unread-pages-late", f"第 {_ranges(late)} 页需由图像识别，{limit}而未读；可用 --ocr-seconds 放宽。")
        )
    notes.extend(_said(wanted, read))
    notes.extend(_unlike(wanted, read))
    notes.extend(_doubtful(read.values()))
    return [read.get(text.number, text.page()) for text in texts]


def _test_layers(pdf: pymupdf.Document, texts: Sequence[PageText], engine: OcrEngine, deadline: float) -> None:
    """Distrust text layers over a picture of the page that says something else."""
    from extractors.readers.pdf.ocr.layer import differs
    from extractors.readers.pdf.ocr.picture import fits, render

    for text in texts:
        if text.lies_over_image and time.monotonic() < deadline:
            pdf_page = pdf[text.number - 1]
            if fits(pdf_page) and differs(render(pdf_page), text.layout.lines, engine):
                text.reason = "文字层与页面图像不符（他人识别的结果有误）"


def _engine(settings: ReadingSettings, wanted: Sequence[PageText], notes: list[Note]) -> OcrEngine | None:
    """The engine, or None with a note where it is not installed."""
    from extractors.readers.pdf.ocr.engines import load_engine

    try:
        return load_engine(settings.engine, settings.models, settings.threads)
    except DocumentRefused as refusal:
        if not wanted:
            return None
        pages = _ranges([text.number for text in wanted])
        notes.append(Note(f"unread-{refusal.code}", f"第 {pages} 页需由图像识别而未读：{refusal.message}"))
        return None


def _read_image(pdf: pymupdf.Document, text: PageText, engine: OcrEngine, notes: list[Note]) -> Page | None:
    """One page from its image, or None with a note where that is not possible."""
    from extractors.readers.pdf.ocr.picture import fits, render
    from extractors.readers.pdf.ocr.reading import read_picture

    try:
        pdf_page = pdf[text.number - 1]
        if not fits(pdf_page):
            message = f"第 {text.number} 页的图像过大，未识别；请以 200～300 dpi 重新扫描。"
            notes.append(Note("unread-page-too-large", message))
            return None
        layout = read_picture(render(pdf_page), engine, text.number)
    except MemoryError:
        raise
    except Exception as error:  # broken images raise all kinds
        if any(sign in str(error) for sign in _OUT_OF_MEMORY):
            raise MemoryError from error
        message = f"第 {text.number} 页的图像已损坏，未能识别（{type(error).__name__}）。"
        notes.append(Note("unread-page-damaged", message))
        return None
    lean = layout.lines[0].lean if layout.lines else None
    return Page(text.number, layout.lines, text.width, text.height, layout.rulings, True, layout.frames, lean)


def _said(wanted: Sequence[PageText], read: dict[int, Page]) -> list[Note]:
    """Which pages were read from their image, by reason."""
    reasons: dict[str, list[int]] = defaultdict(list)
    for text in wanted:
        if text.number in read:
            reasons[text.reason].append(text.number)
    return [Note("page-ocr", f"第 {_ranges(pages)} 页由图像识别读取：{reason}。") for reason, pages in reasons.items()]


def _unlike(wanted: Sequence[PageText], read: dict[int, Page]) -> list[Note]:
    """Pages with somebody's invisible OCR that says something else than we read."""
    from extractors.readers.pdf.ocr.layer import is_unlike

    pages = [
        text.number
        for text in wanted
        if text.number in read and is_unlike(text.glyphs.hidden_text, read[text.number].lines)
    ]
    return [Note("hidden-layer", f"第 {_ranges(pages)} 页自带的隐藏文字与图像不符，未采用。")] if pages else []


def _doubtful(pages: Iterable[Page]) -> list[Note]:
    """A note for each number with a digit that was not read for certain."""
    notes = []
    for page in pages:
        for line in page.lines:
            if line.confidence is not None and line.confidence < SURE_DIGIT:
                notes.extend(_doubts(line))
    if len(notes) > _MOST_DOUBTS:
        rest = len(notes) - _MOST_DOUBTS
        notes = [*notes[:_MOST_DOUBTS], Note("doubtful-number", f"另有 {rest} 处数字识别不清，请核对原件。")]
    return notes


def _doubts(line: Line) -> list[Note]:
    """A note where a digit of the line was not read for certain."""
    unsure = [c for c in line.chars if c.text in _DIGITS and c.confidence is not None and c.confidence < SURE_DIGIT]
    if not unsure:
        return []
    message = f"第 {line.page} 页“{line.text.strip()}”中的数字识别不清，请核对原件。"
    return [Note("doubtful-number", message, line.span())]


def _ranges(numbers: Sequence[int]) -> str:
    """`1—3、7`: page numbers with stretches drawn together."""
    parts: list[list[int]] = []
    for number in sorted(numbers):
        if parts and number == parts[-1][1] + 1:
            parts[-1][1] = number
        else:
            parts.append([number, number])
    return "、".join(str(first) if first == last else f"{first}—{last}" for first, last in parts)

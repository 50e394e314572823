"""Pages that are read from their image: which, by whom, and what is said where that cannot be done."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from corpus.render.blocks import TextBlock
from corpus.render.render import render
from corpus.render.style import Scan, Style
from extractors.errors import DocumentRefused
from extractors.pages import Document
from extractors.readers.pdf.ocr import engines
from extractors.readers.pdf.ocr.engine import Image, Quad, ReadText
from extractors.readers.pdf.ocr.models import no_engine
from extractors.readers.read import read
from extractors.readers.settings import DEFAULT, ReadingSettings

SCAN = Scan(100)
TITLE = TextBlock("青禾县水渠修缮项目绩效评价报告")
TEXT = TextBlock("项目预算120.00万元，支出108.00万元，预算执行率90.00%。" * 30)


class FakeEngine:
    """Finds one line on every page and reads the same in it. text, sure: what, and how certain of each character."""

    def __init__(self, text: str, sure: float = 1.0) -> None:
        self.text, self.sure = text, sure

    def detect(self, image: Image) -> list[Quad]:
        """One box, wide and flat, around the first ink."""
        rows = (image.min(axis=(1, 2)) < 128).nonzero()[0]
        top, width = (float(rows[0]), float(image.shape[1])) if len(rows) else (10.0, 100.0)
        return [((0.0, top), (width, top), (width, top + 20.0), (0.0, top + 20.0))]

    def recognise(self, crops: Sequence[Image]) -> list[ReadText]:
        """Always the same."""
        n = len(self.text)
        return [ReadText(self.text, (self.sure,) * n, tuple(10.0 * k for k in range(n))) for _ in crops]


def _use(monkeypatch: pytest.MonkeyPatch, engine: FakeEngine | None) -> None:
    """Let this engine be the one, or none be installed."""

    def load(name: str, models: Path | None, threads: int) -> FakeEngine:
        if engine is None:
            raise no_engine(name)
        return engine

    monkeypatch.setattr(engines, "load_engine", load)


def _read(style: Style, settings: ReadingSettings = DEFAULT, texts: int = 1) -> Document:
    return read("a.pdf", render([TITLE, *[TEXT] * texts], style), settings)


def _codes(document: Document) -> list[str]:
    return [note.code for note in document.notes]


def test_a_scan_without_an_engine_is_refused_with_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Never an exception of another kind, and never an empty report."""
    _use(monkeypatch, None)
    with pytest.raises(DocumentRefused) as refusal:
        _read(Style(scanned_pages="all", scan=SCAN))
    assert refusal.value.code == "ocr-unavailable"
    assert "重新安装" in refusal.value.message


def test_a_mixed_file_without_an_engine_is_read_in_part(monkeypatch: pytest.MonkeyPatch) -> None:
    """The ledger says which pages were not read; the others are."""
    _use(monkeypatch, None)
    document = _read(Style(scanned_pages="odd", scan=SCAN, running_head=False), texts=3)
    assert [page.number for page in document.pages if not page.lines] == [1, 3][: (len(document.pages) + 1) // 2]
    (note,) = (note for note in document.notes if note.code == "unread-ocr-unavailable")
    assert note.message.startswith("第 1")


def test_the_reason_for_reading_from_the_image_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """And the page says of itself that it was recognised."""
    _use(monkeypatch, FakeEngine("综合得分90.00分"))
    document = _read(Style(scanned_pages="all", scan=SCAN))
    assert all(page.read_by_ocr for page in document.pages)
    assert any(note.code == "page-ocr" and "扫描件" in note.message for note in document.notes)
    assert {line.origin for line in document.lines} == {"ocr"}


@pytest.mark.parametrize(("sure", "told"), [(0.99, False), (0.60, True)])
def test_digits_read_without_certainty_are_told(sure: float, told: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the place, so that an auditor can look at the page."""
    _use(monkeypatch, FakeEngine("综合得分90.00分", sure))
    document = _read(Style(scanned_pages="all", scan=SCAN))
    doubts = [note for note in document.notes if note.code == "doubtful-number"]
    assert bool(doubts) == told
    assert all(note.span is not None and note.span.bbox is not None for note in doubts)


def test_no_time_left_means_pages_left_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Told with the option that gives more."""
    _use(monkeypatch, FakeEngine("综合得分90.00分"))
    with pytest.raises(DocumentRefused) as refusal:
        _read(Style(scanned_pages="all", scan=SCAN), ReadingSettings(ocr_seconds=-1.0))
    assert refusal.value.code == "pages-late"
    assert "--ocr-seconds" in refusal.value.message


def test_every_page_read_from_its_image_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that whoever holds the clock knows that work goes on."""
    _use(monkeypatch, FakeEngine("综合得分90.00分"))
    calls: list[int] = []
    document = _read(Style(scanned_pages="all", scan=SCAN), ReadingSettings(page_read=lambda: calls.append(len(calls))))
    assert len(calls) == len(document.pages)


def _over_its_image(style: Style) -> bytes:
    """A PDF whose pages show the picture of another page below their own text."""
    import pymupdf

    from corpus.render.scan import scan_page

    pdf = pymupdf.open(stream=render([TITLE, TEXT], style))
    for number in range(len(pdf)):
        picture = scan_page(pymupdf.open(stream=render([TITLE, TEXT], style)), number, SCAN)
        pdf[number].insert_image(pdf[number].rect, stream=picture, overlay=False)
    return bytes(pdf.tobytes())


@pytest.mark.parametrize(("reading", "trusted"), [(TEXT.text, True), ("一派胡言乱语而已", False)])
def test_text_over_a_picture_is_believed_if_the_picture_says_so(
    reading: str, trusted: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody's OCR that is wrong is not used, with the reason."""
    engine = FakeEngine(reading)
    _use(monkeypatch, engine)
    if trusted:
        lines = [line.text for line in read("b.pdf", render([TITLE, TEXT], Style())).lines if len(line.text) > 5]
        answers = iter(lines * 10)
        monkeypatch.setattr(
            "extractors.readers.pdf.ocr.layer._sample", lambda given: [line for line in given if line.text in lines][:4]
        )
        monkeypatch.setattr(engine, "recognise", lambda crops: [ReadText(next(answers), (1.0,), (0.0,)) for _ in crops])
    document = read("a.pdf", _over_its_image(Style(running_head=False)))
    assert document.pages[0].read_by_ocr != trusted
    assert any("与页面图像不符" in note.message for note in document.notes) != trusted

"""What became of each input file (台账): exactly one line each, with a stable code and a sentence."""

from collections.abc import Iterator

from extractors.errors import DocumentRefused
from extractors.provenance import Note
from pipeline.results import DocumentResult
from pipeline.writers.records import LedgerRecord, NoteRecord

# A file that is read and holds no report: said here, so that nobody takes it for one without findings.
_NOT_SCORED = {
    "blank_form": ("blank-form", "这是未填写的空白表，没有可核对的数据。"),
    "target_declaration": ("target-declaration", "这是绩效目标申报表，只有目标，没有得分。"),
    "other": ("no-report", "这不是绩效评价报告，未作核对。"),
}
# Notes whose code begins so say that a part of the file was not read.
PARTLY_PREFIX = "unread-"


def ledger_of(result: DocumentResult) -> LedgerRecord:
    """The ledger line of a file that was read."""
    document = result.document
    notes = [_note(note, part) for part, note in _notes(result)]
    unread = next((note for note in notes if note["code"].startswith(PARTLY_PREFIX)), None)
    code, message = ("ok", None) if unread is None else (unread["code"], unread["message"])
    kinds = {report.report.kind for report in result.reports}
    unchecked = not any(report.relations for report in result.reports) or kinds != {"other"}
    if unread is None and len(kinds) == 1 and unchecked:
        code, message = _NOT_SCORED.get(next(iter(kinds)), (code, message))
    elif not kinds:
        code, message = _NOT_SCORED["other"]
    paged = any(page.width is not None for page in document.pages)
    return {
        "source": document.source,
        "sha256": document.sha256,
        "media_type": document.media_type,
        "status": "read" if unread is None else "partly read",
        "reason": None if message is None else f"{code}: {message}",
        "code": code,
        "parts": len(result.reports),
        "pages": len(document.pages) if paged else None,
        "pages_ocr": sum(page.read_by_ocr for page in document.pages),
        "notes": notes,
    }


def ledger_of_refusal(source: str, refusal: DocumentRefused, sha256: str | None = None) -> LedgerRecord:
    """The ledger line of a file that was not read."""
    return {
        "source": source,
        "sha256": sha256,
        "media_type": None,
        "status": "failed" if refusal.failed else "refused",
        "reason": str(refusal),
        "code": refusal.code,
        "parts": 0,
        "pages": None,
        "pages_ocr": 0,
        "notes": [],
    }


def ledger_of_archive(
    source: str, sha256: str, media_type: str, members: int, fault: DocumentRefused | None
) -> LedgerRecord:
    """The ledger line of an archive whose members have lines of their own; fault: why it was not read to its end."""
    code, message = ("archive", f"压缩包，内有 {members} 个文件，逐一列出。")
    if fault is not None:
        code, message = fault.code, f"压缩包损坏，只解出前 {members} 个文件，逐一列出。请重新取得该文件。"
    return {
        "source": source,
        "sha256": sha256,
        "media_type": media_type,
        "status": "read" if fault is None else "partly read",
        "reason": f"{code}: {message}",
        "code": code,
        "parts": 0,
        "pages": None,
        "pages_ocr": 0,
        "notes": [],
    }


def _notes(result: DocumentResult) -> Iterator[tuple[int | None, Note]]:
    """Every note of a file once, with the part it concerns."""
    seen: set[Note] = set()
    for part, notes in _notes_by_stage(result):
        for note in notes:
            if note not in seen:
                seen.add(note)
                yield part, note


def _notes_by_stage(result: DocumentResult) -> Iterator[tuple[int | None, tuple[Note, ...]]]:
    """The notes as the stages made them."""
    yield None, result.document.notes
    for report in (item.report for item in result.reports):
        part = report.rows.part
        yield report.part, part.notes
        for table in part.tables:
            yield report.part, table.notes
        yield report.part, report.rows.notes
        yield report.part, report.notes


def _note(note: Note, part: int | None) -> NoteRecord:
    """One note as the ledger states it."""
    span = note.span
    return {
        "code": note.code,
        "message": note.message,
        "part": part,
        "page": None if span is None else span.page,
        "line": None if span is None or span.page is not None else span.line,
    }

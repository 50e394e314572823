"""One input file from its bytes to its written lines (单份文件): whatever happens, one ledger line comes out."""

import hashlib
import io
import json
import traceback
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from pathlib import Path
from typing import Any

import orjson

from extractors.errors import DocumentRefused
from extractors.frozen import frozen
from extractors.readers.settings import DEFAULT, ReadingSettings
from pipeline.discover import InputFile
from pipeline.intake import read_bytes
from pipeline.options import Limits
from pipeline.results import DocumentResult

ROOT = Path(__file__).resolve().parent.parent


@frozen
class Yield:
    """What one file yielded (产出).

    lines: kind of record → its JSON Lines, each ending in a newline; kinds without records are left out.
    status, code: as its ledger line. reports: how many. findings: severity → how many. pages_ocr: pages read from their
    image. coverage: sums over its reports.
    """

    source: str
    lines: dict[str, bytes]
    status: str
    code: str
    reports: int = 0
    findings: dict[str, int] = field(default_factory=dict)
    pages_ocr: int = 0
    coverage: dict[str, int] = field(default_factory=dict)


def dump(record: Any) -> bytes:
    """One record as a JSON line: UTF-8, no blanks, fields in the order of the contract.

    Halves of surrogate pairs, which broken PDFs may give and UTF-8 cannot hold, become question marks.
    """
    try:
        return orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE)
    except orjson.JSONEncodeError:  # it refuses surrogates
        line = json.dumps(record, ensure_ascii=False, separators=(",", ":"), allow_nan=False) + "\n"
        return line.encode("utf-8", "replace")


def dump_all(records: Mapping[str, Sequence[Any]]) -> dict[str, bytes]:
    """Records by kind as JSON Lines; kinds without records are left out."""
    return {kind: _lines(rows) for kind, rows in records.items() if rows}


def _lines(rows: Sequence[Any]) -> bytes:
    """Records as JSON Lines, never held twice: a long report's are a hundred megabytes."""
    lines = io.BytesIO()
    lines.writelines(map(dump, rows))
    return lines.getvalue()


def work(file: InputFile, limits: Limits, settings: ReadingSettings = DEFAULT) -> Yield:
    """Read and judge one file; never raises for what the file is or does."""
    if file.refusal is not None:
        return refused(file.source, file.refusal)
    try:
        data = read_bytes(file.path, limits)
    except DocumentRefused as refusal:
        return refused(file.source, refusal)
    return guarded(
        file.source, hashlib.sha256(data).hexdigest(), limits, lambda: _processed(file.source, data, settings)
    )


def _processed(source: str, data: bytes, settings: ReadingSettings) -> Yield:
    """What one file's bytes yield. Raises DocumentRefused, and whatever a stage raises."""
    from pipeline.process import process

    return yield_of(process(source, data, settings))


def guarded(source: str, sha256: str, limits: Limits, produce: Callable[[], Yield]) -> Yield:
    """What `produce` gives, or what its failing means for the file."""
    try:
        return produce()
    except DocumentRefused as refusal:
        return refused(source, refusal, sha256)
    except MemoryError:
        return refused(source, out_of_memory(limits), sha256)
    except RecursionError:
        return refused(
            source, DocumentRefused("too-deep", "内容嵌套过深，已放弃。请人工查看该文件。", failed=True), sha256
        )
    except Exception as error:  # one file never stops the others; the ledger says what broke
        return refused(source, _broken(error), sha256)


def yield_of(result: DocumentResult) -> Yield:
    """The records of one judged file."""
    from pipeline.writers.convert import convert

    records = convert(result)
    ledger = records["ledger"][0]
    coverage: Counter[str] = Counter()
    for report in records["reports"]:
        coverage.update(report["coverage"])
    return Yield(
        source=result.document.source,
        lines=dump_all(records),
        status=ledger["status"],
        code=ledger["code"],
        reports=len(records["reports"]),
        findings=dict(Counter(finding["severity"] for finding in records["findings"])),
        pages_ocr=ledger["pages_ocr"],
        coverage=dict(coverage),
    )


def refused(source: str, refusal: DocumentRefused, sha256: str | None = None) -> Yield:
    """The yield of a file that was not read: its ledger line alone."""
    from pipeline.writers.ledger import ledger_of_refusal

    ledger = ledger_of_refusal(source, refusal, sha256)
    return Yield(source, {"ledger": dump(ledger)}, ledger["status"], refusal.code)


def out_of_memory(limits: Limits) -> DocumentRefused:
    """A file that needs more memory than allowed."""
    mebibytes = limits.memory // (1024 * 1024)
    return DocumentRefused(
        "memory-limit", f"处理所需内存超过 {mebibytes} MiB 的上限，已放弃。可用 --memory 放宽。", failed=True
    )


def out_of_time(limits: Limits) -> DocumentRefused:
    """A file that needs more time than allowed."""
    return DocumentRefused(
        "time-limit", f"处理超过 {limits.seconds:g} 秒的上限，已中止。可用 --seconds 放宽。", failed=True
    )


def crashed() -> DocumentRefused:
    """A file during whose processing the worker died."""
    return DocumentRefused("worker-crashed", "处理进程意外退出，该文件未完成。请人工查看该文件。", failed=True)


def _broken(error: Exception) -> DocumentRefused:
    """A fault of ours: says where, without paths of this machine."""
    own = [frame for frame in traceback.extract_tb(error.__traceback__) if Path(frame.filename).is_relative_to(ROOT)]
    place = f"{Path(own[-1].filename).relative_to(ROOT).as_posix()}:{own[-1].lineno}" if own else "?"
    return DocumentRefused(
        "internal-error", f"程序内部错误（{type(error).__name__}，{place}），请把该文件报告给开发者。", failed=True
    )

"""The outputs from stored results (汇编): one pass over the inputs in their order, then every other format."""

import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path

from pipeline.archives.model import MEDIA_TYPES, Unpacked
from pipeline.jobs import SEGMENTS, mark
from pipeline.options import MEBIBYTE, Limits
from pipeline.progress import Progress
from pipeline.state.database import Content, InputRow, Ledger
from pipeline.state.pickling import loads
from pipeline.state.segments import DamagedError, SegmentReader
from pipeline.summary import Summary
from pipeline.work import Yield, dump, refused
from pipeline.workers import Crew, Lost, WorkersBrokenError
from pipeline.writers.jsonlines import JsonLines
from pipeline.writers.ledger import ledger_of_archive
from pipeline.writers.write import FORMATS, FormatJob, write_format

_NO_LIMITS = Limits(seconds=1e6, memory=1024 * 1024 * MEBIBYTE)


def fingerprint(ledger: Ledger, judged: tuple[int, ...], writing: str) -> str:
    """What the outputs are made from; equal where they would be equal.

    judged: tags under which a result may stand, the first found counts. writing: version and options of the writers.
    """
    digest = hashlib.sha256(writing.encode())
    for row in ledger.inputs():
        refusal = "" if row.refusal is None else str(row.refusal)
        content = b"" if row.content is None else row.content.key
        digest.update(f"{row.source}\0{refusal}\0{row.archive}\0".encode() + content)
    digest.update(repr(judged).encode())
    return digest.hexdigest()


def yields(ledger: Ledger, judged: tuple[int, ...]) -> Iterator[Yield]:
    """What every input yielded, sorted by source. Raises DamagedError, having forgotten the result it concerns."""
    with SegmentReader(ledger.folder / SEGMENTS) as reader:
        for row in ledger.inputs():
            if row.refusal is not None:
                yield refused(row.source, row.refusal, None if row.content is None else row.content.sha256)
            elif row.archive is not None:
                yield _of_archive(row, ledger)
            else:
                assert row.content is not None, "everything was identified"  # noqa: S101
                yield sourced(_load(ledger, reader, judged, row.content), row.source, row.content)


def _of_archive(row: InputRow, ledger: Ledger) -> Yield:
    """The ledger line of an archive that was opened; its members have their own."""
    assert row.content is not None and row.archive is not None, "it was identified"  # noqa: S101
    unpacked = ledger.unpacked(row.content.sha256) or Unpacked(())
    if unpacked.fault is not None and not unpacked.members:
        return refused(row.source, unpacked.fault, row.content.sha256)
    record = ledger_of_archive(
        row.source, row.content.sha256, MEDIA_TYPES[row.archive], len(unpacked.members), unpacked.fault
    )
    return Yield(row.source, {"ledger": dump(record)}, record["status"], record["code"])


def _load(ledger: Ledger, reader: SegmentReader, judged: tuple[int, ...], content: Content) -> Yield:
    """The stored result of a content."""
    for tag in judged:
        place = ledger.place(tag, content)
        if place is None:
            continue
        try:
            done: Yield = loads(reader.load(place))
            return done
        except DamagedError:
            ledger.drop(tag, content)
            raise
    raise DamagedError(content.sha256)


def sourced(done: Yield, source: str, content: Content) -> Yield:
    """A stored result with the source in it under which its content is listed."""
    placeholder = mark(content).encode()
    name = json.dumps(source, ensure_ascii=False)[1:-1].encode("utf-8", "replace")
    lines = {kind: text.replace(placeholder, name) for kind, text in done.lines.items()}
    return Yield(source, lines, done.status, done.code, done.reports, done.findings, done.pages_ocr, done.coverage)


def write_lines(
    folder: Path, ledger: Ledger, judged: tuple[int, ...], summary: Summary, tell: Callable[[Yield], None]
) -> None:
    """Write all JSON Lines below `folder` and count them. tell: called for each input."""
    with JsonLines(folder) as records:
        for done in yields(ledger, judged):
            records.append(done.lines)
            summary.add(done)
            tell(done)


def write_formats(folder: Path, database: str | None, workers: int, progress: Progress) -> None:
    """Write every other format from the JSON Lines below `folder`, as many at once as there are workers."""
    progress.phase("store", 0, len(FORMATS))
    jobs = [FormatJob(name, folder, database) for name in FORMATS]
    if workers == 1:
        for job in jobs:
            write_format(job)
            progress.advance()
        return
    with Crew(min(workers, len(jobs)), _NO_LIMITS, write_format) as crew:
        for _, answer in crew.run(jobs):
            if isinstance(answer, Lost):
                raise WorkersBrokenError("写出结果的进程意外退出。请检查内存后重新运行。")
            progress.advance()


def outputs_stamp(out: Path) -> str:
    """Names, sizes and times of the outputs, hidden files left out: changes when somebody changes one."""
    found = []
    for path in sorted(out.rglob("*")):
        name = path.relative_to(out)
        if path.is_file() and not name.parts[0].startswith("."):
            status = path.stat()
            found.append((name.as_posix(), status.st_size, status.st_mtime_ns))
    return hashlib.sha256(repr(found).encode()).hexdigest()

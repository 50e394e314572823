"""How fast and how large (基准): `make bench` times every stage on the sample corpus beside a named peer.

Nothing here passes or fails: it measures, in processor time, which other programs on the machine disturb least.
Start-up (imports, dictionaries, the first document) is told apart.
"""

import re
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.collector import settle

ROUNDS = 5  # times that the corpus is read; the first document of the first round is start-up
PEER = "spaCy 空白中文管线（jieba 分词），只分词"


@dataclass(slots=True)
class Timing:
    """Seconds spent in each stage, in each document altogether, and in checking each report (耗时)."""

    stages: dict[str, float] = field(default_factory=dict)
    checks: list[float] = field(default_factory=list)
    documents: list[float] = field(default_factory=list)
    reports: int = 0

    def time(self, stage: str, call: Callable[..., Any], *arguments: Any) -> Any:
        """Call, and add the processor time that took to the stage."""
        began = time.process_time()
        result = call(*arguments)
        spent = time.process_time() - began
        self.stages[stage] = self.stages.get(stage, 0.0) + spent
        if stage == "check":
            self.checks.append(spent)
        return result


def peak_mebibytes() -> float:
    """The most memory this process has held at once.

    Linux counts what the process that started this one held as well, until the kernel is asked for its own peak.
    """
    status = Path("/proc/self/status")
    own = re.search(r"VmHWM:\s*(\d+) kB", status.read_text()) if status.exists() else None
    if own is not None:
        return int(own[1]) / 1024
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 2**20


def one_document(timing: Timing, source: str, data: bytes) -> dict[str, bytes]:
    """One document through all stages, each timed; its JSON Lines."""
    from extractors.errors import DocumentRefused
    from extractors.readers.read import read
    from extractors.repair.repair import repair
    from extractors.rows.extract import extract
    from extractors.segment.segment import segment
    from normalizers.normalize import normalize
    from pipeline.checks.run import judged
    from pipeline.results import DocumentResult, ReportResult
    from pipeline.work import dump_all
    from pipeline.writers.convert import convert

    try:
        document = timing.time("read", read, source, data)
    except DocumentRefused:
        return {}
    document, repairs = timing.time("repair", repair, document)
    results = []
    for part in timing.time("segment", segment, document):
        rows = timing.time("rows", extract, part)
        report = timing.time("normalize", normalize, document, rows)
        results.append(ReportResult(report, *timing.time("check", judged, report)))
    timing.reports += len(results)
    records = timing.time("records", convert, DocumentResult(document, repairs, tuple(results)))
    lines: dict[str, bytes] = timing.time("records", dump_all, records)
    return lines


def inputs(corpus: Path) -> list[tuple[str, bytes]]:
    """Source and bytes of every text file of the corpus."""
    from pipeline.discover import discover

    files = [file for file in discover(corpus) if file.refusal is None and file.source.endswith(".txt")]
    return [(file.source, Path(file.path).read_bytes()) for file in files]


def peer_seconds(texts: list[str]) -> float:
    """Seconds of the peer over the same text, once, its own start-up apart."""
    import jieba
    import spacy

    jieba.setLogLevel("ERROR")
    pipe = spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": "jieba"}}})
    pipe(texts[0][:100])
    began = time.process_time()
    for text in texts:
        pipe(text)
    return time.process_time() - began


def write_all(timing: Timing, folder: Path, lines: list[dict[str, bytes]]) -> None:
    """Write these records in every format, each timed."""
    from pipeline.across.observe import observe
    from pipeline.store import save
    from pipeline.writers.jsonlines import JsonLines
    from pipeline.writers.page import write_page
    from pipeline.writers.parquet import write_parquet
    from pipeline.writers.workbook import write_workbook

    def append() -> None:
        with JsonLines(folder) as files:
            for one in lines:
                files.append(one)

    timing.time("JSON Lines", append)
    timing.time("across", observe, folder)
    timing.time("Parquet", write_parquet, folder)
    timing.time("SQLite", save, folder, folder / "jihe.db")
    timing.time("workbook", write_workbook, folder)
    timing.time("page", write_page, folder)


def write_seconds(lines: list[dict[str, bytes]]) -> dict[str, float]:
    """Seconds of every output format over all these records, start-up apart."""
    with tempfile.TemporaryDirectory() as name:
        write_all(Timing(), Path(name), lines[:1])
    spent = Timing()
    with tempfile.TemporaryDirectory() as name:
        write_all(spent, Path(name), lines)
    return spent.stages


def measure(corpus: Path) -> Iterator[str]:
    """The report of the benchmark, line by line."""
    files = inputs(corpus)
    if not files:
        yield f"no text reports below {corpus}"
        return
    characters = sum(len(data.decode("utf-8", "ignore")) for _, data in files)
    began = time.process_time()
    one_document(Timing(), *files[0])
    yield f"start-up (imports, dictionaries, first document): {time.process_time() - began:.2f} s"
    settle()  # as the workers do
    timing = Timing()
    lines: list[dict[str, bytes]] = []
    for _ in range(ROUNDS):
        for source, data in files:
            before = time.process_time()
            lines.append(one_document(timing, source, data))
            timing.documents.append(time.process_time() - before)
    reading = sum(timing.stages.values())
    yield f"{len(files)} files, {timing.reports // ROUNDS} reports, {characters} characters, {ROUNDS} rounds, one core"
    for stage, seconds in timing.stages.items():
        yield f"  {stage:<10} {seconds / timing.reports * 1000:8.2f} ms a report  {seconds / reading:6.1%}"
    yield f"bytes to records: {timing.reports / reading:.1f} reports/s"
    median, worst = statistics.median(timing.documents) * 1000, max(timing.documents) * 1000
    yield f"a file: median {median:.1f} ms, worst {worst:.1f} ms"
    median, worst = statistics.median(timing.checks) * 1000, max(timing.checks) * 1000
    yield f"checking and localizing a report: median {median:.1f} ms, worst {worst:.1f} ms"
    yield f"peak memory, reading: {peak_mebibytes():.0f} MiB"
    written = write_seconds(lines)
    for stage, seconds in written.items():
        yield f"  {stage:<10} {seconds / timing.reports * 1000:8.2f} ms a report"
    yield f"peak memory, all records of {ROUNDS} rounds held: {peak_mebibytes():.0f} MiB"
    whole = reading + sum(written.values())
    yield f"bytes to all outputs: {timing.reports / whole:.1f} reports/s"
    peer = peer_seconds([data.decode("utf-8", "ignore") for _, data in files])
    yield f"peer, {PEER}: {peer * 1000 / len(files):.2f} ms a file"
    yield f"bytes to records take {reading / ROUNDS / peer:.2f} times the peer's time"


def main() -> None:
    """Entry point of `make bench`."""
    corpus = Path(sys.argv[1] if len(sys.argv) > 1 else "corpus/reports")
    for line in measure(corpus):
        sys.stdout.write(line + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()

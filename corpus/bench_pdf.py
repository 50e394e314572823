"""How fast and how large PDFs are read (PDF 基准): beside pdfplumber, PyMuPDF and the bare OCR engine, in one run.

The sample reports are printed in some styles and read by each reader in a process of its own, by turns, in processor
time; of several rounds the quickest counts, file by file, for what else a machine does only ever adds. Nothing here
passes or fails. What this module runs in processes of their own: `--spent READER FOLDER`, the time
for the files of each folder below; `--memory FILE`, the peak of reading a file; `--flat FOLDER N`, what a process holds
while it reads N files.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, cycle, islice
from pathlib import Path
from statistics import mean
from typing import Any

from corpus.bench import peak_mebibytes
from corpus.render.render import render
from corpus.render.report import blocks_of
from corpus.render.style import STYLES
from pipeline.collector import settle

REPORTS = Path(__file__).parent / "reports"
PRINTED = (  # as the two programs export that nearly all offices write with, and in ways of our own
    "word", "wps", "ruled", "ruled-dashed", "landscape", "interleaved-positioned", "rotated-page", "borderless",
)  # fmt: skip
ROUNDS = 5
SCANNED = "06_clean_full_report.txt"
PAGES = 200  # of the file whose memory is measured
FILES, WARM, STRETCH = 300, 20, 50  # files that one process reads; those left out at first; those compared


def printed() -> dict[str, list[bytes]]:
    """The sample reports as PDFs, by style."""
    reports = [blocks_of(path.name, path.read_bytes()) for path in sorted(REPORTS.glob("*.txt"))]
    return {style: [render(blocks, STYLES[style]) for blocks in reports] for style in PRINTED}


def ours(data: bytes) -> None:
    """Reading, tables, records, checks, as lines of JSON."""
    from extractors.errors import DocumentRefused
    from pipeline.process import process
    from pipeline.work import dump_all
    from pipeline.writers.convert import convert

    try:
        dump_all(convert(process("a.pdf", data)))
    except DocumentRefused:
        return


def plumbed(data: bytes) -> None:
    """Text and tables as pdfplumber finds them."""
    import io

    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            page.extract_text()
            page.extract_tables()


def handed_out(data: bytes) -> None:
    """Characters and drawings as PyMuPDF hands them out."""
    import pymupdf

    with pymupdf.open(stream=data) as pdf:
        for page in pdf:
            page.get_text("rawdict")
            page.get_drawings()


READERS: dict[str, Callable[[bytes], None]] = {"ours": ours, "pdfplumber": plumbed, "pymupdf": handed_out}


def spent(reader: str, folder: Path) -> dict[str, list[float]]:
    """Processor time of one reader for each file of the folders below, in seconds; the first folder is read before."""
    call = READERS[reader]
    styles = {path.name: [file.read_bytes() for file in sorted(path.iterdir())] for path in sorted(folder.iterdir())}
    for data in next(iter(styles.values())):
        call(data)
    settle()  # as the workers do
    seconds: dict[str, list[float]] = {style: [] for style in styles}
    for style, files in styles.items():
        for data in files:
            began = time.process_time()
            call(data)
            seconds[style].append(time.process_time() - began)
    return seconds


def born_digital() -> Iterator[str]:
    """Ours beside the peers: pdfplumber's text and tables, PyMuPDF's characters and drawings."""
    styles = printed()
    times: dict[str, dict[str, list[float]]] = {reader: {} for reader in READERS}
    with tempfile.TemporaryDirectory() as folder:
        for style, files in styles.items():
            (Path(folder) / style).mkdir()
            for number, data in enumerate(files):
                (Path(folder) / style / f"{number:03}.pdf").write_bytes(data)
        for _ in range(ROUNDS):
            for reader, quickest in times.items():
                for style, seconds in json.loads(_alone("--spent", reader, folder)).items():
                    quickest[style] = list(map(min, seconds, quickest.get(style, seconds)))
    count = sum(map(len, styles.values()))
    yield f"born-digital files, {count} in {len(styles)} styles, of each the quickest of {ROUNDS} rounds, one core"
    yield f"  {'ms a file':<24}" + "".join(f"{reader:>12}" for reader in READERS) + "   times as fast, of raw time"
    for style in styles:
        yield _row(style, [mean(quickest[style]) for quickest in times.values()])
    yield _row("all", [mean(chain.from_iterable(quickest.values())) for quickest in times.values()])


def _row(name: str, seconds: list[float]) -> str:
    """A line of the comparison. seconds: a file takes ours, pdfplumber, PyMuPDF."""
    own, plumber, raw = seconds
    return (
        f"  {name:<24}" + "".join(f"{one * 1000:12.1f}" for one in seconds) + f"{plumber / own:16.2f}{own / raw:13.2f}"
    )


def scanned() -> Iterator[str]:
    """Our reading of scanned pages beside the bare engine on the same pictures, by turns, in seconds of wall time."""
    import pymupdf

    from extractors.readers.pdf.ocr.paddle import PaddleEngine, open_paddle
    from extractors.readers.pdf.ocr.picture import Picture
    from extractors.readers.pdf.ocr.picture import render as picture_of
    from extractors.readers.pdf.ocr.reading import read_picture

    path = REPORTS / SCANNED
    pdf = pymupdf.open(stream=render(blocks_of(path.name, path.read_bytes()), STYLES["scanned-200"]))
    pictures = [picture_of(pdf[number]) for number in range(len(pdf))]
    engine, bare = PaddleEngine(None, 1), open_paddle(None, 1)
    readers: dict[str, Callable[[Picture], Any]] = {
        "ours": lambda picture: read_picture(picture, engine, 1),
        "bare": lambda picture: bare.predict(picture.image[:, :, ::-1]),
    }
    for read in readers.values():
        read(pictures[0])
    spent = dict.fromkeys(readers, 0.0)
    for picture in pictures:
        for name, read in readers.items():
            began = time.process_time()
            read(picture)
            spent[name] += time.process_time() - began
    yield f"{len(pictures)} scanned pages, one core"
    yield f"  Jihe with grids, seals, skew     {spent['ours'] / len(pictures):6.2f} s a page"
    yield f"  PaddleOCR alone                  {spent['bare'] / len(pictures):6.2f} s a page"
    yield f"  {spent['ours'] / spent['bare']:.2f} times its time"


def long_file(pages: int) -> bytes:
    """A born-digital file of so many pages: a sample report over and over."""
    import pymupdf

    path = REPORTS / SCANNED
    once = pymupdf.open(stream=render(blocks_of(path.name, path.read_bytes()), STYLES["ruled"]))
    pdf = pymupdf.open()
    while len(pdf) < pages:
        pdf.insert_pdf(once, to_page=min(len(once), pages - len(pdf)) - 1)
    return bytes(pdf.tobytes(garbage=3, deflate=True))


def main(arguments: list[str]) -> None:
    """The report of the benchmark, or one measurement in a process of its own."""
    if arguments[:1] == ["--memory"]:
        ours(Path(arguments[1]).read_bytes())
        sys.stdout.write(f"{peak_mebibytes():.0f}\n")
        return
    if arguments[:1] == ["--spent"]:
        sys.stdout.write(json.dumps(spent(arguments[1], Path(arguments[2]))))
        return
    if arguments[:1] == ["--flat"]:
        sys.stdout.write(f"{flat_over(sorted(Path(arguments[1]).iterdir()), int(arguments[2]))}\n")
        return
    for line in born_digital():
        sys.stdout.write(f"{line}\n")
    sys.stdout.write(f"{memory()}\n{flat(FILES)}\n")
    for line in scanned():
        sys.stdout.write(f"{line}\n")


def flat_over(paths: Sequence[Path], count: int) -> str:
    """What this process holds after each of `count` files: the mean of the first and of the last ones."""
    settle()  # as the workers do
    held = []
    for path in islice(cycle(paths), count + WARM):
        ours(path.read_bytes())
        held.append(resident_mebibytes())
    first, last = mean(held[WARM : WARM + STRETCH]), mean(held[-STRETCH:])
    return f"{first:.0f} MiB over the first {STRETCH}, {last:.0f} MiB over the last, {last / first:.3f} times as much"


def resident_mebibytes() -> float:
    """What this process holds now (Linux)."""
    import resource

    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 1024 / 1024


def flat(count: int) -> str:
    """Whether memory stays flat over so many born-digital files, in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        for number, data in enumerate(chain.from_iterable(printed().values())):
            (Path(folder) / f"{number:03}.pdf").write_bytes(data)
        return f"memory held, {count} born-digital files: {_alone('--flat', folder, str(count))}"


def _alone(*arguments: str) -> str:
    """What this module says of one measurement, run in a process of its own."""
    command = [sys.executable, "-m", "corpus.bench_pdf", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()  # noqa: S603 - our own


def memory() -> str:
    """Peak memory for one long file, in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "long.pdf"
        path.write_bytes(long_file(PAGES))
        return f"peak memory, {PAGES} born-digital pages: {_alone('--memory', str(path))} MiB"


if __name__ == "__main__":
    main(sys.argv[1:])

"""What one run is asked to do (运行选项), what it may use up (限额), and how it answers (退出码)."""

import os
from dataclasses import field
from enum import IntEnum
from pathlib import Path
from typing import Literal

from extractors.frozen import frozen
from extractors.readers.settings import DEFAULT, ReadingSettings

MEBIBYTE = 1024 * 1024
RunnerName = Literal["local", "ray"]


class ExitStatus(IntEnum):
    """The command's answer (退出码). Where several hold, the greatest of the first four is given."""

    CLEAN = 0  # every input was read, no finding of severity error or above
    FINDINGS = 1  # findings of severity error or above
    UNREAD = 2  # some input was refused or failed
    USAGE = 3  # bad arguments, folders that cannot be read or written
    BROKEN = 70  # a fault of this program
    INTERRUPTED = 130  # Ctrl-C


class BadUsage(Exception):  # noqa: N818 - it is the caller's slip, told in one sentence
    """The run cannot be begun as asked (用法错误). message: Chinese, says what to change."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@frozen
class Limits:
    """What one document may use up (单份文件限额).

    seconds: wall time in a worker, begun anew after each page that is read from its image.
    memory: bytes of address space beyond what the program itself takes.
    text_bytes: largest file that is no PDF. pdf_bytes: largest PDF.
    """

    seconds: float = 120.0
    memory: int = 2048 * MEBIBYTE
    text_bytes: int = 32 * MEBIBYTE
    pdf_bytes: int = 1024 * MEBIBYTE


@frozen
class ArchiveLimits:
    """What one archive may unfold to (压缩包限额).

    unpacked: bytes of all members. ratio: unpacked to packed bytes, asked beyond `free` bytes. members: their number.
    depth: archives inside each other, the outermost counted.
    """

    unpacked: int = 8192 * MEBIBYTE
    ratio: int = 200
    free: int = 16 * MEBIBYTE
    members: int = 100_000
    depth: int = 4


def available_cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1


@frozen
class Options:
    """One run (一次运行).

    corpus: file or folder to read, an address as text. out: folder to write into, made if missing.
    publish: address that results are copied to in the end.
    workers: processes at once, at least 1. database: SQLAlchemy URL, or None for `jihe.db` in `out`.
    reading: passwords of encrypted PDFs and the like. archives: what an archive may unfold to. fresh: whether to forget
    what earlier runs did. engine: what runs the documents. address: of a Ray cluster; None for one of this machine
    alone. log: file to append what happens to, as JSON lines.
    """

    corpus: Path | str
    out: Path
    workers: int = field(default_factory=available_cores)
    limits: Limits = Limits()
    database: str | None = None
    reading: ReadingSettings = DEFAULT
    archives: ArchiveLimits = ArchiveLimits()
    fresh: bool = False
    engine: RunnerName = "local"
    address: str | None = None
    log: Path | None = None
    publish: str | None = None

    def __post_init__(self) -> None:
        """Raise BadUsage where the folders cannot serve."""
        if self.workers < 1:
            raise BadUsage("--workers 至少为 1。")
        if self.address is not None and self.engine != "ray":
            raise BadUsage("--address 是 Ray 集群的地址，只与 --engine ray 同用。")
        if isinstance(self.corpus, str):
            _check_addresses(self.corpus, self.publish)
        else:
            _check_corpus(self.corpus)
        _check_out(self.out)
        if isinstance(self.corpus, Path):
            _check_apart(self.corpus, self.out)
        _check_log(self.log, self.corpus, self.out)


def read_passwords(path: Path | None) -> tuple[str, ...]:
    """The passwords in a text file, one a line, in order. Raises BadUsage where it cannot be read."""
    if path is None:
        return ()
    try:
        return tuple(line for line in path.read_text(encoding="utf-8-sig").splitlines() if line)
    except (OSError, UnicodeDecodeError) as error:
        raise BadUsage(f"无法读取密码文件 {path}。它应是 UTF-8 文本，每行一个密码。") from error


def _check_corpus(corpus: Path) -> None:
    """The corpus is a file or a folder that can be listed."""
    try:
        if corpus.is_dir():
            next(iter(os.scandir(corpus)), None)
        elif not corpus.is_file():
            raise BadUsage(f"没有这个文件或文件夹：{corpus}。请检查路径。")
    except OSError as error:
        raise BadUsage(f"无法读取 {corpus}（{error.strerror}）。请检查权限。") from error


def _check_out(out: Path) -> None:
    """The output folder exists or can be made, can be written, and its parts lead nowhere else."""
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadUsage(f"无法建立输出文件夹 {out}（{error.strerror}）。请换一个位置。") from error
    if not os.access(out, os.W_OK | os.X_OK):
        raise BadUsage(f"输出文件夹 {out} 不可写。请检查权限或换一个位置。")
    if (out / "records").is_symlink():
        raise BadUsage(f"{out / 'records'} 是链接，写入会落到输出文件夹之外。请先删除该链接。")


def _check_apart(corpus: Path, out: Path) -> None:
    """Results never land among the reports they are made from, nor are they read as reports."""
    corpus_real, out_real = corpus.resolve(), out.resolve()
    if corpus_real == out_real or out_real in corpus_real.parents:
        raise BadUsage(f"语料 {corpus} 位于输出文件夹 {out} 之内。请把结果写到另一个文件夹。")


def _check_addresses(corpus: str, publish: str | None) -> None:
    """As for folders: results never land among the reports, whatever the file system."""
    if publish is None:
        return
    inner, outer = f"{corpus.rstrip('/')}/", f"{publish.rstrip('/')}/"
    if inner.startswith(outer) or outer.startswith(inner):
        raise BadUsage("语料与结果的地址不能互相包含。请把结果写到另一个地址。")


def _check_log(log: Path | None, corpus: Path | str, out: Path) -> None:
    """The log can be written, and is neither among the results nor read as a report."""
    if log is None:
        return
    if {Path(corpus).resolve(), out.resolve()} & {log.resolve(), *log.resolve().parents}:
        raise BadUsage(f"日志 {log} 不能放在语料或输出文件夹里。请换一个位置。")
    try:
        log.open("a", encoding="utf-8").close()
    except OSError as error:
        raise BadUsage(f"无法写日志 {log}（{error.strerror}）。请换一个位置。") from error

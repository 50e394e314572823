"""Files appear under their final names whole or not at all (原子写入)."""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from pipeline.options import BadUsage

_PREFIX = ".partial-"


@contextlib.contextmanager
def alone(out: Path) -> Iterator[None]:
    """Hold `out` for this run: two runs into one folder would mix their files. Raises BadUsage if it is held."""
    try:
        import fcntl
    except ImportError:  # not on this system; runs are then kept apart by their users
        yield
        return
    folder = os.open(out, os.O_RDONLY)
    try:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BadUsage(f"另一次运行正在写入 {out}。请等它结束，或换一个输出文件夹。") from error
        except OSError:  # a file system without locks
            pass
        yield
    finally:
        os.close(folder)


@contextlib.contextmanager
def staging(out: Path) -> Iterator[Path]:
    """A folder inside `out` to write into; on success its files replace those of the same names in `out`.

    Left with an exception, nothing is replaced. What a killed run left behind is removed first. Call inside `alone`.
    """
    for leftover in out.glob(f"{_PREFIX}*"):
        shutil.rmtree(leftover, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=out))
    try:
        yield folder
        for file in sorted(path for path in folder.rglob("*") if path.is_file()):
            final = out / file.relative_to(folder)
            final.parent.mkdir(parents=True, exist_ok=True)
            file.replace(final)
    finally:
        shutil.rmtree(folder, ignore_errors=True)

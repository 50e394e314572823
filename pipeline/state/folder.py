"""Where a run keeps what it needs to go on (工作文件夹): beside the results, so that these are results only."""

import os
import shutil
from pathlib import Path

_MARK = ".jihe"


def state_folder(out: Path) -> Path:
    """The folder of the state that belongs to the output folder `out`, made if missing.

    It stands beside `out`, on the same disk; inside it where the folder above cannot be written. An empty folder in
    `out` marks that the two belong together: whoever removes `out` starts from the beginning.
    """
    out = out.resolve()
    mark = out / _MARK
    folder = out.parent / f".{out.name}{_MARK}"
    if out.parent == out or not os.access(out.parent, os.W_OK | os.X_OK):
        folder = mark
    elif not mark.is_dir() and folder.is_dir() and not folder.is_symlink():
        shutil.rmtree(folder)
    mark.mkdir(exist_ok=True)
    folder.mkdir(exist_ok=True)
    return folder


def forget(folder: Path) -> None:
    """Remove everything in a state folder: the next run starts from the beginning."""
    for entry in folder.iterdir():
        if entry.is_dir():
            shutil.rmtree(entry)
        else:
            entry.unlink()

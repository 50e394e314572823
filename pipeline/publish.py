"""Results at an address (发布): made on this machine, then copied; what is there already is not copied again."""

import hashlib
import json
import os
from pathlib import Path

from pipeline.options import BadUsage
from pipeline.remote import is_address, present, publish

_NOTE = "published.json"


def split(out: str, work: Path | None) -> tuple[Path, str | None]:
    """The folder of this machine that results are made in, and the address they go to, if `out` is one.

    work: where that folder stands; by default in the user's cache, found again by the address.
    """
    if not is_address(out):
        if work is not None:
            raise BadUsage("--work 只在 --out 为远程地址时使用。")
        return Path(out), None
    cache = os.environ.get("XDG_CACHE_HOME")
    home = (Path(cache) if cache else Path.home() / ".cache") / "jihe" if work is None else work
    return home / hashlib.sha256(out.encode()).hexdigest()[:16] / "out", out


def publish_results(out: Path, state: Path, address: str) -> int:
    """Copy what changed of the results in `out` to `address`; how many files. state: folder that notes what was copied.

    Raises BadUsage where the address cannot serve, OSError where copying fails.
    """
    files = {path.relative_to(out).as_posix(): path for path in sorted(out.rglob("*")) if path.is_file()}
    files = {name: path for name, path in files.items() if not name.startswith(".")}
    stamps = {name: [path.stat().st_size, path.stat().st_mtime_ns] for name, path in files.items()}
    note = state / _NOTE
    before = json.loads(note.read_text(encoding="utf-8")) if note.is_file() else {}
    there = present(address, {name: size for name, (size, _) in stamps.items()})
    same = before.get("files", {}) if before.get("address") == address else {}
    changed = [name for name in files if name not in there or same.get(name) != stamps[name]]
    publish(out, address, changed)
    note.write_text(json.dumps({"address": address, "files": stamps}), encoding="utf-8")
    return len(changed)

"""The names of members (成员名): readable whatever wrote them, and leading nowhere."""

import re

_DRIVE = re.compile(r"[A-Za-z]:")
_UP = "%2E%2E"


def decoded(raw: bytes) -> str:
    """A name from an archive that does not say its encoding: UTF-8, else what Chinese Windows writes, else escaped."""
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "backslashreplace")


def settled(name: str) -> str:
    """A member's name as a path below its archive: `/`-separated, without `..`, `.`, a root or a drive.

    Only said in the ledger, never opened; still nobody who joins it to a folder shall land outside.
    """
    name = name.encode("utf-8", "backslashreplace").decode("utf-8").replace("\\", "/").replace("\0", "")
    parts = [_UP if part == ".." else part for part in name.split("/") if part not in ("", ".")]
    if parts and _DRIVE.fullmatch(parts[0]):
        parts[0] = parts[0][0]
    return "/".join(parts) or "%"


def leads_outside(name: str) -> bool:
    """Whether a name, taken as a path, would leave the folder it is unpacked into."""
    path = name.replace("\\", "/")
    return path.startswith("/") or bool(_DRIVE.match(path)) or ".." in path.split("/")

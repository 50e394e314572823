"""What an archive holds (压缩包内容): its members in order, and what stopped the unpacking."""

from typing import Literal

from extractors.errors import DocumentRefused
from extractors.frozen import frozen

ArchiveKind = Literal["zip", "tar", "gzip", "bzip2", "xz", "7z", "rar"]
MEDIA_TYPES: dict[ArchiveKind, str] = {
    "zip": "application/zip",
    "tar": "application/x-tar",
    "gzip": "application/gzip",
    "bzip2": "application/x-bzip2",
    "xz": "application/x-xz",
    "7z": "application/x-7z-compressed",
    "rar": "application/vnd.rar",
}


@frozen
class Member:
    """One entry of an archive (压缩包成员); folders are none.

    name: path inside the archive, `/`-separated, valid Unicode, without `..`. position: name of its file below the
    folder it was unpacked into, or None where it was refused. sha256: hexadecimal. kind: where it is an archive itself.
    """

    name: str
    position: int | None = None
    sha256: str | None = None
    kind: ArchiveKind | None = None
    refusal: DocumentRefused | None = None


@frozen
class Unpacked:
    """An archive as unpacked (解压结果). fault: why it was not, or not to its end."""

    members: tuple[Member, ...]
    fault: DocumentRefused | None = None


def damaged(what: str = "压缩包") -> DocumentRefused:
    """An archive or a member that does not unfold."""
    return DocumentRefused("archive-damaged", f"{what}已损坏或不完整，无法解压。请重新取得该文件。", failed=True)


def encrypted() -> DocumentRefused:
    """An archive or a member that asks for a password."""
    return DocumentRefused("archive-encrypted", "压缩包已加密，未解压。请用密码解压后，把其中的文件放入语料。")


def bomb(why: str) -> DocumentRefused:
    """An archive that unfolds to more than allowed."""
    return DocumentRefused("archive-bomb", f"{why}，疑似压缩炸弹，整包未读取。若确是报告，请自行解压后放入语料。")

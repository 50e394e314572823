"""Files of other kinds (其他格式): told apart by their first bytes and refused with the way out."""

from dataclasses import dataclass
from typing import NoReturn

from extractors.errors import DocumentRefused
from extractors.readers.settings import DEFAULT, ReadingSettings


@dataclass(frozen=True, slots=True)
class MediaKind:
    """One kind of file (文件格式). magic: bytes at `offset` (0-based). code: of the refusal. remedy: Chinese."""

    code: str
    name: str
    magic: bytes
    offset: int = 0


_KINDS = (
    MediaKind("unsupported-zip", "ZIP 压缩包", b"PK\x03\x04"),
    MediaKind("unsupported-zip", "ZIP 压缩包", b"PK\x05\x06"),
    MediaKind("unsupported-ole", "旧版 Office 文件(doc/xls/ppt/wps)", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
    MediaKind("unsupported-rtf", "RTF 文件", b"{\\rtf"),
    MediaKind("unsupported-image", "图片", b"\x89PNG\r\n\x1a\n"),
    MediaKind("unsupported-image", "图片", b"\xff\xd8\xff"),
    MediaKind("unsupported-image", "图片", b"GIF87a"),
    MediaKind("unsupported-image", "图片", b"GIF89a"),
    MediaKind("unsupported-image", "图片", b"II*\x00"),
    MediaKind("unsupported-image", "图片", b"MM\x00*"),
    MediaKind("unsupported-image", "图片", b"WEBP", 8),
    MediaKind("unsupported-archive", "压缩包", b"Rar!\x1a\x07"),
    MediaKind("unsupported-archive", "压缩包", b"7z\xbc\xaf\x27\x1c"),
    MediaKind("unsupported-archive", "压缩包", b"\x1f\x8b\x08"),
    MediaKind("unsupported-archive", "压缩包", b"BZh"),
    MediaKind("unsupported-archive", "压缩包", b"\xfd7zXZ\x00"),
    MediaKind("unsupported-archive", "压缩包", b"ustar", 257),
    MediaKind("unsupported-program", "程序文件", b"\x7fELF"),
    MediaKind("unsupported-program", "程序文件", b"MZ\x90\x00"),
    MediaKind("unsupported-database", "数据库文件", b"SQLite format 3\x00"),
    MediaKind("unsupported-postscript", "PostScript 文件", b"%!PS-Adobe"),
    MediaKind("unsupported-xml", "Office XML 文件", b"<?mso-application"),
)
_OFFICE = (
    (b"word/", MediaKind("unsupported-docx", "Word 文件(docx)", b"")),
    (b"xl/", MediaKind("unsupported-xlsx", "Excel 文件(xlsx)", b"")),
    (b"ppt/", MediaKind("unsupported-pptx", "PowerPoint 文件(pptx)", b"")),
    (b"OFD.xml", MediaKind("unsupported-ofd", "OFD 版式文件", b"")),
    (b"mimetypeapplication/vnd.oasis", MediaKind("unsupported-odf", "OpenDocument 文件", b"")),
)
_ZIP_HEAD = 64 * 1024


def sniff(data: bytes) -> MediaKind | None:
    """The kind of file that `data` is by its bytes, or None where nothing but text is left."""
    for kind in _KINDS:
        if data.startswith(kind.magic, kind.offset):
            return _inside_zip(data) or kind if kind.code == "unsupported-zip" else kind
    return None


def _inside_zip(data: bytes) -> MediaKind | None:
    """The office format that a ZIP container carries, read from the member names at its head and tail."""
    names = data[:_ZIP_HEAD] + data[-_ZIP_HEAD:]
    return next((kind for member, kind in _OFFICE if member in names), None)


class UnsupportedMedia:
    """Recognises files that need another reader, and refuses them (暂不支持的格式)."""

    max_bytes = 1024 * 1024 * 1024

    def recognises(self, source: str, data: bytes) -> bool:
        """Whether the bytes carry the mark of a format that is no plain text."""
        return sniff(data) is not None

    def read(self, source: str, data: bytes, settings: ReadingSettings = DEFAULT) -> NoReturn:
        """Refuse, naming the format. Raises DocumentRefused always."""
        kind = sniff(data)
        assert kind is not None, "asked only after recognises()"  # noqa: S101
        raise DocumentRefused(
            kind.code, f"这是{kind.name}，目前只读取纯文本和 PDF；请用原软件另存为 PDF 或 UTF-8 文本后再提交。"
        )

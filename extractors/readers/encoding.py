"""From bytes to text (字符编码): UTF-8, GB18030, UTF-16/32, and files in which they are mixed."""

import codecs
from dataclasses import dataclass

from extractors.errors import DocumentRefused
from extractors.provenance import Note

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 65536
_MAX_CONTROL = 0.02  # share of control characters above which a file is binary
_MIN_READABLE = 0.95  # share of ordinary characters below which bytes are not taken for UTF-16
_MAX_LOST = 0.3  # share of undecodable characters above which a file is binary
_CONTROL = bytes(code for code in range(32) if code not in b"\t\n\v\f\r\x1a\x1b") + b"\x7f"


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text (解码结果). notes: what could not be decoded, empty where all could."""

    text: str
    notes: tuple[Note, ...] = ()


def decode(data: bytes) -> Decoded:
    """The text of `data` without byte order mark. Raises DocumentRefused where the bytes are no text."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _lenient(data[len(mark) :], encoding)
    wide = _wide_encoding(data)
    if wide:
        return _lenient(data, wide)
    sample = data[:_SAMPLE]
    if len(sample) - len(sample.translate(None, _CONTROL)) > _MAX_CONTROL * len(sample):
        raise _binary()
    for encoding in ("utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "utf-8" or not _mostly_utf8(data):
            return _without_controls(text, ())
    return _mixed(data)


def _binary() -> DocumentRefused:
    return DocumentRefused("binary-content", "文件内容是二进制数据而不是文字；请用原软件另存为 UTF-8 文本后再提交。")


def _wide_encoding(data: bytes) -> str | None:
    """UTF-16 without a mark, told by the zero bytes of line ends and digits and by how much reads as text."""
    sample = data[: _SAMPLE - _SAMPLE % 2]
    if sample.count(0) * 100 < len(sample) or len(sample) < 4:
        return None
    readable = {encoding: _readable(sample, encoding) for encoding in ("utf-16-le", "utf-16-be")}
    best = max(readable, key=lambda encoding: readable[encoding])
    return best if readable[best] >= _MIN_READABLE else None


def _readable(sample: bytes, encoding: str) -> float:
    """The share of characters that Chinese reports are written with, if the sample is in this encoding."""
    text = sample.decode(encoding, errors="replace")
    return sum(1 for character in text if character in "\t\n\r\f" or _is_text(ord(character))) / len(text)


def _is_text(code: int) -> bool:
    """Whether a code point is one that Chinese reports are written with."""
    return 0x20 <= code < 0x7F or 0x2000 <= code < 0x2700 or 0x3000 <= code < 0xA000 or 0xFF00 <= code < 0xFFF0


def _lenient(data: bytes, encoding: str) -> Decoded:
    """Decode in a known encoding; what cannot be decoded becomes U+FFFD, with a note."""
    text = data.decode(encoding, errors="replace")
    return _without_controls(text, _lost(text))


def _mostly_utf8(data: bytes) -> bool:
    """Whether most lines with bytes above ASCII are UTF-8 (a GB18030 file's are not)."""
    good = bad = 0
    for line in data[: _SAMPLE * 4].split(b"\n"):
        if not line.isascii():
            if _utf8(line) is None:
                bad += 1
            else:
                good += 1
    return good > bad


def _utf8(line: bytes) -> str | None:
    """The line decoded as UTF-8 if it is that and holds a Chinese character or nothing above ASCII, else None."""
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return text if line.isascii() or any(ord(character) >= 0x2000 for character in text) else None


def _mixed(data: bytes) -> Decoded:
    """Each line in the encoding that fits it: files joined from several sources, or with broken bytes."""
    first, second = ("utf-8", "gb18030") if _mostly_utf8(data) else ("gb18030", "utf-8")
    text = "\n".join(_line(line, first, second) for line in data.split(b"\n"))
    notes = _lost(text) or (Note("mixed-encodings", "文件中混有不同字符编码，已逐行识别。"),)
    return _without_controls(text, notes)


def _line(line: bytes, first: str, second: str) -> str:
    """One line: UTF-8 where it is that, else the encoding in which the least is lost."""
    text = _utf8(line)
    if text is not None:
        return text
    candidates = [line.decode(encoding, errors="replace") for encoding in (first, second)]
    return min(candidates, key=lambda candidate: candidate.count("\ufffd"))


def _lost(text: str) -> tuple[Note, ...]:
    """A note on characters that could not be decoded. Raises DocumentRefused where they are too many."""
    lost = text.count("\ufffd")
    if not lost:
        return ()
    if lost > _MAX_LOST * len(text):
        raise _binary()
    first = text[: text.index("\ufffd")].count("\n") + 1
    return (Note("undecodable-bytes", f"有 {lost} 处字节无法解码(首处在第 {first} 行)，相应文字以 \ufffd 代替。"),)


_DROPPED = dict.fromkeys(code for code in _CONTROL)


def _without_controls(text: str, notes: tuple[Note, ...]) -> Decoded:
    """Drop NUL and other control characters, with a note."""
    clean = text.translate(_DROPPED)
    dropped = len(text) - len(clean)
    if dropped > _MAX_CONTROL * len(text):
        raise _binary()
    if dropped:
        notes = (*notes, Note("control-characters", f"已略去 {dropped} 个控制字符(如 NUL)。"))
    return Decoded(clean, notes)

"""What is kept of a report's wording to compare it with others (文字指纹): hashes of sentences and a small sketch.

Signatures, not texts: some kilobytes a report, however many reports a run has. Figures count for nothing, so that
wording copied from one project to another is seen although the numbers were changed.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from extractors.frozen import frozen
from extractors.segment.model import ReportPart, Section
from pipeline.checks.texts import Sentence, sentences

BINS = 64  # minima that make a sketch
EMPTY = 2**32 - 1  # a bin that no shingle fell into
_SHINGLE = 8  # characters
_LEAST_TEXT = 400  # characters of running text below which nothing is said of a report as a whole
_LEAST_SENTENCE, _MOST_SENTENCES = 24, 1500
_BEGIN = 18  # characters of a sentence that are kept to show it by
# Nearly all that has another form: without it, a text need only be looked through, which takes a tenth of the time.
_WIDE = tuple(zip("，（）：；！？％～－＋＝／", ",():;!?%~-+=/", strict=True))
_DIGITS = re.compile(r"\d\d*(?:[.,]\d+)*")  # these begin with a set: the scanner leaps to it
_REST = re.compile(r"[^\w\n][^\w\n]*")
# Wording that reports share because regulations and rating standards prescribe it. Each way begins with a character,
# to which the scanner leaps.
_STANDARD = re.compile(
    r"《|〔|依据|根据|按照.{0,20}(?:规定|要求|办法)|评分标准|评价标准|评分细则|指标解释|计算公式|得满分|计满分|不得分"
    r"|每情?扣|酌情?扣|得分率|满分|权重|分值|等级|×|÷|＝|="
)
_STANDARD_CHAPTERS = re.compile(
    r"依据|目的|原则|方法|指标体系|评[分价]标准|等级|工作(?:过程|程序|组织)|抽样|附件|附表|目录|声明|满分"
)
_MULTIPLIER, _MIX_1, _MIX_2 = (
    np.uint64(0x9E3779B97F4A7C15),
    np.uint64(0xBF58476D1CE4E5B9),
    np.uint64(0x94D049BB133111EB),
)


@frozen
class Signature:
    """指纹 of one report.

    sketch: minima of hashed shingles, one for each bin; empty for a short text. hashes, places, lengths, begins: of
    each sentence that is the report's own wording: its hash, its line (or page, where paged), its characters, how it
    begins.
    """

    sketch: tuple[int, ...]
    paged: bool
    hashes: tuple[str, ...]
    places: tuple[int, ...]
    lengths: tuple[int, ...]
    begins: tuple[str, ...]


def signature(part: ReportPart, told: Iterable[Sentence] | None = None) -> Signature:
    """The signature of a report's running text; tables, legal bases and rating standards are left out.

    told: its sentences, those of cells too, where they have been cut already.
    """
    standard = {id(section) for section in part.sections if _is_standard(section)}
    told = sentences(part, cells=False) if told is None else told
    own = [
        one for one in told if one.cell is None and id(one.section) not in standard and not _STANDARD.search(one.text)
    ]
    texts = folded("\n".join(one.text for one in own)).split("\n") if own else []
    kept: dict[str, tuple[int, int, str]] = {}
    paged = False
    for sentence, text in zip(own, texts, strict=True):
        if len(text) >= _LEAST_SENTENCE and len(kept) < _MOST_SENTENCES:
            line = sentence.flow.line_at(sentence.start)
            paged = paged or line.page is not None
            place = line.page if line.page is not None else line.number
            digest = hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).hexdigest()
            kept.setdefault(digest, (place or 0, len(text), sentence.text.strip()[:_BEGIN]))
    places, lengths, begins = zip(*kept.values(), strict=True) if kept else ((), (), ())
    return Signature(sketch("".join(texts)), paged, tuple(kept), places, lengths, begins)


def _is_standard(section: Section) -> bool:
    """Whether a chapter is one of prescribed wording."""
    return section.heading is not None and bool(_STANDARD_CHAPTERS.search(section.heading.title))


def folded(text: str) -> str:
    """Sentences, one a line, as they are compared: without blanks and punctuation, every number the same."""
    for wide, narrow in _WIDE:
        text = text.replace(wide, narrow)
    # Line by line, for a line that needs it is all gone through again.
    text = "\n".join([unicodedata.normalize("NFKC", line) for line in text.split("\n")])
    return _REST.sub("", _DIGITS.sub("0", text).replace("_", " "))


def sketch(text: str) -> tuple[int, ...]:
    """One minimum for each bin of the hashed shingles of `text` (one-permutation MinHash); () for a short text."""
    if len(text) < _LEAST_TEXT:
        return ()
    codes: npt.NDArray[np.uint64] = np.frombuffer(text.encode("utf-32-le", "replace"), dtype="<u4").astype(np.uint64)
    size = len(codes) - _SHINGLE + 1
    hashed = np.zeros(size, dtype=np.uint64)
    for at in range(_SHINGLE):  # wraps around at 2**64, as meant
        hashed = hashed * _MULTIPLIER + codes[at : at + size]
    hashed = (hashed ^ (hashed >> np.uint64(30))) * _MIX_1
    hashed = (hashed ^ (hashed >> np.uint64(27))) * _MIX_2
    hashed ^= hashed >> np.uint64(31)
    minima = np.full(BINS, EMPTY, dtype=np.uint64)
    np.minimum.at(minima, (hashed >> np.uint64(58)).astype(np.intp), hashed & np.uint64(0xFFFFFFFF))
    return tuple(minima.tolist())

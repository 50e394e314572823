"""Reports that share their wording (雷同文字): near-duplicates by sketch, copied passages by sentence."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from pipeline.across.corpus import Entry
from pipeline.across.observation import Observation
from pipeline.across.signatures import BINS, EMPTY
from pipeline.writers.jsonlines import read_records

_BANDS, _ROWS = 16, 4  # of a sketch: reports that share a whole band are compared
_ALIKE = 52  # of 64 minima in common: an estimated likeness of 80 %
_CROWD = 20  # reports of one band compared with each newcomer
_MOST_COMMON = 5  # a sentence that more reports contain is standard wording
_LEAST_SENTENCES, _LEAST_CHARACTERS = 3, 200  # in common, to be worth a look
_SHOWN = 6  # places shown of one pair

Pair = tuple[int, int]


class Wording:
    """The signatures of a run (指纹库): arrays, some bytes a sentence."""

    def __init__(self, folder: Path, reports: Sequence[Entry]) -> None:
        """Read the signatures of these reports."""
        self.reports = reports
        numbers = {entry.place: entry.number for entry in reports}
        self.sketches: npt.NDArray[np.uint32] = np.full((len(reports), BINS), EMPTY, dtype=np.uint32)
        self.paged = np.zeros(len(reports), dtype=bool)
        blocks: list[npt.NDArray[np.uint64]] = []
        for record in read_records(folder, "signatures"):
            number = numbers.get((record["source"], record["part"]))
            if number is None:
                continue
            if record["sketch"]:
                self.sketches[number] = record["sketch"]
            self.paged[number] = record["paged"]
            block = np.empty((len(record["hashes"]), 4), dtype=np.uint64)
            block[:, 0] = [int(one, 16) for one in record["hashes"]]
            block[:, 1], block[:, 2], block[:, 3] = number, record["places"], record["lengths"]
            blocks.append(block)
        self.sentences = np.concatenate(blocks) if blocks else np.empty((0, 4), dtype=np.uint64)

    def place(self, number: int, places: Sequence[int]) -> str:
        """`第 12、13 行` of a report, or its pages."""
        shown = "、".join(map(str, list(dict.fromkeys(places))[:_SHOWN]))
        return f"第 {shown} {'页' if self.paged[number] else '行'}{'等' if len(set(places)) > _SHOWN else ''}"


def alike(wording: Wording) -> Iterator[Observation]:
    """Near-duplicates, then copied passages of pairs that are none."""
    doubles = dict(_near_duplicates(wording.sketches))
    for pair, matches in sorted(doubles.items()):
        yield _duplicate(wording, pair, matches)
    for pair, common in sorted(_copied(wording).items()):
        if pair not in doubles and not _versions(wording, pair):
            yield _passages(wording, pair, common)


def _near_duplicates(sketches: npt.NDArray[np.uint32]) -> Iterator[tuple[Pair, int]]:
    """Pairs of reports with nearly the same sketch, and how many minima they share."""
    seen: set[Pair] = set()
    for band in range(_BANDS):
        buckets: dict[bytes, list[int]] = defaultdict(list)
        columns = sketches[:, band * _ROWS : (band + 1) * _ROWS]
        for number in np.flatnonzero((columns != EMPTY).all(axis=1)):
            members = buckets[columns[number].tobytes()]
            for other in members[:_CROWD]:
                pair = (other, int(number))
                if pair not in seen:
                    seen.add(pair)
                    matches = int((sketches[other] == sketches[number]).sum())
                    if matches >= _ALIKE:
                        yield pair, matches
            members.append(int(number))


def _copied(wording: Wording) -> dict[Pair, list[tuple[int, int, int]]]:
    """(place in one, place in the other, characters) of every sentence that two reports share and few others have."""
    found: dict[Pair, list[tuple[int, int, int]]] = defaultdict(list)
    rows = wording.sentences
    rows = rows[np.lexsort((rows[:, 1], rows[:, 0]))]
    edges = np.flatnonzero(rows[1:, 0] != rows[:-1, 0]) + 1
    starts, ends = np.r_[0, edges], np.r_[edges, len(rows)]
    for start, end in zip(starts, ends, strict=True):
        if 2 <= end - start <= _MOST_COMMON:
            group = [[int(value) for value in row] for row in rows[start:end]]
            for at, one in enumerate(group):
                for other in group[at + 1 :]:
                    found[one[1], other[1]].append((one[2], other[2], one[3]))
    return {
        pair: sorted(common)
        for pair, common in found.items()
        if len(common) >= _LEAST_SENTENCES and sum(size for _, _, size in common) >= _LEAST_CHARACTERS
    }


def _versions(wording: Wording, pair: Pair) -> bool:
    """Whether two reports are versions of one: the same project in the same year."""
    one, other = (wording.reports[number] for number in pair)
    return bool(one.project) and one.project == other.project and one.years == other.years


def _duplicate(wording: Wording, pair: Pair, matches: int) -> Observation:
    one, other = (wording.reports[number] for number in pair)
    percent = matches * 100 // BINS
    return Observation(
        "near-duplicate",
        f"两份报告文字雷同（约 {percent}%）",
        f"《{one.title}》（{one.source}）与《{other.title}》（{other.source}）去除数字后约 {percent}% 的文字相同，"
        f"{_relation(one, other)}，宜核对是否重复报送或套用。",
        (one, other),
        figures=(("估计相似度", f"{percent}%"),),
    )


def _passages(wording: Wording, pair: Pair, common: Sequence[tuple[int, int, int]]) -> Observation:
    one, other = (wording.reports[number] for number in pair)
    characters = sum(size for _, _, size in common)
    places = [
        wording.place(number, [row[side] for row in common]) for side, number in enumerate((one.number, other.number))
    ]
    return Observation(
        "copied-passages",
        f"两份报告有 {len(common)} 句非标准文字相同",
        f"《{one.title}》{places[0]}与《{other.title}》{places[1]}有 {len(common)} 句、共 {characters} 字除数字外相同，"
        f"{_relation(one, other)}；法规依据、评分标准和多份报告共有的语句未计入。",
        (one, other),
        places,
        (("相同句数", str(len(common))), ("相同字数", str(characters))),
    )


def _relation(one: Entry, other: Entry) -> str:
    """How two reports stand to each other."""
    if one.source == other.source:
        return "两份报告在同一文件内"
    parts = []
    if one.project and one.project == other.project:
        parts.append("同一项目" + ("不同年度" if one.years != other.years else ""))
    elif one.project and other.project:
        parts.append("项目不同")
    if one.evaluator and one.evaluator == other.evaluator:
        parts.append("评价机构相同")
    return "、".join(parts) or "来源不同"

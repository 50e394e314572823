"""How well relations are linked (关系链接): precision and recall against relations read with a pencil, by kind.

    python -m corpus.linking OUT [GOLD]

OUT is what a run wrote. GOLD holds `relations*.jsonl` (default: ../shared/gold); without it there is nothing to
measure, and the command says so. A relation of ours meets one of the gold where it touches lines of both its sides
and states its number. Recall: gold relations that one of ours meets (linked), and judges alike (judged). Precision:
our relations that meet any of the gold and are judged as one of those. Nothing passes or fails here.
"""

import json
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

GOLD = Path(__file__).resolve().parents[2] / "shared" / "gold"
_HOLDS = {"consistent": "holds", "rounding": "holds"}
_NUMBER = re.compile(r"^(-?\d+)(?:\.(\d+))?(%?)")


@dataclass(frozen=True, slots=True)
class Link:
    """One relation as both sides are compared (一条关系).

    left, right: 1-based lines; of ours both hold all its lines. numbers: as `plain_number` writes them; empty where
    the relation states none. verdict: `holds`, `inconsistent` or `indeterminate`.
    """

    file: str
    kind: str
    left: frozenset[int]
    right: frozenset[int]
    numbers: frozenset[str]
    verdict: str

    def meets(self, gold: "Link") -> bool:
        """Whether this relation of ours is about what `gold` is about."""
        if not (self.left & gold.left and self.left & gold.right):
            return False
        return not gold.numbers or bool(gold.numbers & self.numbers)


def plain_number(text: object) -> str:
    """`89.70%` -> `89.7%`, `1,000.00万元` -> `1000`; other text without blanks."""
    folded = re.sub(r"\s|,", "", unicodedata.normalize("NFKC", str(text if text is not None else "")))
    match = _NUMBER.match(folded)
    if match is None:
        return folded
    decimals = (match[2] or "").rstrip("0")
    return match[1] + (f".{decimals}" if decimals else "") + match[3]


def gold_links(folder: Path) -> list[Link]:
    """The relations read by hand, in order of file."""
    return [_gold(row) for path in sorted(folder.glob("relations*.jsonl")) for row in _rows(path)]


def our_links(out: Path) -> list[Link]:
    """The relations that a run tested."""
    return [_ours(row) for row in _rows(out / "records" / "relations.jsonl")]


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def _gold(row: dict[str, Any]) -> Link:
    sides = [frozenset(side if isinstance(side, list) else [side]) for side in (row["left_line"], row["right_line"])]
    number = plain_number(row["reported"])
    numbers = frozenset([number] if _NUMBER.match(number) else [])
    verdict = _HOLDS.get(row["verdict"], row["verdict"])
    return Link(PurePosixPath(row["file"]).stem, row["rule"], sides[0], sides[1], numbers, verdict)


def _ours(row: dict[str, Any]) -> Link:
    evidence = [*(row["left"] or []), *(row["right"] or [])]
    lines = frozenset(one["line"] for one in evidence if one.get("line") is not None)
    stated = [one.get("value") for one in evidence] + [row["reported"], row["computed"]]
    numbers = frozenset(plain_number(value) for value in stated)
    verdict = _HOLDS.get(row["verdict"], row["verdict"])
    return Link(PurePosixPath(row["source"]).stem, row["rule"], lines, lines, numbers, verdict)


@dataclass(frozen=True, slots=True)
class Measure:
    """What was measured (链接质量). Each counter is by kind of relation: the gold's for recall, ours for precision."""

    wanted: Counter[str]
    linked: Counter[str]
    judged: Counter[str]
    met: Counter[str]
    right: Counter[str]


def measure(ours: list[Link], gold: list[Link]) -> Measure:
    """Compare a run's relations with those of the gold."""
    measured = Measure(Counter(), Counter(), Counter(), Counter(), Counter())
    by_line: dict[tuple[str, int], list[int]] = {}
    for index, link in enumerate(ours):
        for line in link.left:
            by_line.setdefault((link.file, line), []).append(index)
    verdicts: dict[int, set[str]] = {}
    for wanted in gold:
        near = {index for line in wanted.left for index in by_line.get((wanted.file, line), ())}
        found = [index for index in sorted(near) if ours[index].meets(wanted)]
        for index in found:
            verdicts.setdefault(index, set()).add(wanted.verdict)
        measured.wanted[wanted.kind] += 1
        measured.linked[wanted.kind] += bool(found)
        measured.judged[wanted.kind] += any(ours[index].verdict == wanted.verdict for index in found)
    for index, known in verdicts.items():
        measured.met[ours[index].kind] += 1
        measured.right[ours[index].kind] += ours[index].verdict in known
    return measured


def shown(measured: Measure) -> Iterator[str]:
    """The figures, one a line: totals first, then each kind of the gold, the worst recall first."""
    wanted, met = measured.wanted.total(), measured.met.total()
    yield f"linking.recall.linked: {_share(measured.linked.total(), wanted)}"
    yield f"linking.recall.judged: {_share(measured.judged.total(), wanted)}"
    yield f"linking.precision: {_share(measured.right.total(), met)}"
    kinds = sorted(measured.wanted, key=lambda kind: (measured.judged[kind] / measured.wanted[kind], kind))
    for kind in kinds:
        yield f"linking.recall.judged.{kind}: {_share(measured.judged[kind], measured.wanted[kind])}"
    for kind in sorted(kind for kind in measured.met if measured.right[kind] < measured.met[kind]):
        yield f"linking.precision.{kind}: {_share(measured.right[kind], measured.met[kind])}"


def _share(part: int, whole: int) -> str:
    return f"{part}/{whole} = {part / max(whole, 1):.4f}"


def main(arguments: list[str]) -> int:
    """Print the measure of a run; 3 where it is called wrongly or the run is not there."""
    if not 1 <= len(arguments) <= 2 or not (Path(arguments[0]) / "records" / "relations.jsonl").is_file():
        print("usage: python -m corpus.linking OUT [GOLD]", file=sys.stderr)
        return 3
    gold = gold_links(Path(arguments[1]) if len(arguments) > 1 else GOLD)
    if not gold:
        print("no relations read by hand are here: nothing to compare with")
        return 0
    print(*shown(measure(our_links(Path(arguments[0])), gold)), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

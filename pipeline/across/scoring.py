"""How the scores of one evaluator or body are spread (得分分布): full marks throughout, crowds above limits."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from math import comb
from pathlib import Path

from pipeline.across.corpus import Entry, of_each
from pipeline.across.observation import Observation

_LEAST_REPORTS = 3  # of one evaluator or body, all with full marks throughout
_LEAST_LEAVES = 8  # scored indicators of a report that has full marks throughout
_WIDTH = Decimal(1)  # points to both sides of a limit
_LEAST_NEAR = 12  # totals so near to limits below which no test is made
_ODDS = 100  # a crowd as great is rarer than one in so many, if both sides were as likely


def uniform_full_marks(folder: Path, reports: Sequence[Entry]) -> Iterator[Observation]:
    """Evaluators and bodies all of whose reports give every indicator its full marks."""
    leaves = _leaves(folder, reports)
    for name, group in _by_owner(reports):
        known = [entry for entry in group if leaves.get(entry.number, (0, 0))[0] >= _LEAST_LEAVES]
        full = [entry for entry in known if leaves[entry.number][0] == leaves[entry.number][1]]
        if len(full) >= _LEAST_REPORTS and len(full) == len(known):
            count = sum(leaves[entry.number][0] for entry in full)
            yield Observation(
                "uniform-full-marks",
                f"{name}的 {len(full)} 份报告各项指标全部满分",
                f"{name}的 {len(full)} 份列有指标得分的报告共 {count} 项指标，得分全部等于分值，没有任何扣分。",
                full,
                figures=(("报告份数", str(len(full))), ("指标项数", str(count))),
            )


def above_limits(reports: Sequence[Entry]) -> Iterator[Observation]:
    """Groups of reports whose totals stand far oftener just above a grade limit than just below it."""
    everyone = [("全部报告", list(reports))]
    for name, group in everyone + _by_owner(reports):
        above = [entry for entry in group if _side(entry) > 0]
        below = [entry for entry in group if _side(entry) < 0]
        near = len(above) + len(below)
        if near >= _LEAST_NEAR and rarer(len(above), near):
            yield Observation(
                "above-limit",
                f"{name}的总分集中在等级界限之上",
                f"{name}中总分距等级界限不足 1 分的有 {near} 份，其中 {len(above)} 份在界限之上、{len(below)} 份在界限"
                f"之下（单侧二项检验：若上下机会相等，界限之上达到 {len(above)} 份的概率小于 1%；"
                f"少于 {_LEAST_NEAR} 份时不作检验）。",
                above,
                figures=(("界限之上", str(len(above))), ("界限之下", str(len(below)))),
            )


def rarer(above: int, near: int) -> bool:
    """Whether `above` or more of `near` coin tosses are rarer than one in a hundred, by exact counting."""
    return sum(comb(near, one) for one in range(above, near + 1)) * _ODDS < 1 << near


def _side(entry: Entry) -> int:
    """1 within a point above a limit of its scale (the limit included), −1 within a point below one, else 0."""
    if entry.total is None:
        return 0
    for limit in entry.limits:
        distance = entry.total - limit
        if 0 <= distance < _WIDTH:
            return 1
        if -_WIDTH <= distance < 0:
            return -1
    return 0


def _by_owner(reports: Sequence[Entry]) -> list[tuple[str, list[Entry]]]:
    """The reports of each evaluator, and of each evaluated body, in order of name."""
    evaluators: dict[str, list[Entry]] = defaultdict(list)
    bodies: dict[str, list[Entry]] = defaultdict(list)
    for entry in reports:
        if entry.evaluator:
            evaluators[entry.evaluator].append(entry)
        if entry.body and entry.body != entry.evaluator:
            bodies[entry.body].append(entry)
    return [
        *((f"评价机构“{name}”", group) for name, group in sorted(evaluators.items())),
        *((f"被评价单位“{name}”", group) for name, group in sorted(bodies.items())),
    ]


def _leaves(folder: Path, reports: Sequence[Entry]) -> Mapping[int, tuple[int, int]]:
    """Number of each report -> (scored indicators without children, those of them with full marks)."""
    found = {}
    for entry, rows in of_each(folder, "indicators", {entry.place: entry for entry in reports}):
        parents = {tuple(row["path"][:depth]) for row in rows for depth in range(1, len(row["path"]) + 1)}
        leaves = [row for row in rows if (*row["path"], row["name"]) not in parents]
        marks = [(row["weight"], row["score"]) for row in leaves if row["weight"] and row["score"]]
        found[entry.number] = (len(marks), sum(_equal(weight, score) for weight, score in marks))
    return found


def _equal(weight: str, score: str) -> bool:
    """Whether a weight and a score are the same number."""
    return weight.endswith("%") is score.endswith("%") and bool(
        Decimal(weight.rstrip("%")) == Decimal(score.rstrip("%"))
    )

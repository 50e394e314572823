"""The language model's tree of runs says what its counts say, and lines know where a paragraph ends."""

import pytest

from corpus.build_language_model import run_arrays, run_counts
from extractors.repair.neighbours import surroundings
from extractors.repair.symbol_counts import DISCOUNT, ORDER, UNSEEN, Places, SymbolCounts, symbol_counts_from
from extractors.repair.symbols import BREAK

LINES = ["灯塔镇修建水渠三条", "灯塔镇修缮水渠两条", "水渠修缮及时", "修建及时，修缮及时"]


@pytest.fixture(scope="module")
def tree() -> SymbolCounts:
    """The model of a few lines."""
    return symbol_counts_from(run_arrays(run_counts(LINES)))


def _directly(counts: dict[str, int], context: str, symbol: str) -> float:
    """The same probability, worked out from the counts of runs alone."""
    probability = UNSEEN
    for length in range(min(len(context), ORDER - 1) + 1):
        before = context[len(context) - length :]
        behind = {run: count for run, count in counts.items() if len(run) == length + 1 and run.startswith(before)}
        if not behind:
            return probability
        total, discount = sum(behind.values()), DISCOUNT[length + 1]
        probability *= sum(min(count, discount) for count in behind.values()) / total
        probability += max(behind.get(before + symbol, 0) - discount, 0.0) / total
    return probability


@pytest.mark.parametrize("context", ["", "修", "水渠", "灯塔镇修", "没有见过", "见过水渠", BREAK, BREAK + "灯塔"])
@pytest.mark.parametrize("symbol", ["修", "水", "渠", "缮", "，", "鲸", BREAK])
def test_the_tree_says_what_the_counts_say(tree: SymbolCounts, context: str, symbol: str) -> None:
    """Whatever was counted, and whatever was not."""
    expected = _directly(run_counts(LINES), context, symbol)
    places: Places = ()
    for before in context:
        _, places = tree.follow(places, before)
    probability, _ = tree.follow(places, symbol)
    assert probability == pytest.approx(expected)
    assert 0 < probability < 1


@pytest.mark.parametrize(
    ("after", "runs_on"),
    [
        ("（二）项目绩效目标", False),
        ("3.资金使用情况", False),
        ("一、基本情况", False),
        ("3.5公里的道路", True),
        ("道路", True),
    ],
)
def test_a_heading_ends_the_paragraph_before(after: str, runs_on: bool) -> None:
    """A full line runs on into the next, unless that one begins with a heading's number."""
    full = "水" * 28
    place = surroundings([full, after, full], known=True)[0]
    shares = {text.startswith(BREAK): share for share, text in place.right}
    assert (shares[False] > shares[True]) is runs_on

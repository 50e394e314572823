"""The measure of linking counts what is linked, what is judged alike, and what is judged wrongly."""

import json
from pathlib import Path

import pytest

from corpus.linking import GOLD, Link, gold_links, main, measure, plain_number, shown


def link(left: set[int], right: set[int], number: str, verdict: str = "holds", kind: str = "sum") -> Link:
    """A relation of one file."""
    numbers = frozenset([number] if number else [])
    return Link("a", kind, frozenset(left), frozenset(right), numbers, verdict)


@pytest.mark.parametrize(
    ("printed", "plain"),
    [("89.70%", "89.7%"), ("1,000.00", "1000"), ("28,000万元", "28000"), ("１２", "12"), (None, ""), ("优", "优")],
)
def test_numbers_are_compared_without_blanks_commas_and_final_zeros(printed: str | None, plain: str) -> None:
    """What is printed in two ways is one number; other text stays itself."""
    assert plain_number(printed) == plain


def test_a_relation_meets_another_by_both_sides_and_its_number() -> None:
    """One side alone, or another number, is another relation."""
    gold = link({3}, {7, 8}, "12")
    assert link({3, 8}, {3, 8}, "12").meets(gold)
    assert not link({3, 4}, {3, 4}, "12").meets(gold)
    assert not link({3, 8}, {3, 8}, "13").meets(gold)
    assert link({3, 8}, {3, 8}, "13").meets(link({3}, {7, 8}, ""))


def test_recall_and_precision_are_told_apart() -> None:
    """Of three wanted, two are linked and one is judged alike; of two that meet them, one is right."""
    gold = [link({1}, {2}, "5"), link({3}, {4}, "6", "inconsistent"), link({9}, {10}, "7")]
    ours = [link({1, 2}, {1, 2}, "5"), link({3, 4}, {3, 4}, "6"), link({20}, {20}, "1")]
    told = list(shown(measure(ours, gold)))
    assert told[:3] == [
        "linking.recall.linked: 2/3 = 0.6667",
        "linking.recall.judged: 1/3 = 0.3333",
        "linking.precision: 1/2 = 0.5000",
    ]


def test_without_truth_there_is_nothing_to_measure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command says so and succeeds; without a run it is called wrongly."""
    assert main([str(tmp_path)]) == 3
    (tmp_path / "records").mkdir()
    record = {"source": "a.txt", "rule": "x", "left": [], "right": [], "reported": "1", "computed": "1", "verdict": ""}
    (tmp_path / "records" / "relations.jsonl").write_text(json.dumps(record) + "\n", encoding="utf-8")
    assert main([str(tmp_path), str(tmp_path)]) == 0
    assert "nothing to compare" in capsys.readouterr().out


@pytest.mark.skipif(not GOLD.is_dir(), reason="../shared/gold is not here")
def test_the_truth_is_read_whole() -> None:
    """Every relation read by hand has two sides."""
    links = gold_links(GOLD)
    assert links
    assert all(one.left and one.right for one in links)

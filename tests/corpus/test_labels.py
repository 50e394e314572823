"""The hand labels of the sample corpus stand where they say they stand."""

import json
import shutil
from pathlib import Path

import pytest

from corpus.verify_labels import CORPUS, Source, plain, verify

REPORTS, LABELS = CORPUS / "reports", CORPUS / "labels"


def test_every_label_is_printed_on_the_line_it_cites() -> None:
    """Values, names, amounts, quotes and findings all stand where the labels say."""
    assert verify(REPORTS, LABELS) == []


@pytest.mark.parametrize(
    ("file", "field", "value"),
    [("indicators.jsonl", "weight", "77"), ("amounts.jsonl", "line", 2), ("amounts.jsonl", "printed", "1.23万元")],
)
def test_a_wrong_label_is_noticed(tmp_path: Path, file: str, field: str, value: object) -> None:
    """The verifier fails where one value of one label is changed."""
    folder = tmp_path / "labels"
    shutil.copytree(LABELS, folder)
    first, *others = (folder / file).read_text(encoding="utf-8").splitlines()
    changed = json.dumps(json.loads(first) | {field: value}, ensure_ascii=False)
    (folder / file).write_text("\n".join([changed, *others]), encoding="utf-8")
    assert verify(REPORTS, folder)


def test_every_report_of_the_corpus_is_in_its_table() -> None:
    """README.md says of each file what it is for, and of no other."""
    readme = (CORPUS / "README.md").read_text(encoding="utf-8")
    files = {path.name for path in REPORTS.iterdir()}
    assert {name for name in readme.replace("`", " ").replace(",", " ").split() if name.endswith(".txt")} == files


def test_a_number_is_not_found_inside_a_longer_one(tmp_path: Path) -> None:
    """4 does not stand in 14, 4.5 or 41, but in a cell of its own."""
    path = tmp_path / "a.txt"
    path.write_text("14\t4.5\t41\n| 4 |\n<td>4</td>\n得 4\n 分\n", encoding="utf-8")
    source = Source(path)
    assert [source.states("4", line) for line in (1, 2, 3, 4)] == [False, True, True, True]
    assert source.states("4分", 4)
    assert not source.states("4分", 3, 0)


def test_markup_and_blanks_do_not_count() -> None:
    """Labels compare text without converter marks."""
    assert plain("**90.90** 分，$\\geq 98\\%$".replace("\\%", "%")) == "90.90分,≥98%"

"""How codes and places are said, and text made safe to show."""

from typing import get_args

import pytest

from extractors.provenance import Origin
from normalizers.records import ReportKind
from pipeline.checks.model import Severity, Verdict
from pipeline.writers import wording
from pipeline.writers.observations import ObservationKind
from pipeline.writers.records import Status


@pytest.mark.parametrize(
    ("codes", "names"),
    [
        (Severity, wording.SEVERITY),
        (Severity, wording.SEVERITY_MEANING),
        (Verdict, wording.VERDICT),
        (Status, wording.STATUS),
        (ReportKind, wording.KIND),
        (Origin, wording.ORIGIN),
        (ObservationKind, wording.OBSERVATION),
    ],
)
def test_every_code_has_a_name(codes: object, names: dict[str, str]) -> None:
    """A code added to a type must be named for auditors too."""
    assert set(get_args(codes)) == set(names)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("甲\n乙", "甲\\n乙"),
        ("\x1b[0m", "\\x1b[0m"),
        ("a\u202eb", "a\\u202eb"),
        ("\udcff", "\\udcff"),
        ("普通 ", "普通 "),
    ],
)
def test_visible(text: str, shown: str) -> None:
    """Nothing hides, nothing is obeyed, plain text is untouched."""
    assert wording.visible(text) == shown


@pytest.mark.parametrize(
    ("page", "line", "cell", "head", "said"),
    [
        (None, 12, None, "", "第 12 行"),
        (3, None, None, "", "第 3 页"),
        (None, 12, {"table": "t1", "row": 0, "column": 4}, "", "第 12 行（表 t1 第 1 行第 5 列）"),
        (3, None, {"table": "t1", "row": 0, "column": 4}, "得分", "第 3 页（表 t1 第 1 行“得分”列）"),
        (None, None, None, "", "位置不详"),
    ],
)
def test_place(page: int | None, line: int | None, cell: object, head: str, said: str) -> None:
    """Pages and lines are 1-based already, cells are counted from 1 for people."""
    assert wording.place({"page": page, "line": line, "cell": cell}, head) == said


@pytest.mark.parametrize(("number", "said"), [("87.42857142", "87.4286"), ("0.00005%", "0.0001%"), ("90.05", "90.05")])
def test_short(number: str, said: str) -> None:
    """Half up at the fourth decimal; shorter numbers stay as printed."""
    assert wording.short(number) == said


def test_share_of_nothing_is_no_share() -> None:
    """No number seen is not "everything checked"."""
    assert wording.share(0, 0) == "—"
    assert wording.share(1, 3) == "33%"

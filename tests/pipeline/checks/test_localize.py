"""The smallest change that mends all: which value is likelier wrong, what else would do, and when nothing is said."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.checks import smallest
from pipeline.checks.laws import law_of
from pipeline.checks.model import Finding
from pipeline.checks.relate import holds
from pipeline.checks.run import check
from tests.pipeline.checks.notation import report

_TREE = (
    "评分表 过程 权重 25 得分 {0}；评分表 过程/资金 权重 15 得分 {1}；评分表 过程/实施 权重 10 得分 {2}；"
    "正文 总分 得分 {3}"
)


def _findings(text: str) -> tuple[Finding, ...]:
    return check(report(text))[1]


def _wrong(finding: Finding) -> str | None:
    return None if finding.likelier_wrong is None else finding.evidence[finding.likelier_wrong].text


# Each: what the report says, the value named (None: a tie), and how many places the smallest change touches.
CASES = {
    "one leaf explains its rate and its sum": (
        "评分表 过程 权重 25 得分 21.35；评分表 过程/资金 权重 15 得分 13.40 得分率 89.00%；"
        "正文 过程/资金 权重 15 得分率 89.00%；评分表 过程/实施 权重 10 得分 8.00 得分率 80.00%",
        "13.40",
        1,
    ),
    "a row whose amount fails its rate and its column": (
        "资金 t1r1 budget_adjusted 400.00万元 项=甲工程 主体=甲工程 列=1；"
        "资金 t1r1 spent 381.00万元 项=甲工程 主体=甲工程 列=2；"
        "资金 t1r1 execution_rate 90.25% 项=甲工程 主体=甲工程 列=3；"
        "资金 t1r2 budget_adjusted 600.00万元 项=乙工程 主体=乙工程 列=1；"
        "资金 t1r2 spent 540.00万元 项=乙工程 主体=乙工程 列=2；"
        "资金 t1r2 execution_rate 90.00% 项=乙工程 主体=乙工程 列=3；"
        "资金 t1r3 budget_adjusted 1000.00万元 项=合计 行=total 列=1；"
        "资金 t1r3 spent 901.00万元 项=合计 行=total 列=2；"
        "资金 t1r3 execution_rate 90.10% 项=合计 行=total 列=3",
        "381.00万元",
        1,
    ),
    "table against prose and nothing else": ("评分表 甲 权重 5 得分 5；正文 甲 权重 5 得分 4", None, 1),
    "the total holds with the table's value": (
        "评分表 甲 权重 50 得分 44；评分表 乙 权重 50 得分 45；评分表 合计 权重 100 得分 89；正文 甲 权重 50 得分 43",
        "43",
        1,
    ),
}


@pytest.mark.parametrize(("text", "wrong", "places"), CASES.values(), ids=CASES)
def test_smallest_change_is_named(text: str, wrong: str | None, places: int) -> None:
    """One cause is one finding; a tie names nobody and lists both ways."""
    found = [one for one in _findings(text) if one.localization is not None]
    assert [_wrong(one) for one in found] == [wrong]
    localization = found[0].localization
    assert localization is not None and localization.best is not None
    assert localization.method == "smallest-change" and localization.best.places == places
    if wrong is None:
        assert localization.near == 1 and localization.alternatives[0].places == places


def test_compensating_errors_are_found_though_the_total_is_right() -> None:
    """Two parts wrong by the same amount in both directions: each is a finding of its own."""
    text = (
        "评分表 甲 权重 50 得分 44；评分表 甲/一 权重 20 得分 19；评分表 甲/二 权重 30 得分 24；"
        "评分表 乙 权重 50 得分 45；评分表 乙/三 权重 20 得分 20；评分表 乙/四 权重 30 得分 26；"
        "评分表 合计 权重 100 得分 89"
    )
    sums = [one for one in _findings(text) if one.rule == "score-sum"]
    assert {one.reported for one in sums} == {"44", "45"}


def test_a_search_that_is_given_up_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there are too many ways, witnesses are counted instead and the finding says by what it was judged."""
    monkeypatch.setattr(smallest, "_MOST_STEPS", 0)
    finding = _findings(CASES["the total holds with the table's value"][0])[0]
    assert finding.localization is not None and finding.localization.method == "witness-count"
    assert _wrong(finding) == "43" and "最少只须改动" not in finding.message


def test_same_report_same_answer() -> None:
    """The search does not depend on the order of sets."""
    assert _findings(CASES["a row whose amount fails its rate and its column"][0]) == _findings(
        CASES["a row whose amount fails its rate and its column"][0]
    )


def test_message_says_what_would_mend_all() -> None:
    """The smallest change with its place, and what keeping the value would cost; a tie names both ways."""
    decided = _findings(CASES["the total holds with the table's value"][0])[0]
    assert "最少只须改动 1 处" in decided.message and "43（第 4 行，为 44 则相符）" in decided.message
    tie = _findings(CASES["table against prose and nothing else"][0])[0]
    assert "不能判断哪一处较可能有误" in tie.message


_SCORES = st.decimals(min_value=Decimal("0.25"), max_value=10, places=2)


@settings(max_examples=60, deadline=None)
@given(st.lists(_SCORES, min_size=2, max_size=2), st.decimals(min_value=-1, max_value=1, places=2))
def test_a_law_judges_as_its_check_does(parts: list[Decimal], gap: Decimal) -> None:
    """Whatever is printed, the law behind a relation reproduces the verdict of the check, or is not used."""
    total = max(sum(parts, Decimal(0)) + gap, Decimal("0.25"))
    relations, _ = check(report(_TREE.format(total, *parts, total)))
    laws = [(relation, law) for relation in relations if (law := law_of(relation)) is not None]
    assert laws
    assert all(law.satisfied() == holds(relation) for relation, law in laws)

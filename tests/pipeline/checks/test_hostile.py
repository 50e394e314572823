"""Hostile text and absurd numbers neither stop a check nor make it slow."""

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.checks.run import check
from tests.pipeline.checks.notation import report

_TEXTS = {
    "digits": "1" * 40_000,
    "digits and a sign": "1" * 20_000 + "=",
    "commas": "1," * 20_000,
    "a formula without end": "1+" * 20_000 + "=3%",
    "blanks": " " * 40_000 + "=1%",
    "percent signs": "满意%" * 10_000,
    "brackets": "（" * 10_000 + "1" + "）" * 10_000 + "=1",
    "counts": "三个方面，" * 8_000,
    "growth": "从1增长到2，" * 6_000,
    "numbers of documents": "财〔2022〕号" * 4_000,
    "amounts of one thing": "新建标准化养殖场3个，" * 3_000,
}


@pytest.mark.parametrize("name", _TEXTS)
def test_long_monotonous_text_is_checked_within_seconds(name: str) -> None:
    """Time grows with the length of the text, not with its square."""
    made = report(f"文 {_TEXTS[name]}")
    start = time.process_time()
    check(made)
    assert time.process_time() - start < 3


_WORDS = st.sampled_from(
    [
        "0",
        "00.00",
        "-3",
        "9" * 40,
        "0.000000001",
        "100%",
        "0%",
        "1,000.00万元",
        "∞",
        "满分",
        "≥",
        "1/0",
        "一百",
        "亿",
        "8.5",
    ]
)
_PLACES = st.sampled_from(["评分表", "汇总表", "分表", "自评表", "正文", "标题", "说明"])
_NAMES = st.sampled_from(["甲", "甲/一", "甲/二", "预算执行率", "合计", "总分", "满意度"])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(_PLACES, _NAMES, _WORDS, _WORDS, _WORDS), max_size=14), st.lists(_WORDS, max_size=4))
def test_absurd_values_raise_no_exception(rows: list[tuple[str, str, str, str, str]], money: list[str]) -> None:
    """Whatever stands in the cells, the checks answer, and every finding has words and evidence."""
    entries = [f"{place} {name} 权重 {one} 得分 {two} 得分率 {three}" for place, name, one, two, three in rows]
    entries = [entry.split(" 得分率")[0] if " 总分 " in entry else entry for entry in entries]
    roles = ("budget_original", "recovered", "budget_adjusted", "spent")
    entries += [
        f"资金 s1 {role} {value} 项=钱"
        for role, value in zip(roles, money, strict=False)
        if any(character.isdigit() for character in value)
    ]
    relations, findings = check(report("\n".join(entries)))
    assert all(finding.title and finding.message and finding.evidence for finding in findings)
    assert {index for finding in findings for index in finding.relations} == {
        index for index, relation in enumerate(relations) if relation.verdict == "inconsistent"
    }

"""Traps raise nothing; conflicts fold into one finding each, with witnesses, likelier side and effect."""

from pathlib import Path

import pytest

from pipeline.checks.model import Finding
from pipeline.checks.run import check
from tests.pipeline.checks.notation import report

_HERE = Path(__file__).parent


def _blocks(name: str) -> list[tuple[str, list[str]]]:
    """(title, lines) of each block of a case file."""
    blocks = (_HERE / name).read_text(encoding="utf-8").strip().split("\n\n")
    return [(lines[0].lstrip("# "), lines[1:]) for lines in (block.splitlines() for block in blocks)]


def _findings(lines: list[str]) -> tuple[Finding, ...]:
    return check(report("\n".join(lines)))[1]


@pytest.mark.parametrize(("title", "lines"), _blocks("traps.txt"), ids=[title for title, _ in _blocks("traps.txt")])
def test_trap_raises_no_alarm(title: str, lines: list[str]) -> None:
    """What looks like an error and is none is at most undecided."""
    assert [(one.rule, one.title) for one in _findings(lines) if one.severity != "info"] == []


@pytest.mark.parametrize(("title", "lines"), _blocks("conflicts.txt"), ids=[t for t, _ in _blocks("conflicts.txt")])
def test_conflict_is_one_finding_with_the_likelier_side(title: str, lines: list[str]) -> None:
    """Relations that fail from one cause are folded; the side with fewer witnesses is named, a tie names none."""
    wanted = dict(line.split(" ", 1) for line in lines[:3])
    found = [one for one in _findings(lines[3:]) if one.rule != "grade-sensitivity"]
    assert len(found) == 1
    finding = found[0]
    wrong = None if finding.likelier_wrong is None else finding.evidence[finding.likelier_wrong].text
    assert (finding.rule, finding.severity, wrong or "-") == (wanted["rule"], wanted["severity"], wanted["wrong"])


def test_effect_says_what_total_and_grade_become() -> None:
    """With the other score the total falls below the limit of its grade."""
    lines = next(lines for title, lines in _blocks("conflicts.txt") if title.startswith("a single disputed"))
    finding = next(one for one in _findings(lines[3:]) if one.rule == "narrative-against-table")
    assert finding.effect is not None
    assert (finding.effect.total, finding.effect.grade, finding.effect.grade_changes) == ("89.5", "良", True)


def test_several_small_conflicts_are_summed_up_in_one_statement_about_the_grade() -> None:
    """No single point flips the grade, but taking the prose throughout does."""
    text = (
        "评分表 甲 权重 50 得分 45；评分表 乙 权重 50 得分 46；评分表 合计 权重 100 得分 91；"
        "正文 总分 得分 91 等级 优；正文 甲 权重 50 得分 44.4；正文 乙 权重 50 得分 45.4"
    )
    finding = next(one for one in check(report(text))[1] if one.rule == "grade-sensitivity")
    assert finding.severity == "decisive" and "89.8" in finding.title
    assert {operand.span.line for operand in finding.evidence} == {4, 5, 6}


def test_evidence_is_sorted_each_place_once_and_identity_is_stable() -> None:
    """Two runs give the same findings, bit for bit."""
    lines = next(lines for title, lines in _blocks("conflicts.txt") if title.startswith("prose states"))
    first, second = _findings(lines[3:]), _findings(lines[3:])
    assert first == second
    places = [(operand.span.line or 0, operand.key, operand.text) for operand in first[0].evidence]
    assert len(places) == len(set(places))
    assert [place[0] for place in places] == sorted(place[0] for place in places)


def test_a_sum_that_fails_only_by_a_conflict_says_so() -> None:
    """What depends on a disputed score is folded into its finding and names it."""
    text = (
        "评分表 甲 权重 10 得分 9；评分表 甲/一 权重 5 得分 5；评分表 甲/二 权重 5 得分 4；"
        "正文 甲/一 权重 5 得分 4；正文 甲/二 权重 5 得分 4"
    )
    relations, findings = check(report(text))
    failed = [one for one in relations if one.rule == "score-sum" and one.verdict == "inconsistent"]
    assert failed and len(findings) == 1
    assert all(findings[0].finding_id in one.reason for one in failed)


def test_doubtful_reading_is_suspected_first() -> None:
    """A conflict with text of low confidence tells the reader to look at the page."""
    from dataclasses import replace

    made = report("评分表 甲 权重 5 得分 5；正文 甲 权重 5 得分 4")
    mention = next(m for m in made.indicators[0].mentions if m.place == "prose" and m.field == "score")
    blurred = replace(mention, span=replace(mention.span, origin="ocr", confidence=0.6))
    mentions = tuple(blurred if m is mention else m for m in made.indicators[0].mentions)
    made = replace(made, indicators=(replace(made.indicators[0], mentions=mentions),))
    _, findings = check(made)
    assert findings[0].suspect == "reading"


def test_blank_form_and_empty_report_give_nothing() -> None:
    """Nothing is invented where nothing is stated."""
    assert check(report("类别 blank_form；评分表 甲 权重 5 得分 9")) == ((), ())
    assert check(report("")) == ((), ())

"""The parts that checks are built of: prints, tellings, doubts, sums explained, formulas, quantities, tables."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers.records import Mention
from pipeline.checks.cluster import explanation
from pipeline.checks.counted import alike, quantities
from pipeline.checks.facts import Facts
from pipeline.checks.mentions import couples
from pipeline.checks.model import Operand, Relation
from pipeline.checks.plain_grids import plain_grids
from pipeline.checks.printed_formula import Parser, Unreadable
from pipeline.checks.prints import prints_of
from pipeline.checks.series import growth_columns, is_series
from pipeline.checks.table_laws import ratios, sums
from tests.pipeline.checks.notation import report


def _facts(text: str) -> Facts:
    return Facts(report(text))


def test_marks_of_one_sentence_are_one_print() -> None:
    """A heading and a sentence that state weight, score and rate are two prints, whatever their order."""
    indicator = report("标题 甲 权重 20 得分 18；正文 甲 得分 17 权重 20 得分率 85%").indicators[0]
    rows = list(prints_of(indicator))
    assert [(row.weight is not None, row.score and row.score.text, row.rate is not None) for row in rows] == [
        (True, "18", False),
        (True, "17", True),
    ]


def test_without_groups_nearness_and_order_tell_prints_apart() -> None:
    """A score told before the weight of the next sentence does not join it."""
    from dataclasses import replace

    indicator = report("正文 甲 得分 17；正文 甲 权重 20 得分 18").indicators[0]
    mentions = tuple(replace(mention, group="") for mention in indicator.mentions)
    rows = list(prints_of(replace(indicator, mentions=mentions)))
    assert [row.score and row.score.text for row in rows] == ["17", "18"]


def test_cover_takes_a_parents_children_where_it_is_not_stated_itself() -> None:
    """A level that a table leaves out is bridged; an indicator that the table does not tell of is left out."""
    facts = _facts(
        "评分表 甲 权重 10；评分表 甲/一/a 权重 4；评分表 甲/一/b 权重 1；评分表 甲/二 权重 5；附表 甲/三 权重 5"
    )
    voice = next(voice for voice in facts.tree.voices if voice.name == "scoring0")
    parts = facts.tree.cover(voice, "weight", 0)
    assert parts is not None
    assert [mention.text for _, mention in parts] == ["4", "1", "5"]


def test_sentence_that_states_a_childs_marks_is_doubted() -> None:
    """It is kept out of every check and its reason is told."""
    facts = _facts(
        "评分表 甲 权重 10 得分 9；评分表 甲/一 权重 4 得分 4；评分表 甲/二 权重 6 得分 5；正文 甲 权重 4 得分 4"
    )
    assert [doubt.reason for doubt in facts.doubts] == ["该句也可能说的是其下级指标“一”"]
    assert all(row.score is None or row.score.place != "prose" for row in facts.prints[0])


@given(st.lists(st.integers(min_value=-3, max_value=3), min_size=1, max_size=6))
def test_explanation_names_disputed_addends_that_mend_the_sum(shifts: list[int]) -> None:
    """Whenever the gap is the sum of some shifts, disputed addends are found whose change closes it."""
    span = report("正文 总分 得分 1").field_mentions[0].span
    left = tuple(Operand(f"i{n}.score", "operand", "0", Decimal(0), span) for n in range(len(shifts)))
    right = (Operand("total.score", "reported", "0", Decimal(0), span),)
    relation = Relation("score-sum", "inconsistent", left, right, "", "", "", difference=Decimal(sum(shifts)))
    alternatives = {f"i{n}.score": {Decimal(shift)} for n, shift in enumerate(shifts) if shift}
    found = explanation(relation, alternatives)
    if sum(shifts) != 0:
        chosen = [shift for n, shift in enumerate(shifts) if f"i{n}.marks" in found]
        assert sum(chosen) == sum(shifts)


NUMBERS = st.integers(min_value=1, max_value=999)


@given(NUMBERS, NUMBERS, NUMBERS, st.sampled_from("+-×÷"), st.sampled_from("+-×÷"))
def test_formula_is_evaluated_by_precedence(one: int, two: int, three: int, sign: str, other: str) -> None:
    """The small parser agrees with exact fractions."""
    python = f"Fraction({one}){sign}Fraction({two}){other}Fraction({three})".replace("×", "*").replace("÷", "/")
    expected = eval(python, {"Fraction": Fraction})  # noqa: S307 - built from three integers and two signs
    value = Parser(f"{one}{sign}{two}{other}{three}").whole()
    assert abs(Fraction(value.point) - expected) < Fraction(1, 10**20)
    assert Fraction(value.span.low) <= expected <= Fraction(value.span.high)


@pytest.mark.parametrize("text", ["1+", "(1+2", "1÷0", "()", "+"])
def test_what_is_no_formula_is_refused(text: str) -> None:
    """Brackets that do not close and divisors of zero give no value."""
    with pytest.raises((Unreadable, ArithmeticError)):
        Parser(text).whole()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("电子商务交易额", "电商交易额", True),
        ("建成农村服务站点", "建成农村服务站点", True),
        ("进出口总额", "出口总额", False),
        ("新增就业人数", "新增脱贫人数", False),
    ],
)
def test_labels_are_alike_where_one_abbreviates_the_other(one: str, other: str, same: bool) -> None:
    """An abbreviation keeps first character and head noun; a part of the whole is not one."""
    assert alike(one, other) is alike(other, one) is same


def test_planned_and_past_quantities_are_left_out() -> None:
    """What is asked for or was last year's is no actual number."""
    facts = _facts("文 计划新建标准化养殖场30个，实际新建标准化养殖场28个。；文 上年新建标准化养殖场25个。")
    assert [(one.label, one.text) for one in quantities(facts)] == [("新建标准化养殖场", "28个")]


def test_laws_of_a_table_are_found_where_most_rows_obey() -> None:
    """Sums and ratios need three rows and two of three; two rows prove nothing that no head tells."""
    rows = ["项目 | 全部 | 甲 | 乙 | 占比"] + [
        f"r{n} | {10 * n + 3} | {6 * n} | {4 * n + 3} | {n}%" for n in range(1, 5)
    ]
    grid = plain_grids(_facts("；".join(f"表 t9 {row}" for row in rows)))[0]
    assert [(law.total, law.parts) for law in sums(grid)] == [(1, (2, 3))]
    assert list(ratios(grid)) == []
    short = plain_grids(_facts("；".join(f"表 t9 {row}" for row in rows[:3])))[0]
    assert list(sums(short)) == []


def test_what_came_of_a_sum_is_one_unless_a_part_has_digits_exchanged() -> None:
    """Rows in which less came in than the parts give are honest; two digits exchanged in a part are not."""
    head = "项目 | 东区 | 西区 | 北区 | 实际完成"
    rows = ["甲 | 812 | 730 | 604 | 2146", "乙 | 436 | 318 | 218 | 972", "丙 | 540 | 625 | 455 | 1620"]
    for last, found in (("丁 | 702 | 684 | 552 | 1902", 1), ("丁 | 702 | 684 | 552 | 1850", 0)):
        text = "；".join(f"表 t9 {row}" for row in (head, *rows, last))
        assert len(list(sums(plain_grids(_facts(text))[0]))) == found


def test_growth_column_follows_its_values() -> None:
    """A column of percentages is growth where its head says so and the rows bear it out."""
    text = "表 t9 年份 | 金额 | 同比增长；表 t9 2018 | 200 | ；表 t9 2019 | 230 | 15%；表 t9 2020 | 250.7 | 9.00%"
    grid = plain_grids(_facts(text))[0]
    assert is_series(grid) and list(growth_columns(grid)) == [(1, 2)]


def test_many_mentions_are_compared_with_the_first_only() -> None:
    """The number of relations stays linear for a fact told over and over."""
    mention = report("正文 总分 得分 1").field_mentions[0]
    many: list[Mention] = [mention] * 30
    assert len(list(couples(many))) == 29
    assert len(list(couples(many[:5]))) == 10

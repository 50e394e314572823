"""Headings are told in all numbering habits, with their titles, levels and what runs on behind them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.segment.headings import label_of, ordinal, title_end
from tests.extractors.segment.heading_cases import LABELLED
from tests.extractors.segment.layouts import outline, parts, prose


@pytest.mark.parametrize(
    ("line", "style", "label", "title", "rest"), LABELLED, ids=[line[:12] for line, *_ in LABELLED]
)
def test_label_and_title(line: str, style: str | None, label: str, title: str, rest: str) -> None:
    """The printed number, the title behind it and the sentence that runs on are told apart."""
    found = label_of(line)
    if style is None:
        assert found is None
        return
    assert found is not None
    end = title_end(line, found.end)
    assert (found.style, found.text) == (style, label)
    assert line[found.end : end].strip().strip("：:") == title
    assert line[end:].lstrip("。：:") == rest


@given(st.integers(1, 99))
def test_ordinals_of_chinese_numbers(number: int) -> None:
    """一 to 九十九 are read as numbers."""
    digits = "一二三四五六七八九"
    tens, ones = divmod(number, 10)
    text = ("" if tens < 2 else digits[tens - 1]) + ("十" if tens else "") + (digits[ones - 1] if ones else "")
    label = label_of(f"{text}、标题")
    assert label is not None
    assert ordinal(label) == number


def test_levels_follow_the_usual_nesting_whatever_is_left_out() -> None:
    """Each numbering stands below those that usually enclose it, also where one is skipped."""
    (part,) = parts(
        "一、概况\n（一）背景\n1.依据\n（1）国家层面\n①文件\n（二）内容\n（1）建设内容\n二、结论\n1.得分\n附件1：分析\n一、过程\n1.管理\n"
    )
    assert outline(part) == [
        "一、概况",
        "  （一）背景",
        "    1.依据",
        "      （1）国家层面",
        "        ①文件",
        "  （二）内容",
        "    （1）建设内容",
        "二、结论",
        "  1.得分",
        "附件1分析",
        "  一、过程",
        "    1.管理",
    ]
    assert [section.annex for section in part.sections][-3:] == [True, True, True]
    assert [heading.title for heading in part.sections[-1].path] == ["分析", "过程", "管理"]


def test_decimal_numbering_nests_below_whole_numbers_and_may_hold_lists() -> None:
    """1 > 1.1 > 1.1.1; a list `1.` below `1.1` is deeper than it, and the next whole number closes both."""
    (part,) = parts(
        "1 项目概况\n1.1 立项背景\n1.1.1 政策依据\n文件若干。\n1.2 项目内容\n1.新建泵站。\n2.更新管网。\n"
        "2 评价结论\n2.1 得分\n1、决策。\n"
    )
    assert outline(part) == [
        "1项目概况",
        "  1.1立项背景",
        "    1.1.1政策依据",
        "  1.2项目内容",
        "    1.新建泵站",
        "    2.更新管网",
        "2评价结论",
        "  2.1得分",
        "    1、决策",
    ]


def test_headings_marked_by_the_source_need_no_number() -> None:
    """Markdown headings head sections at the depth of their marks; the title of the file is none."""
    (part,) = parts("# 柏河县绩效评价报告\n\n## 概况\n\n### 立项\n\n文件齐全。\n\n## 结论\n\n得分88分。\n")
    assert outline(part) == ["概况", "  立项", "结论"]


def test_a_heading_whose_number_was_lost_stands_above_the_next_numbering() -> None:
    """Short topic lines without number head sections; titles, signatures and captions do not."""
    (part,) = parts(
        "柏河县绩效自评报告\n\n一、概况\n\n项目按计划实施，成效较好。\n\n存在的问题和改进措施\n\n（一）资金到位慢\n\n"
        "受上级资金影响，到位较晚。\n\n柏河县水利局\n\n2024年3月\n"
    )
    assert outline(part) == ["一、概况", "存在的问题和改进措施", "  （一）资金到位慢"]
    assert prose(part)[-2:] == ["柏河县水利局", "2024年3月"]


def test_a_run_on_sentence_is_the_first_paragraph() -> None:
    """The heading keeps its own words, the sentence behind it is prose below it."""
    (part,) = parts("一、概况\n（一）项目背景。近年来，灌区老化严重。\n下一段。\n")
    section = part.sections[-1]
    assert section.heading is not None
    assert (section.heading.title, section.heading.flow.text) == ("项目背景", "（一）项目背景。")
    assert [block.flow.text for block in section.blocks] == ["近年来，灌区老化严重。", "下一段。"]  # type: ignore[union-attr]

"""Lines become paragraphs again, whatever broke them, and every character knows its line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.pages import Line
from extractors.segment.flow import join, part_of
from extractors.segment.paragraphs import rest_of_date
from tests.extractors.segment.layouts import parts, prose

SENTENCES = (
    "本次评价旨在了解灌区渠道管护资金的使用情况和效果，",
    "评价组采用现场核查与问卷调查相结合的方法，",
    "对全县十二个乡镇的渠道管护情况进行了抽查，",
    "共发放问卷三百二十份，收回有效问卷三百零五份，",
    "综合各方面情况，项目总体实施较好，达到预期目标。",
)


def wrapped(width: int, gap: str) -> str:
    """The sentences set in lines of `width` characters with `gap` between them."""
    text = "".join(SENTENCES) * 3
    return gap.join(text[start : start + width] for start in range(0, len(text), width))


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    """Lines of equal length that end amid a sentence are joined, with or without blank lines between them."""
    for gap in ("\n", "\n\n"):
        (part,) = parts("一、评价情况\n" + gap + wrapped(28, gap) + gap + "二、结论\n")
        assert prose(part) == ["".join(SENTENCES) * 3]


def test_a_page_break_in_a_sentence_is_healed() -> None:
    """Two halves of a sentence with blank lines, a page mark or a number between them are one paragraph."""
    first, second = "".join(SENTENCES)[:60], "".join(SENTENCES)[60:]
    for between in ("\n\n\n", "\n\n- 7 -\n\n", "\n7\n\n", "\n\f\n", "\n第 7 页 共 20 页\n"):
        (part,) = parts("一、评价情况\n" + first + between + second + "\n")
        assert prose(part) == ["".join(SENTENCES)]


def test_footnotes_stand_behind_the_paragraph_they_cut() -> None:
    """A note at the foot of a page does not part the sentence around it."""
    text = (
        "一、结论\n\n绩效等级¹为“良”，评价组核查了资金拨付凭证和合同，有效利用了\n\n"
        "¹ 注：得分≥90为优，90>得分≥80为良。\n\n财政资源，推动了管护工作。\n"
    )
    (part,) = parts(text)
    assert prose(part) == [
        "绩效等级为“良”，评价组核查了资金拨付凭证和合同，有效利用了财政资源，推动了管护工作。",
        "[¹]注：得分≥90为优，90>得分≥80为良。",
    ]


def test_items_of_a_list_are_not_joined() -> None:
    """Numbered items, 一是 and fields begin anew although the line above ends without a stop."""
    (part,) = parts(
        "一、问题\n一是资金拨付不够及时，影响进度\n二是档案管理不够规范，资料缺失\n评价机构：衡远咨询公司\n"
    )
    assert len(prose(part)) == 3


def test_latin_words_keep_their_blank_and_chinese_lines_none() -> None:
    """Joining puts a blank between words and numbers of Latin script only."""
    lines = [Line(text, number) for number, text in enumerate(("采用 Amazon", "Web 平台，投入", "20 万元"), start=1)]
    assert join((line.text, line) for line in lines).text == "采用 Amazon Web 平台，投入20 万元"


@given(st.lists(st.text(st.sampled_from("渠道管护abc12，。"), min_size=1, max_size=8), min_size=1, max_size=8))
def test_every_character_knows_its_line(texts: list[str]) -> None:
    """Whatever is joined, the line at each offset holds the character at that offset."""
    lines = [Line(text, number) for number, text in enumerate(texts, start=1)]
    flow = join((line.text, line) for line in lines)
    for offset, character in enumerate(flow.text):
        assert character == " " or character in flow.line_at(offset).text
    assert flow.text.replace(" ", "") == "".join(texts).replace(" ", "")


@given(st.lists(st.text(st.sampled_from("渠道管护 "), min_size=1, max_size=6), min_size=1, max_size=6), st.data())
def test_a_part_of_a_flow_keeps_the_lines_of_its_characters(texts: list[str], data: st.DataObject) -> None:
    """Cutting a flow moves the offsets and nothing else."""
    flow = join((text, Line(text, number)) for number, text in enumerate(texts, start=1))
    start = data.draw(st.integers(0, len(flow.text)))
    end = data.draw(st.integers(start, len(flow.text)))
    cut = part_of(flow, start, end)
    assert cut.text == flow.text[start:end].strip()
    shift = start + len(flow.text[start:end]) - len(flow.text[start:end].lstrip())
    for offset in range(len(cut.text)):
        assert cut.line_at(offset) is flow.line_at(shift + offset)


@pytest.mark.parametrize(
    ("before", "after", "rest"),
    [
        ("填报日期：2024", "年7月8日", "年7月8日"),
        ("截至2024年", "12月底完工", "12月"),
        ("填报日期：2024年1", "1月8日", "1月8日"),
        ("填报日期：2024年11", "月8日  电话：", "月8日"),
        ("填报日期：2024年11月2", "8日", "8日"),
        ("2024年", "12月底完工", ""),  # a year by itself heads what stands below
        ("共2024", "年", ""),
        ("联系电话：13800138000", "8日", ""),
        ("填报日期：2024年7月8日", "8日", ""),
        ("于2024年7月", "日前", ""),
    ],
)
def test_the_rest_of_a_date(before: str, after: str, rest: str) -> None:
    """Only what makes a date of the end of a line is its rest."""
    assert rest_of_date(before, after) == rest

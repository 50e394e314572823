"""Footnote marks leave the running words and stay in front of their notes."""

import pytest

from extractors.readers.footnotes import defined_marks, without_marks


@pytest.mark.parametrize(
    ("text", "marks", "printed"),
    [
        ("绩效等级¹为“优”。", "¹", "绩效等级为“优”。"),
        ("支出 320 万元²，结余较多", "²", "支出 320 万元，结余较多"),
        ("（一）社零总额³稳定增长", "³", "（一）社零总额稳定增长"),
        ("得分 91.94¹，等级为优", "¹", "得分 91.94，等级为优"),
        ("清淤面积 12km²，绿化 300m²", "²", "清淤面积 12km²，绿化 300m²"),
        ("浓度为 10⁴ 个", "", "浓度为 10⁴ 个"),
        ("¹ 注：得分≥90 为优。", "¹", "¹ 注：得分≥90 为优。"),
        ("部分企业[^3]反映", "", "部分企业反映"),
        ("[^3]: 指规模以上企业。", "³", "³ 指规模以上企业。"),
        ("完成率较高[2]，", "²", "完成率较高，"),
        ("（财预[2]号文）", "", "（财预[2]号文）"),
    ],
)
def test_marks(text: str, marks: str, printed: str) -> None:
    """Marks go where a note or their place shows them to be marks; powers and document numbers stay."""
    assert without_marks(text, frozenset(marks)) == printed


def test_notes_define_marks() -> None:
    """Lines that begin with a mark and words define it."""
    assert defined_marks(["¹ 指标解释。", "正文²。", "[3] 见附件。", "[^4]: 说明", "²"]) == frozenset("¹³⁴")

"""Plain text that was hard-wrapped is joined by how full its lines are, how they are set in, and by its headings."""

from tests.extractors.segment.layouts import outline, parts, prose

BODY = (
    "近年来灌区渠道老化严重渗漏问题突出亟须安排资金用于清淤衬砌和日常管护，"
    "项目实施后灌溉水利用系数明显提高，群众反映良好。"
)


def wrapped(text: str, width: int, gap: str = "\n", lead: str = "") -> str:
    """The text in lines of `width` characters, the first set in by `lead`."""
    text = lead + text
    return gap.join(text[start : start + width] for start in range(0, len(text), width))


def test_a_nearly_full_heading_is_no_part_of_its_paragraph() -> None:
    """Where headings of a style stand alone, one that fills its line does too."""
    titles = ["资金到位不及时", "管护责任不清", "档案不完整", "前期调研不够充分目标设置偏低管护资金有缺口"]
    blocks = [f"{number}.{title}\n{wrapped(BODY, 26)}" for number, title in enumerate(titles, start=1)]
    (part,) = parts("一、问题\n" + "\n".join(blocks) + "\n")
    assert outline(part) == ["一、问题", *(f"  {number}.{title}" for number, title in enumerate(titles, start=1))]
    assert prose(part) == [BODY] * 4


def test_headings_of_one_length_make_no_text_hard_wrapped() -> None:
    """Where most lines are far longer than the open ones, these are headings: `（一）决策指标：得分12.50分`."""
    heads = [
        f"（{number}）{name}类指标：分值15分，得分12.50分"
        for number, name in zip("一二三四五六七八九", "决投过管产效满服评", strict=True)
    ]
    (part,) = parts("一、分析\n" + "\n\n".join(f"{head}\n\n立项6分，得5.50分。{BODY}" for head in heads) + "\n")
    assert prose(part) == ["分值15分，得分12.50分", f"立项6分，得5.50分。{BODY}"] * len(heads)


def test_a_title_and_fields_stay_lines_of_their_own() -> None:
    """A full title and the fields of a title page are not run together in a text that is hard-wrapped."""
    front = "柏河县灌区渠道管护项目绩效评价报告\n项目单位：柏河县水利局灌区管理服务中心\n委托单位：柏河县财政局\n"
    (part,) = parts(front + "一、概况\n" + "\n".join(wrapped(BODY, 20) for _ in range(3)) + "\n")
    assert prose(part)[:3] == front.split("\n")[:3]
    assert prose(part)[3:] == [BODY] * 3


def test_a_line_that_is_set_in_begins_a_paragraph() -> None:
    """Where first lines are set in, a set-in line begins anew although the line above ends without a stop."""
    first = "渠道清淤完成十二公里，衬砌三公里，管护到位率百分之九十五，群众比较满意"
    texts = [first, BODY, first, BODY]
    (part,) = parts("一、成效\n" + "\n".join(wrapped(text, 20, lead="　　") for text in texts) + "\n")
    assert prose(part) == texts


def test_points_in_brackets_end_a_heading() -> None:
    """A heading that ends in its points is complete however long it is."""
    (part,) = parts(
        "一、产出\n"
        + wrapped(BODY, 26)
        + "\n（一）产出数量指标分析（满分10分，自评得分9分）\n"
        + wrapped(BODY, 26)
        + "\n"
        + wrapped(BODY, 26)
    )
    assert outline(part)[-1] == "  （一）产出数量指标分析（满分10分，自评得分9分）"

"""What programs other than ours do when they write a PDF, drawn in small."""

import pytest

from extractors.readers.pdf.symbols import normal
from tests.extractors.readers.pdf.printing import Ruled, Sheet, printed, shown, tables_of

HEADS = ["一级指标", "二级|指标", "权重", "三级指标", "分值", "评分说明", "得分"]
EDGES = [60, 108, 138, 166, 236, 264, 400, 440]


@pytest.mark.parametrize(("radical", "character"), list(zip("⻓⼾⺠⻔⻛⾏⽔", "长户民门风行水", strict=True)))
def test_radicals_are_read_as_the_characters_whose_glyph_they_share(radical: str, character: str) -> None:
    """Browsers and office programs name one glyph by either code; the report's words need the character."""
    assert normal(ord(radical), "NotoSerifCJKsc") == character


def test_a_number_is_whole_that_its_cell_has_no_room_for() -> None:
    """`100` over two lines is one number; two figures with room to spare stay two."""
    rows = [["指标", "权重", "分值", "说明"], ["合计", "10|0", "10|5", "如期"], ["产出", "9", "9", "按期"]]
    document = printed(Sheet([Ruled([60, 120, 139, 200, 260], rows)]))
    assert shown(tables_of(document)[0])[1] == "合计 | 100 | 10 5 | 如期"


def test_a_number_inside_a_sentence_goes_on_in_the_next_line_of_its_cell() -> None:
    """Digits on both sides of a full line's end are one number; a line that ends early breaks none."""
    rows = [["指标", "评分说明", "得分"], ["执行率", "全年拨付资金852|3万元，得4分", "4"], ["到位率", "到位1|2笔", "3"]]
    document = printed(Sheet([Ruled([60, 120, 226, 270], rows)]))
    assert shown(tables_of(document)[0])[1:] == [
        "执行率 | 全年拨付资金8523万元，得4分 | 4",
        "到位率 | 到位1 2笔 | 3",
    ]


def test_a_name_set_upright_in_a_narrow_cell_stands_in_its_cell() -> None:
    """Text that runs down the page beside rows that run across it belongs to the cell around it."""
    rows = [
        ["一级指标", "二级指标", "分值", "得分"],
        ["/决策", "项目立项", "8", "7"],
        ["↑", "绩效目标", "6", "6"],
        ["/产出", "产出数量", "10", "9"],
        ["↑", "产出质量", "5", "5"],
    ]
    table = tables_of(printed(Sheet([Ruled([60, 110, 180, 220, 260], rows)])))[0]
    assert shown(table)[1:] == [
        "决策 | 项目立项 | 8 | 7",
        "决策 | 绩效目标 | 6 | 6",
        "产出 | 产出数量 | 10 | 9",
        "产出 | 产出质量 | 5 | 5",
    ]


def test_a_head_printed_again_on_every_page_is_no_running_head() -> None:
    """Its words stand at the edge of four pages, but inside a grid: all its rows are the repeated header."""
    head = ["评价指标体系", "评分情况说明", "得分"]
    sheets = [Sheet([Ruled([60, 200, 320, 380], [head, [f"事项{page}", "完成", str(page)]])]) for page in range(1, 6)]
    table = tables_of(printed(*sheets))[0]
    assert (table.n_rows, table.repeated_headers) == (10, (2, 4, 6, 8))


def _torn(upper: list[str], lower: list[str]) -> list[str]:
    """The body of a scoring table over two pages, the first ending with one row, the second beginning with another."""
    above = Ruled(EDGES, [HEADS, ["产出", "产出|数量", "20", "新建泵站数量", "20", "如数建成", "20"], upper])
    below = Ruled(EDGES, [HEADS, lower, ["效益", "社会|效益", "9", "受益人口", "9", "已达到", "9"]])
    table = tables_of(printed(Sheet([above]), Sheet([below])))[0]
    return [row for number, row in enumerate(shown(table)) if number not in (0, *table.repeated_headers)][1:-1]


def test_a_name_that_a_page_break_cut_is_whole() -> None:
    """产出 alone is a name of level 1, not of level 2: below it stands 时效 and the weight stands above only."""
    rows = _torn(["", "产出", "7", "按期开工率", "3", "如期", "3"], ["", "时效", "", "按期完工率", "4", "迟两天", "3"])
    assert rows == [
        "产出 | 产出时效 | 7 | 按期开工率 | 3 | 如期 | 3",
        "产出 | 产出时效 | 7 | 按期完工率 | 4 | 迟两天 | 3",
    ]


def test_a_name_of_its_own_is_whole_if_only_its_beginning_has_a_weight() -> None:
    """The names' column has no room for another character, and each name has its weight beside it."""
    rows = _torn(["", "河道", "7", "清淤长度", "3", "如期", "3"], ["", "整治", "", "护岸长度", "4", "迟两天", "3"])
    assert [row.split(" | ")[1] for row in rows] == ["河道整治", "河道整治"]


def test_the_next_name_of_a_page_is_no_rest_of_the_one_before() -> None:
    """It has a weight of its own."""
    rows = _torn(["", "河道", "7", "清淤长度", "3", "如期", "3"], ["", "整治", "4", "护岸长度", "4", "迟两天", "3"])
    assert [row.split(" | ")[1] for row in rows] == ["河道", "整治"]

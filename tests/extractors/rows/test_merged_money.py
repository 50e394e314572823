"""Money in cells that several columns share: a form's sums stand above the narrower columns of its indicators."""

from itertools import chain

from corpus.render.blocks import TableBlock, TableCell, TextBlock
from corpus.render.render import render
from corpus.render.style import STYLES
from extractors.readers.read import read
from extractors.rows.extract import extract
from extractors.segment.segment import segment


def test_a_cell_over_three_columns_is_one_amount() -> None:
    """The columns of the indicators below part a form's columns of money in three; each sum is told once."""
    rows = [
        ["资金", "", "全年预算数（万元）", "全年执行数（万元）", "", "", "执行率"],
        ["", "年度资金总额", "120.00", "96.00", "", "", "80.00%"],
        ["", "市级资金", "70.00", "60.00", "", "", "85.71%"],
        ["", "区级资金", "50.00", "36.00", "", "", "72.00%"],
    ]
    spans = [
        [TableCell(text, row, at) for at, text in enumerate(texts) if at not in (3, 4, 5)]
        for row, texts in enumerate(rows)
    ]
    merged = [TableCell(texts[3], row, 3, 1, 3) for row, texts in enumerate(rows)]
    indicators = [
        ["一级指标", "二级指标", "三级指标", "实际完成值", "分值", "得分", "偏差原因"],
        ["产出", "数量指标", "清淤长度", "8公里", "10", "10", "无"],
    ]
    below = [TableCell(text, 4 + row, at) for row, texts in enumerate(indicators) for at, text in enumerate(texts)]
    cells = sorted([*chain(*spans), *merged, *below], key=lambda cell: (cell.row, cell.column))
    data = render([TextBlock("甲县水渠项目支出绩效自评表", "title"), TableBlock(tuple(cells), 6, 7, 0)], STYLES["wps"])
    (part,) = segment(read("form.pdf", data))
    spent = [line.value.text for line in extract(part).funding if line.role == "spent"]
    assert spent == ["96.00", "60.00", "36.00"]

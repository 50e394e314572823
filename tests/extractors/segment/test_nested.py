"""Tables printed one cell below the other that weigh every level: the weights tell whose level is whose."""

from pipeline.process import process

CELLS = """一级指标 分值 得分 二级指标 分值 得分 三级指标 分值 得分
决策 20 17 立项 6 5 立项依据 3 3
程序规范 3 2
目标 14 12 目标合理 14 12
产出 80 75 数量 50 46 清渠长度 30 30
泵站座数 20 16
质量 30 29 验收合格 30 29
合计 100 92"""


def test_names_without_merged_cells_find_their_level_by_weight() -> None:
    """Three cells a name, whatever its level; no row is filled up with the next row's names."""
    text = "青石县灌区项目绩效评价报告\n\n附件：得分表\n\n" + "\n".join(CELLS.split()) + "\n"
    (report,) = process("表.txt", text.encode()).reports
    found = [(one.level, one.name, one.path, one.get("score")) for one in report.report.indicators]
    assert [(level, name, path[-1:], score.text if score else "") for level, name, path, score in found] == [
        (1, "决策", (), "17"),
        (2, "立项", ("决策",), "5"),
        (3, "立项依据", ("立项",), "3"),
        (3, "程序规范", ("立项",), "2"),
        (2, "目标", ("决策",), "12"),
        (3, "目标合理", ("目标",), "12"),
        (1, "产出", (), "75"),
        (2, "数量", ("产出",), "46"),
        (3, "清渠长度", ("数量",), "30"),
        (3, "泵站座数", ("数量",), "16"),
        (2, "质量", ("产出",), "29"),
        (3, "验收合格", ("质量",), "29"),
    ]
    assert not report.findings

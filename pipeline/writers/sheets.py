"""The sheets of the working paper (底稿各表): their order, columns and widths."""

from collections.abc import Callable, Iterator
from pathlib import Path

from extractors.frozen import frozen
from pipeline.writers import sheet_rows as rows
from pipeline.writers import wording
from pipeline.writers.sheet_rows import LONG_RELATIONS, LONG_ROWS


@frozen
class Column:
    """A column (列). width: in characters. number: its texts may be numbers. choices: what may be filled in."""

    head: str
    width: int
    number: bool = False
    money: bool = False
    choices: tuple[str, ...] = ()


@frozen
class Sheet:
    """A sheet (工作表).

    frozen: how many columns stay in sight. rows: the folder of records → its rows. printed: how many columns go on
    paper, or None for all. whole: where all stands, if a sheet of more than `most` rows may be cut; else it goes on in
    further sheets.
    """

    name: str
    frozen: int
    columns: tuple[Column, ...]
    rows: Callable[[Path], Iterator[rows.Row]]
    printed: int | None = None
    whole: str = ""
    most: int = LONG_ROWS


_SOURCE, _PART = Column("文件", 28), Column("份", 5)
_FINDING_ID = Column("疑点编号", 20)


_COUNTS = tuple(Column(name, 10) for name in wording.SEVERITY.values())
SHEETS: tuple[Sheet, ...] = (
    Sheet(
        "汇总",
        1,
        (
            _SOURCE,
            _PART,
            Column("状态", 9),
            Column("项目", 36),
            Column("被评价单位", 24),
            Column("类型", 16),
            Column("年度", 10),
            Column("总得分", 9, number=True),
            Column("等级", 9),
            Column("若取另一数值", 36),
            *_COUNTS,
            Column("数字核对率", 11, number=True),
            Column("说明", 40),
        ),
        rows.summary_rows,
    ),
    Sheet(
        "疑点",
        2,
        (
            Column("序号", 6),
            Column("严重程度", 10),
            Column("文件", 18),
            _PART,
            Column("疑点", 24),
            Column("说明", 38),
            Column("重算", 26),
            Column("报告值", 10, number=True),
            Column("重算值", 14, number=True),
            Column("相差", 9, number=True),
            Column("报告所载（位置与原文）", 36),
            Column("对照（位置与原文）", 36),
            Column("较可能有误", 16),
            Column("对总分和等级的影响", 16),
            Column("核实结果", 10, choices=("属实", "不属实", "待核实")),
            Column("核实备注", 20),
            Column("存疑对象", 14),
            Column("旁证", 16),
            Column("最小改动与其他办法", 40),
            Column("相关原文", 36),
            Column("规则", 22),
            _FINDING_ID,
        ),
        rows.findings_rows,
        printed=16,
    ),
    Sheet(
        "跨报告",
        2,
        (
            Column("类别", 18),
            Column("观察", 34),
            Column("说明", 70),
            Column("报告份数", 9),
            Column("所涉报告", 44),
            Column("数据", 36),
            Column("核实备注", 24),
            Column("编号", 20),
        ),
        rows.observations_rows,
        printed=7,
    ),
    Sheet(
        "报告",
        1,
        (
            _SOURCE,
            _PART,
            Column("类型", 16),
            Column("标题", 40),
            Column("项目", 36),
            Column("被评价单位", 24),
            Column("主管部门", 24),
            Column("委托方", 24),
            Column("评价机构", 28),
            Column("年度", 10),
            Column("报告日期", 12),
            Column("总得分", 9, number=True),
            Column("总分值", 9, number=True),
            Column("等级", 9),
            Column("等级标准", 34),
            Column("范围", 18),
            Column("报告编号", 20),
        ),
        rows.reports_rows,
    ),
    Sheet(
        "指标",
        2,
        (
            _SOURCE,
            _PART,
            Column("级别", 6),
            Column("一级指标", 16),
            Column("二级指标", 18),
            Column("三级指标", 30),
            Column("分值", 9, number=True),
            Column("得分", 9, number=True),
            Column("得分率", 10, number=True),
            Column("目标值", 22, number=True),
            Column("实际值", 22, number=True),
            Column("说明", 50),
            Column("陈述处数", 9),
            Column("位置", 30),
        ),
        rows.indicators_rows,
        whole="records/indicators.jsonl",
    ),
    Sheet(
        "资金",
        2,
        (
            _SOURCE,
            _PART,
            Column("性质", 14),
            Column("内容", 36),
            Column("报告所载", 16, number=True, money=True),
            Column("单位", 8),
            Column("折合元", 20, number=True, money=True),
            Column("位置", 26),
            Column("原文", 60),
        ),
        rows.amounts_rows,
        whole="records/amounts.jsonl",
    ),
    Sheet(
        "表格",
        2,
        (
            _SOURCE,
            _PART,
            Column("表号", 7),
            Column("表名", 28),
            Column("单位", 8),
            Column("行", 6),
            Column("表头", 7),
            Column("位置", 12),
            *(Column(f"第 {number} 列", 18, number=True) for number in range(1, rows.GRID_COLUMNS + 1)),
        ),
        rows.tables_rows,
        whole="records/tables.jsonl",
    ),
    Sheet(
        "关系",
        2,
        (
            _SOURCE,
            _PART,
            Column("结论", 16),
            Column("规则", 24),
            Column("重算", 46),
            Column("报告值", 14, number=True),
            Column("重算值", 14, number=True),
            Column("无法判断的原因", 36),
            Column("计算依据的位置", 40),
            Column("报告值的位置", 34),
            _FINDING_ID,
        ),
        rows.relations_rows,
        whole="records/relations.jsonl",
        most=LONG_RELATIONS,
    ),
    Sheet(
        "修复",
        2,
        (
            _SOURCE,
            _PART,
            Column("位置", 12),
            Column("修复前", 56),
            Column("修复后", 56),
            Column("可信度", 9, number=True),
            Column("方法", 14),
            Column("其他读法", 56),
        ),
        rows.repairs_rows,
    ),
    Sheet(
        "覆盖率",
        2,
        (
            _SOURCE,
            _PART,
            Column("项目", 36),
            Column("数字：见到", 10),
            Column("数字：已关联", 10),
            Column("数字：已核对", 10),
            Column("表格：见到", 10),
            Column("表格：已识别", 10),
            Column("表格行：见到", 10),
            Column("表格行：已识别", 10),
            Column("数字核对率", 11, number=True),
            Column("表格行识别率", 11, number=True),
        ),
        rows.coverage_rows,
    ),
    Sheet(
        "台账",
        1,
        (
            _SOURCE,
            Column("状态", 9),
            Column("代码", 20),
            Column("说明", 56),
            Column("报告份数", 9),
            Column("页数", 7),
            Column("识别页数", 9),
            Column("提示", 60),
            Column("类型", 20),
            Column("SHA-256", 68),
        ),
        rows.ledger_rows,
    ),
)

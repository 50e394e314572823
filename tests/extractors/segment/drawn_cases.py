"""Tables drawn with characters or written as HTML, and the tables they print."""

PIPES = {
    "Markdown": (
        """| 指标 | 权重 | 得分 |
| :--- | ---: | ---: |
| 决策 | 20 | 18 |
| 过程 | 30 | **27.5** |""",
        ["指标 | 权重 | 得分", "决策 | 20 | 18", "过程 | 30 | 27.5"],
    ),
    "without strokes at the ends": (
        """指标 | 权重 | 得分
--- | --- | ---
决策 | 20 | 18
过程 | 30 | 27.5""",
        ["指标 | 权重 | 得分", "决策 | 20 | 18", "过程 | 30 | 27.5"],
    ),
    "without strokes at the ends, levels left blank": (
        """一级指标 | 二级指标 | 权重 | 得分 | 说明
---|---|---|---|---
产出 | 数量 | 10 | 9 | 少一处
 | 质量 | 10 | 10 |
合计 | | 20 | 19 | """,
        [
            "一级指标 | 二级指标 | 权重 | 得分 | 说明",
            "产出 | 数量 | 10 | 9 | 少一处",
            "^ | 质量 | 10 | 10 |",
            "合计 |  | 20 | 19 |",
        ],
    ),
    "blank lines between the rows": (
        """| 指标 | 权重 | 得分 |

| --- | --- | --- |

| 决策 | 20 | 18 |

| 过程 | 30 | 27.5 |""",
        ["指标 | 权重 | 得分", "决策 | 20 | 18", "过程 | 30 | 27.5"],
    ),
    "an empty head row above the real one": (
        """|  |  |  |
| --- | --- | --- |
| 指标 | 权重 | 得分 |
| 决策 | 20 | 18 |""",
        ["指标 | 权重 | 得分", "决策 | 20 | 18"],
    ),
    "line breaks and strokes inside cells": (
        """| 指标 | 权重 | 说明 |
| --- | --- | --- |
| 资金<br>到位率 | 10 | 甲\\|乙 |""",
        ["指标 | 权重 | 说明", "资金到位率 | 10 | 甲|乙"],
    ),
    "levels left blank": (
        """| 一级指标 | 二级指标 | 权重 | 得分 |
|---|---|---|---|
| 产出 | 数量 | 10 | 9 |
|  | 质量 | 10 | 10 |""",
        ["一级指标 | 二级指标 | 权重 | 得分", "产出 | 数量 | 10 | 9", "^ | 质量 | 10 | 10"],
    ),
    "grid table with rows of several lines": (
        """+----------+------+----------------+
| 指标     | 权重 | 说明           |
+==========+======+================+
| 到位率   | 10   | 资金全部按计划 |
|          |      | 到位           |
+----------+------+----------------+
| 执行率   | 10   | 偏慢           |
+----------+------+----------------+""",
        ["指标 | 权重 | 说明", "到位率 | 10 | 资金全部按计划到位", "执行率 | 10 | 偏慢"],
    ),
    "box drawing": (
        """┌──────┬──────┬──────┐
│ 指标 │ 权重 │ 得分 │
├──────┼──────┼──────┤
│ 决策 │ 20   │ 18   │
│ 过程 │ 30   │ 27   │
└──────┴──────┴──────┘""",
        ["指标 | 权重 | 得分", "决策 | 20 | 18", "过程 | 30 | 27"],
    ),
}

HTML = {
    "spans": (
        """<table><tr><th rowspan="2">一级</th><th colspan="2">评分</th></tr><tr><th>权重</th><th>得分</th></tr>
<tr><td rowspan=2>决策</td><td>10</td><td>9</td></tr><tr><td>5</td><td>4</td></tr>
<tr><td>合计</td><td>15</td><td>13</td></tr></table>""",
        ["一级 | 评分 | <", "^ | 权重 | 得分", "决策 | 10 | 9", "^ | 5 | 4", "合计 | 15 | 13"],
    ),
    "levels left blank instead of spans": (
        """<table>
<tr><td>一级指标</td><td>二级指标</td><td>权重</td><td>得分</td></tr>
<tr><td>产出</td><td>数量</td><td>10</td><td>9</td></tr>
<tr><td></td><td>质量</td><td>10</td><td>10</td></tr>
</table>""",
        ["一级指标 | 二级指标 | 权重 | 得分", "产出 | 数量 | 10 | 9", "^ | 质量 | 10 | 10"],
    ),
    "entities, breaks and paragraphs inside cells": (
        """<table><tr><td>指标</td><td>目标</td><td>权重</td></tr>
<tr><td><p>资金</p><p>到位率</p></td><td>&ge;95%<br/>且&lt;100%</td><td>10</td></tr></table>""",
        ["指标 | 目标 | 权重", "资金到位率 | ≥95%且<100% | 10"],
    ),
    "a cell over several lines": (
        """<TABLE border=1>
<TR>
<TD>指标</TD><TD>权重</TD>
</TR>
<TR>
<TD>到位
率</TD><TD>10</TD>
</TR>
</TABLE>""",
        ["指标 | 权重", "到位率 | 10"],
    ),
    "a short row": (
        "<table><tr><td>甲</td><td>乙</td><td>丙</td></tr><tr><td>1</td><td>2</td></tr></table>",
        ["甲 | 乙 | 丙", "1 | 2 |"],
    ),
    "tags left open": (
        "<table><tr><td>指标<td>权重<tr><td>决策<td>20<tr><td>过程<td>30\n\n以上为得分情况。",
        ["指标 | 权重", "决策 | 20", "过程 | 30"],
    ),
    "spans beyond the table": (
        """<table><tr><td rowspan="999">甲</td><td colspan="0">乙</td></tr><tr><td>1</td></tr></table>""",
        ["甲 | 乙", "^ | 1"],
    ),
    "a table inside a cell": (
        "<table><tr><td>外</td><td>一<table><tr><td>内</td></tr></table>二</td></tr><tr><td>1</td><td>2</td></tr></table>",
        ["外 | 一内二", "1 | 2"],
    ),
}

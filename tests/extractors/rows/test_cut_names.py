"""A name of which a page break cut off the end of its bracket is that name."""

import json

from pipeline.process import process
from pipeline.work import dump_all
from pipeline.writers.convert import convert

REPORT = """某县水库管护项目绩效评价报告

一级指标\t三级指标\t权重\t得分
产出（60\t清淤长度\t40\t38
\t护岸长度\t20\t20
效益（40分）\t受益人口\t40\t37
合计\t\t100\t95
"""


def test_a_bracket_cut_off_behind_its_points() -> None:
    """`产出（60` has 60 points; no page prints the line below it."""
    lines = dump_all(convert(process("r.txt", REPORT.encode())))["indicators"].splitlines()
    records = [json.loads(line) for line in lines]
    assert {one["name"]: one["weight"] for one in records if one["level"] == 1} == {"产出": "60", "效益": "40"}

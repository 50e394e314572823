"""Importing this module loads every stage and its dictionaries (预热), once for all workers forked from here."""

import contextlib

from pipeline.process import process
from pipeline.writers import convert

# A made-up report in small, so that what stages load at first use is loaded before workers are forked.
_SAMPLE = """某县示例项目绩效评价报告

一、基本情况
项目预算100万元，支出90万元，预算执行率90.00%。综合得分为90.00分，评价等级为优。

一级指标\t二级指标\t三级指标\t分值\t得分\t得分率
过程\t资金管理\t预算执行率\t10.00\t9.00\t90.00%
"""

# A stage that breaks on it will break on files too, and be reported there, file by file.
with contextlib.suppress(Exception):
    convert.convert(process("warm.txt", _SAMPLE.encode()))

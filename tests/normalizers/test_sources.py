"""Where a budget comes from (资金来源) is not the budget."""

from extractors.readers.read import read
from extractors.rows.extract import extract
from extractors.segment.segment import segment
from normalizers.normalize import normalize

_REPORT = """澄岚县民政局2023年度养老服务项目绩效评价报告

一、资金情况
2023年年初预算安排300.00万元，其中省级补助资金180.00万元，本级财政资金120.00万元；年中收回20.00万元，实际下达280.00万元。
"""


def test_sources_behind_a_total_are_not_the_project_s_own_money() -> None:
    """The parts keep their role and name, but speak of themselves only."""
    document = read("report.txt", _REPORT.encode())
    (part,) = segment(document)
    lines = normalize(document, extract(part)).funding
    assert {line.number.printed: bool(line.subject) for line in lines} == {
        "300.00": False,
        "180.00": True,
        "120.00": True,
        "20.00": False,
        "280.00": False,
    }

"""Which documents are read again: those whose order is lost, and no clean one however oddly it is spaced."""

import pytest

from corpus.garble import Mechanics
from extractors.repair.detection import is_suspect
from extractors.repair.repair import repair
from tests.extractors.repair.documents import document, garbled, sample

PROSE = (
    "本项目由云栖县农业农村局实施，2022年度安排预算资金120万元，",
    "实际支出118.5万元，预算执行率98.75%；资金使用合规。",
    "一是培训农户3200人次，二是建成示范田12处（含续建2处）。",
)
LAYOUTS = {
    "blanks beside numbers": [
        "云栖县 2022 年度预算 120 万元，支出 118.5 万元。",
        "培训 3200 人次，满意度 92.3 %；建成 12 处。",
    ],
    "every character apart": [" ".join(line) for line in PROSE],
    "a blank behind each mark": [line.replace("，", "， ").replace("；", "； ") for line in PROSE],
    "indented": ["　　" + line for line in PROSE],
    "aligned columns": [
        "一级指标    二级指标      分值   得分",
        "产出        数量指标      20     18.5",
        "合计                      100    91",
    ],
    "dashed table": [
        "-------- -------- ------",
        "指标      分值     得分",
        "产出      40       38",
        "-------- -------- ------",
    ],
    "single blanks between cells": ["决策 项目立项 立项依据充分性 5 5", "过程 资金管理 预算执行率 10 9.88"],
    "bulleted": ["- 数量指标：培训人数", "1. 质量指标： 合格率", "（2） 时效指标 ： 及时率"],
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_odd_but_clean_layouts_are_left_alone(name: str) -> None:
    """Blanks that a typesetter or a converter leaves are no sign of lost order."""
    clean = document(LAYOUTS[name] * 15)
    assert repair(clean)[0] is clean


@pytest.mark.parametrize("kinds", [0.03, 0.07, 0.15])
@pytest.mark.parametrize("runs", [2, 3])
def test_garbled_documents_are_suspected(runs: int, kinds: float) -> None:
    """Whatever class of characters falls back, lost order shows."""
    for name in ("01", "06", "15"):
        _, raw = garbled(sample(name), Mechanics(runs=runs, kinds=kinds), 11)
        assert is_suspect(document(raw))

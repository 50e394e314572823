"""What the language may expect before and after a line."""

import pytest

from extractors.repair.neighbours import surroundings
from extractors.repair.symbols import BREAK

_FULL = "各乡镇按照年初确定的任务清单逐项推进沟渠清淤和泵站改造等工作"
_INDENTED = "本次评价选取了六个乡镇开展现场核查并向受益农户发放满意度问"


def _lefts(*lines: str) -> list[str]:
    return [around.left for around in surroundings(lines, known=True)]


def test_full_lines_run_on() -> None:
    """A full line without the end of a sentence gives its last letters to the next; a short one a break."""
    assert _lefts(_FULL, "成效较为明显", "二、其他说明") == [BREAK, _FULL[-4:], BREAK]


def test_the_first_line_of_a_paragraph_is_set_in() -> None:
    """Two letters short is full where a paragraph begins, and only there."""
    short = _INDENTED[:-2]
    assert _lefts(_FULL, _FULL, "各项任务完成。", short, "卷共计三百份。")[-1] == short[-4:]
    assert _lefts(_FULL, _FULL, _FULL, short[:-1], "卷共计三百份。")[-1] == BREAK


@pytest.mark.parametrize(
    ("lines", "left"),
    [
        (("反映本年度沟渠清淤工作", "按计划数量实际完成的比"), "完成的比"),
        (("反映沟渠清淤", "按计划数量实际完成的比"), BREAK),
        (("数量指标", "质量指标"), BREAK),
    ],
)
def test_lines_of_a_cell_run_on(lines: tuple[str, str], left: str) -> None:
    """Lines as wide as one beside them fill their cell; cells of a few letters tell nothing."""
    assert _lefts(_FULL, "。", *lines, "例")[-1] == left


def test_behind_the_end_of_a_sentence_a_break_is_likelier() -> None:
    """A full line that ends a sentence seldom runs on, any other mostly does; before reading nothing is said."""
    runs_on, ends = (surroundings((text, _FULL), known=True)[0].right for text in (_FULL, _FULL[:-1] + "。"))
    assert runs_on[0][0] > 0.5 > ends[0][0]
    assert surroundings((_FULL, _FULL), known=False)[0].right == ()

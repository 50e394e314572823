"""Figures wider than their column: printed over its rules, they stay whole and leave their neighbours alone."""

import pytest

from tests.extractors.readers.pdf.printing import Ruled, Sheet, printed, shown, tables_of

EDGES = [60, 150, 190, 215, 255]
HEADS = ["资金来源", "分值", "率", "得分"]
BASELINE = 100 + 22 + 4 + 10.5  # of the row below the heads
DIGIT, POINT, PERCENT = 5.56, 2.78, 8.89  # widths at 10 points


def _row(*texts: tuple[float, str], name: str = "年度资金总额") -> str:
    """The second row of a table of which some texts are printed at these places."""
    table = Ruled(EDGES, [HEADS, [name, "", "", ""], ["其中：市级", "5", "9%", "4.9"]])
    (found,) = tables_of(printed(Sheet([table], [(x, BASELINE, text) for x, text in texts])))
    return shown(found)[1]


def test_a_rate_wider_than_its_column_stays_whole() -> None:
    """Centred over a column of 25 points it begins in the column before and ends in the one behind."""
    wide = 4 * DIGIT + POINT + PERCENT
    begin = (190 + 215 - wide) / 2
    assert _row((begin - 2 * DIGIT - 2, "10"), (begin, "92.00%"), (begin + wide + 2, "9.2")) == (
        "年度资金总额 | 10 | 92.00% | 9.2"
    )


def test_behind_its_per_cent_sign_the_next_figure_begins() -> None:
    """Whether or not there is room between them; so before a sign of comparison."""
    begin = 190 - 3 * DIGIT
    assert _row((begin, "105%"), (begin + 3 * DIGIT + PERCENT, "82.6")) == "年度资金总额 | 105% | 82.6 | "


def test_a_figure_that_runs_out_of_its_cell_is_that_of_the_cell_it_begins_in() -> None:
    """Set at the left side, it lies for the larger part in the next column; so do figures joined by strokes."""
    assert _row((193, "100.00%"), (226, "9.5")) == "年度资金总额 |  | 100.00% | 9.5"
    assert _row((153, "41.3%/76.8%"), (240, "9.5")) == "年度资金总额 | 41.3%/76.8% |  | 9.5"


def test_a_figure_that_runs_out_of_the_last_column_is_in_the_table() -> None:
    """The larger part of it stands beside the table."""
    assert _row((240, "1000.00")) == "年度资金总额 |  |  | 1000.00"


def test_figures_that_touch_are_parted_so_that_both_are_figures() -> None:
    """136.501 and 00.00% are none, wherever exactly the rule between them passes."""
    wide = 5 * DIGIT + POINT
    assert _row((188 - wide + 4, "136.50"), (192, "100.00%")) == "年度资金总额 | 136.50 | 100.00% | "


@pytest.mark.parametrize("mark", "，。、；）》”")
def test_a_closing_mark_hangs_over_the_side_of_its_column(mark: str) -> None:
    """It is no beginning of the next cell, in which it stands for the larger part."""
    assert _row((147 - 4 * 10, f"当年到位{mark}"), (160, "9.5"), name="") == f"当年到位{mark} | 9.5 |  | "


def test_what_stands_in_a_column_too_narrow_to_be_one_is_not_lost() -> None:
    """Columns of which nobody sees that they are two are one."""
    edges = [60, 150, 153.8, 215]
    table = Ruled(edges, [["资金来源", "", "分值"], ["年度资金总额", "", ""]])
    (found,) = tables_of(printed(Sheet([table], [(150.2, BASELINE, "8.5"), (185, BASELINE, "10")])))
    assert shown(found)[1] == "年度资金总额8.5 | 10"


def test_figures_on_either_side_of_a_rule_stay_apart() -> None:
    """The gap between them is narrower than a blank, but wider than any within a figure."""
    end = 189.8
    assert _row((end - 4 * DIGIT - POINT, "95.14"), (end + 0.5, "100")) == "年度资金总额 | 95.14 | 100 | "

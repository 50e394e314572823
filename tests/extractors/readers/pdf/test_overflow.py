"""Figures wider than their column: printed over its rules, they stay whole and leave their neighbours alone."""

from tests.extractors.readers.pdf.printing import Ruled, Sheet, printed, shown, tables_of

EDGES = [60, 150, 190, 215, 255]
HEADS = ["资金来源", "分值", "率", "得分"]
BASELINE = 100 + 22 + 4 + 10.5  # of the row below the heads
DIGIT, POINT, PERCENT = 5.56, 2.78, 8.89  # widths at 10 points


def _row(*texts: tuple[float, str]) -> str:
    """The second row of a table of which some texts are printed at these places."""
    table = Ruled(EDGES, [HEADS, ["年度资金总额", "", "", ""], ["其中：市级", "5", "9%", "4.9"]])
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


def test_figures_on_either_side_of_a_rule_stay_apart() -> None:
    """The gap between them is narrower than a blank, but wider than any within a figure."""
    end = 189.8
    assert _row((end - 4 * DIGIT - POINT, "95.14"), (end + 0.5, "100")) == "年度资金总额 | 95.14 | 100 | "

"""A report says the same however it is printed: a few reports and styles of those that the comparison measures."""

from pathlib import Path

import pytest

from corpus.compare_styles import REPORTS, compare, difference, records_of
from corpus.render.style import STYLES

QUICK = [
    ("01_short_external", "ruled"),
    ("03_self_evaluation_grid", "ruled-open"),
    ("06_clean_full_report", "interleaved-positioned"),
    ("06_clean_full_report", "borderless"),
    ("02_full_external_grid", "borderless-spaced"),
    ("16_score_before_weight", "borderless-spaced"),
    ("02_full_external_grid", "shaded"),
    ("11_html_tables", "borderless"),
    ("08_target_declaration", "ruled-dashed"),
    ("10_pipe_tables", "interleaved-baseline-5"),
    ("11_html_tables", "rotated-page"),
    ("12_department_overall", "interleaved-kerned"),
    ("13_gb18030_form_feeds", "annotated"),
    ("16_score_before_weight", "rotated-table"),
    ("17_aligned_columns", "landscape"),
    ("02_full_external_grid", "word"),
    ("04_self_evaluation_cells", "wps"),
]


def _path(report: str) -> Path:
    return REPORTS / f"{report}.txt"


@pytest.mark.parametrize(("report", "style"), QUICK)
def test_print_born_digital_says_what_the_text_says(report: str, style: str) -> None:
    """Every field and every finding."""
    comparison = compare(_path(report), style, STYLES[style])
    assert comparison.fields > 30
    assert (comparison.missing, comparison.extra) == ((), ())
    assert (comparison.missed, comparison.added) == ((), ())


def test_a_scan_says_what_the_text_says() -> None:
    """A page at 200 dpi, leaning, noisy, with a seal over its text; a wrong number never goes unmarked."""
    comparison = compare(_path("15_prose_scores"), "scanned-200", STYLES["scanned-200"])
    assert comparison.share >= 0.98
    assert comparison.unmarked == ()
    assert comparison.false_alarms == 0


def test_what_differs_is_found() -> None:
    """A changed digit is one missing field and an unmarked wrong number."""
    path = _path("01_short_external")
    data = path.read_bytes()
    text = records_of(path.name, data)
    row = next(row for row in text["indicators"] if row["score"] is not None)
    changed = {**text, "indicators": [{**row, "score": "0.01"} if one is row else one for one in text["indicators"]]}
    comparison = difference(path.name, "none", text, changed)
    assert len(comparison.missing) == len(comparison.extra) == len(comparison.unmarked) == 1
    assert comparison.extra[0][-2:] == ("score", "0.01")

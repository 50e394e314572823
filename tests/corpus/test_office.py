"""Reports that programs other than ours print say what their text says; skipped where no such program is installed."""

import pytest

from corpus.compare_styles import REPORTS, difference, records_of
from corpus.render.office import PROGRAMS, installed, printed
from corpus.render.report import blocks_of


@pytest.mark.parametrize("program", sorted(PROGRAMS))
def test_what_office_programs_print_says_what_the_text_says(program: str) -> None:
    """Nearly every field, and no finding that blames the report for what the page break did."""
    if installed(program) is None:
        pytest.skip(f"{program} or a Chinese font is not installed")
    texts = {path.stem: path.read_bytes() for path in sorted(REPORTS.glob("*.txt"))}
    pages = printed(program, {name: blocks_of(f"{name}.txt", data) for name, data in texts.items()})
    found = [
        difference(name, program, records_of(f"{name}.txt", data), records_of(f"{name}.pdf", pages[name]))
        for name, data in texts.items()
    ]
    missing = {one.report: one.missing for one in found if one.missing}
    assert sum(map(len, missing.values())) <= 0.005 * sum(one.fields for one in found), missing
    assert {one.report: one.added for one in found if one.added} == {}
    assert {one.report: one.missed for one in found if one.missed} == {}

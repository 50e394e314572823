"""The load generator makes reports whose truth is known, and the program finds it again."""

from pathlib import Path

import pytest

from corpus.generate.__main__ import write
from corpus.generate.generate import as_pdf, generate
from corpus.generate.pen import CLOSE, OPEN
from corpus.generate.plant import KINDS
from corpus.measure_generated import measure
from pipeline.options import Limits, Options
from pipeline.progress import progress

COUNT = 60
LEAST_RECALL = 0.93


def _files(folder: Path) -> dict[Path, bytes]:
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    """Reports and truth depend on seed and number alone, and another seed gives others."""
    write(tmp_path / "one", 12, seed=3, errors=0.5)
    write(tmp_path / "other", 12, seed=3, errors=0.5)
    write(tmp_path / "third", 12, seed=4, errors=0.5)
    assert _files(tmp_path / "one") == _files(tmp_path / "other")
    assert _files(tmp_path / "one") != _files(tmp_path / "third")


def test_a_report_does_not_depend_on_those_before_it(tmp_path: Path) -> None:
    """Any one of them can be made again alone."""
    write(tmp_path, 9, seed=5)
    report = generate(5, 8)
    assert (tmp_path / "reports" / report.source).read_bytes() == report.data


def test_the_truth_stands_outside_of_the_input() -> None:
    """No mark of the generator stays in a file, and an error's line prints what the truth says."""
    for number in range(COUNT):
        report = generate(7, number, errors=1.0)
        encoding = "gb18030" if not _is_utf8(report.data) else "utf-8-sig"
        text = report.data.decode(encoding).replace("\r\n", "\n")
        assert OPEN not in text
        assert CLOSE not in text
        for error in report.truth["errors"]:
            for line in error["lines"]:
                assert error["printed"] in text.split("\n")[line - 1]


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def test_an_error_changes_one_fact_only() -> None:
    """A planted report differs from its clean twin on the lines of the error and nowhere else."""
    for number in range(20):
        planted, clean = generate(11, number, errors=1.0), generate(11, number)
        if clean.truth["layout"] == "aligned" or not planted.truth["errors"]:
            continue  # widths of columns move with what is printed in them
        pairs = zip(planted.data.splitlines(), clean.data.splitlines(), strict=True)
        changed = [n for n, (one, other) in enumerate(pairs, 1) if one != other]
        assert changed == planted.truth["errors"][0]["lines"]


def test_every_kind_of_error_is_planted() -> None:
    """Among many reports each kind has its turn."""
    planted = {error["kind"] for n in range(700) for error in generate(1, n, errors=1.0).truth["errors"]}
    assert planted == {kind.name for kind in KINDS}


def test_a_report_prints_as_pdf() -> None:
    """The same blocks, set in a style that the seed draws; the same bytes again."""
    pdf = as_pdf(generate(7, 0), 7)
    assert pdf.startswith(b"%PDF")
    assert as_pdf(generate(7, 0), 7) == pdf


@pytest.mark.parametrize("errors", [0.0, 1.0])
def test_the_program_finds_what_was_planted_and_nothing_else(tmp_path: Path, errors: float) -> None:
    """No alarm on clean reports; nearly all fields and errors are found. Figures of 1,000 stand in corpus/README.md.

    An error that flips a grade has consequences, which are told too: alarms count on clean reports.
    """
    from pipeline import batch

    write(tmp_path, COUNT // 2, seed=7, errors=errors)
    out = tmp_path / "out"
    with progress() as shown:
        batch.run(Options(tmp_path / "reports", out, 1, Limits()), shown)
    measured = measure(tmp_path / "truth.jsonl", out)
    assert measured.alarms == [] or errors
    assert not errors or measured.recall() >= LEAST_RECALL, measured.missed
    for name, counts in measured.fields.items():
        assert counts["right"] >= 0.95 * sum(counts.values()), name

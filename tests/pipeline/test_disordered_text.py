"""A report whose text layer lost its order, from its bytes to its findings: repaired, read, and doubted where due."""

from dataclasses import replace

import pytest

from corpus.garble import Mechanics
from extractors.pages import Document, Line
from extractors.rows.extract import extract
from extractors.segment.model import Flow
from extractors.segment.segment import segment
from normalizers.normalize import normalize
from pipeline.checks.model import Finding
from pipeline.checks.run import check
from pipeline.process import Understanding, read_document, understand
from pipeline.writers.places import evidence
from tests.extractors.repair.documents import garbled, plain, sample

TOTAL = "自评总得分79.6分"
WRONG = "自评总得分81.6分"  # the four groups add up to 79.6


@pytest.fixture(scope="module")
def read() -> Understanding:
    """A sample report with a wrong total, garbled, as the stages before the checks understand it."""
    text = sample("15")
    assert TOTAL in text
    _, lines = garbled(text.replace(TOTAL, WRONG), Mechanics(), 5)
    return understand(read_document("made.txt", "\n".join(lines).encode()))


def _of_total(document: Document) -> Finding:
    """The finding on the wrong total in a document that is read as it is."""
    (part,) = segment(document)
    _, findings = check(normalize(document, extract(part)))
    (finding,) = (one for one in findings if one.rule == "score-total")
    return finding


def test_values_of_repaired_lines_carry_both_prints(read: Understanding) -> None:
    """What was read from a repaired line says so, with the line as repaired, as it stood and how sure that is."""
    (report,) = read.reports
    repaired = [
        evidence("reported", mention.text, mention.span)
        for indicator in report.indicators
        for mention in indicator.mentions
        if mention.span.origin == "text-repaired"
    ]
    plans = {plan.line: plan for plan in read.repairs}
    assert len(repaired) > 20
    for record in repaired:
        plan = plans[record["line"]]
        assert (record["raw"], record["confidence"]) == (plan.raw, plan.confidence)
        assert plain(record["value"] or "")[:1] in plan.repaired
        assert record["quote"]


def _as_sure(document: Document, doubted: int | None = None) -> Document:
    """The document with every repaired line sure, but for one."""

    def sure(line: Line) -> Line:
        if line.origin != "text-repaired":
            return line
        return replace(line, confidence=0.6 if line.number == doubted else 0.97)

    pages = (replace(page, lines=tuple(map(sure, page.lines))) for page in document.pages)
    return replace(document, pages=tuple(pages))


def test_the_planted_error_is_found_behind_the_repair(read: Understanding) -> None:
    """Total and groups disagree in a repaired text as in a clean one; sure repairs do not doubt the reading."""
    finding = _of_total(_as_sure(read.document))
    assert finding.suspect == "report"
    assert {operand.span.origin for operand in finding.evidence} >= {"text-repaired"}


def test_a_doubtful_repair_makes_the_reading_suspect(read: Understanding) -> None:
    """If one of the lines that a finding rests on was repaired with doubt, the page is to be looked at first."""
    rests_on = {operand.span.line for operand in _of_total(read.document).evidence}
    repaired = [plan.line for plan in read.repairs if plan.line in rests_on]
    assert len(repaired) > 2
    for doubted in repaired:
        assert _of_total(_as_sure(read.document, doubted)).suspect == "reading"


def test_a_value_that_runs_on_into_a_doubtful_line_is_doubtful(read: Understanding) -> None:
    """A value of two lines is as sure as the less sure of them."""
    one, other = list(read.document.lines)[:2]
    other = replace(other, origin="text-repaired", confidence=0.6, raw="x")
    flow = Flow(one.text + other.text, (0, len(one.text)), (replace(one, origin="text", confidence=None), other))
    inside = flow.span(0, len(one.text))
    across = flow.span(0, len(one.text) + 1)
    assert (inside.origin, inside.confidence) == ("text", None)
    assert (across.origin, across.confidence) == ("text-repaired", 0.6)

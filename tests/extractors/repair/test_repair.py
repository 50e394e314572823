"""What the repair does to whole documents."""

import re
from pathlib import Path

import pytest

from corpus.garble import Mechanics
from extractors.pages import Document
from extractors.repair.plan import TextRepair, replay
from extractors.repair.repair import repair
from tests.extractors.repair.documents import SAMPLES, characters, document, garbled, plain, sample

SEEDS = Path(__file__).resolve().parents[4] / "shared" / "seeds"
CLEAN_SEEDS = ("000", "001", "002", "003")
BARRIERS = re.compile(r"[^0-9A-Za-z%,“”〕×=]+")


@pytest.fixture(scope="module")
def case() -> tuple[list[str], Document, Document, tuple[TextRepair, ...]]:
    """The true lines of a report, its garbled document, and what the repair made of it."""
    true, raw = garbled("\n".join(sample("01").splitlines()[:40]), Mechanics(), 3)
    broken = document(raw)
    return true, broken, *repair(broken)


def test_most_lines_come_back(case: tuple[list[str], Document, Document, tuple[TextRepair, ...]]) -> None:
    """Also of a short unknown report, with few lines to learn from, four lines in five are read exactly."""
    true, broken, repaired, _ = case
    damaged = [
        (line.text, text)
        for raw, line, text in zip(broken.lines, repaired.lines, true, strict=True)
        if plain(raw.text) != plain(text)
    ]
    assert len(damaged) > 20
    assert sum(plain(read) == plain(text) for read, text in damaged) >= 0.8 * len(damaged)


def test_a_repair_only_permutes(case: tuple[list[str], Document, Document, tuple[TextRepair, ...]]) -> None:
    """Each line keeps its characters, its number and, between numbers, what stood there."""
    _, broken, repaired, repairs = case
    assert repairs
    for before, after in zip(broken.lines, repaired.lines, strict=True):
        assert characters(before.text) == characters(after.text)
        assert before.number == after.number
        parts = [[characters(part) for part in BARRIERS.findall(plain(line.text))] for line in (before, after)]
        assert parts[0] == parts[1]
        assert BARRIERS.sub("·", plain(before.text)) == BARRIERS.sub("·", plain(after.text))


def test_the_plan_can_be_replayed(case: tuple[list[str], Document, Document, tuple[TextRepair, ...]]) -> None:
    """Plan and raw text alone give the repaired line."""
    _, broken, repaired, repairs = case
    raw = {line.number: line for line in broken.lines}
    done = {line.number: line for line in repaired.lines}
    for plan in repairs:
        assert plan.line is not None
        assert replay(plan) == plain(plan.repaired)
        assert (raw[plan.line].text, done[plan.line].text) == (plan.raw, plan.repaired)
        assert plan.repaired not in plan.alternatives
        assert all(characters(other) == characters(plan.raw) for other in plan.alternatives)


def test_provenance_tells_the_repair(case: tuple[list[str], Document, Document, tuple[TextRepair, ...]]) -> None:
    """A repaired line says so, with its raw text and how sure it is; any other line is the object that was read."""
    _, broken, repaired, repairs = case
    plans = {plan.line: plan for plan in repairs}
    for before, after in zip(broken.lines, repaired.lines, strict=True):
        plan = plans.get(before.number)
        if plan is None:
            assert after is before
        else:
            assert (after.raw, after.origin, after.confidence) == (before.text, "text-repaired", plan.confidence)
            assert 0 <= plan.confidence <= 1


def test_the_same_document_is_read_the_same_way(
    case: tuple[list[str], Document, Document, tuple[TextRepair, ...]],
) -> None:
    """What was read before leaves no trace."""
    _, broken, _, repairs = case
    assert repair(broken)[1] == repairs


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.txt")), ids=lambda path: path.name)
def test_the_sample_corpus_is_left_alone(path: Path) -> None:
    """A clean document comes back as the same object."""
    clean = document(path.read_bytes().decode("utf-8", "ignore").splitlines())
    assert repair(clean) == (clean, ())
    assert repair(clean)[0] is clean


@pytest.mark.parametrize("name", CLEAN_SEEDS)
def test_clean_seeds_are_left_alone(name: str) -> None:
    """Real reports whose characters stand in order are not touched either."""
    paths = sorted(SEEDS.glob(f"{name}*.txt"))
    if not paths:
        pytest.skip("../shared/seeds is not here")
    clean = document(paths[0].read_text(encoding="utf-8").splitlines())
    assert repair(clean)[0] is clean

"""What is true of a generated report (真值): its fields, and where its error stands. Never read by the pipeline."""

from typing import Any

from corpus.generate.facts import Facts
from corpus.generate.pen import OPEN
from corpus.generate.plant import Planted
from corpus.generate.reports import title


def truth_of(source: str, facts: Facts, text: str, planted: Planted | None, traps: list[str]) -> dict[str, Any]:
    """One line of truth.jsonl; `text` is the report with what was printed wrong still marked."""
    return {
        "source": source,
        "kind": facts.kind,
        "layout": facts.habit.layout,
        "reach": facts.habit.reach,
        "report": _report(facts),
        "indicators": [_indicator(facts, number) for number in range(len(facts.leaves))],
        "amounts": _amounts(facts),
        "traps": traps,
        "errors": [] if planted is None else [_error(planted, text)],
    }


def _report(facts: Facts) -> dict[str, Any]:
    """Fields of the report as printed."""
    return {
        "title": title(facts),
        "evaluated_body": facts.bureau,
        "fiscal_year": [facts.year],
        "total_score": facts.habit.points(facts.total),
        "grade": facts.grade,
    }


def _indicator(facts: Facts, number: int) -> dict[str, str]:
    """Fields of an indicator of the lowest level."""
    leaf, habit = facts.leaves[number], facts.habit
    return {"name": leaf.name, "weight": habit.full(leaf.weight), "score": habit.points(leaf.score)}


def _amounts(facts: Facts) -> list[dict[str, str]]:
    """Money of the whole project, in 元."""
    funds = facts.funds
    return [
        {"role": "budget_original", "yuan": str(funds.budget)},
        {"role": "spent", "yuan": str(funds.spent)},
        {"role": "execution_rate", "printed": facts.habit.rate(funds.rate)},
    ]


def _error(planted: Planted, text: str) -> dict[str, Any]:
    """The error with its lines (1-based) and what is printed there."""
    lines = [n for n, line in enumerate(text.split("\n"), 1) if OPEN in line]
    return {
        "kind": planted.kind,
        "slots": list(planted.wrong),
        "lines": lines,
        "printed": next(iter(planted.wrong.values())),
        "right": next(iter(planted.right.values())),
    }

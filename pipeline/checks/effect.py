"""What a disputed score does to the total and the grade (对总分和等级的影响)."""

from decimal import Decimal

from extractors.frozen import frozen
from normalizers.grades import grade_for, same_grade
from normalizers.records import Indicator
from pipeline.checks.facts import Facts
from pipeline.checks.model import Effect
from pipeline.checks.tolerance import written


@frozen
class Outlook:
    """Total and grade as they stand, and what changes follow from other values (总分与等级)."""

    total: Decimal
    grade: str
    facts: Facts

    def shifted(self, change: Decimal) -> Effect:
        """The effect of a total that differs by `change`."""
        total = self.total + change
        grade = grade_for(total, self.facts.report.scale)
        changes = grade is not None and bool(self.grade) and not same_grade(grade, self.grade)
        return Effect(written(total), grade, changes)


def outlook(facts: Facts) -> Outlook | None:
    """Where the report stands; None where it states no total, or its grade is not that of its total anyway."""
    if not facts.totals or facts.totals[0].number is None:
        return None
    total = facts.totals[0].number.value
    grade = grade_for(total, facts.report.scale)
    return None if grade is None else Outlook(total, grade, facts)


def counted_score(facts: Facts, index: int) -> Decimal | None:
    """The score of an indicator as it enters the total; None where its children's scores enter instead, or none."""
    indicator = facts.report.indicators[index]
    score = facts.chosen(indicator, "score")
    if indicator.scope != 0 or score is None or score.number is None or _children_scored(facts, indicator):
        return None
    return score.number.value


def _children_scored(facts: Facts, indicator: Indicator) -> bool:
    below = facts.tree.children.get(indicator.index, [])
    return any(facts.chosen(child, "score") is not None or _children_scored(facts, child) for child in below)


def admissible(facts: Facts, index: int, value: Decimal) -> bool:
    """Whether an indicator can have this score: not negative, not above its weight."""
    weight = facts.report.indicators[index].get("weight")
    return value >= 0 and (weight is None or weight.number is None or value <= weight.number.value)

"""Failed relations of one place (疑点的构成): what is wrong with a text, or with one number beside others."""

from decimal import Decimal

from extractors.frozen import replace
from pipeline.checks.model import Operand, Relation, Severity


def spotted(
    rule: str, key: str, places: list[Operand], *, title: str, message: str, reported: str, severity: Severity
) -> Relation:
    """A failed relation about these places, the last of them being the one reported; its title is its formula."""
    right = replace(places[-1], key=key, role="reported")
    relation = Relation(rule, "inconsistent", tuple(places[:-1]), (right,), title, reported, "")
    return replace(relation, title=title, message=message, severity=severity)


def contradicted(
    rule: str,
    left: tuple[Operand, ...],
    right: Operand,
    *,
    formula: str,
    computed: str,
    title: str,
    message: str,
    difference: Decimal | None = None,
) -> Relation:
    """A failed relation, worth a look, of one number with those that ask for another in its place."""
    failed = Relation(rule, "inconsistent", left, (right,), formula, right.text, computed, difference=difference)
    return replace(failed, severity="warning", title=title, message=message)

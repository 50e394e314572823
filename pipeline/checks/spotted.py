"""Relations about text that needs no second side (文字问题): one place, what was found there."""

from dataclasses import replace

from pipeline.checks.model import Operand, Relation, Severity


def spotted(
    rule: str, key: str, places: list[Operand], *, title: str, message: str, reported: str, severity: Severity
) -> Relation:
    """A failed relation about these places, the last of them being the one reported; its title is its formula."""
    right = replace(places[-1], key=key, role="reported")
    relation = Relation(rule, "inconsistent", tuple(places[:-1]), (right,), title, reported, "")
    return replace(relation, title=title, message=message, severity=severity)

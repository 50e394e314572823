"""Points for the parts of one indicator (分项得分): `1、制定办法，得2分；2、规范审核，得2分` is no score of 2."""

import re
from collections.abc import Callable, Sequence

from extractors.rows.model import Statement

_POINT = re.compile(r"[①-⑳]")  # a point of a list stands between the indicator and this score
_FINAL = re.compile(r"小计|综上|综合|合计|共计|共得|总计|最终|实得|因此|故|该指标|本指标|该项")


def partial_scores(statements: Sequence[Statement], known: Callable[[str], bool]) -> set[int]:
    """Indices of bare scores that stand beside others in one paragraph and are not the one that sums them up.

    known: whether a name is that of an indicator; what else stands before a score is what was done for it.
    """
    groups: dict[tuple[object, ...], list[tuple[int, Statement]]] = {}
    for index, statement in enumerate(statements):
        if _bare(statement, known):
            place = (statement.span.passage, statement.cell_row, len(statement.path))
            title = statement.path[-1].title if statement.path else ""
            groups.setdefault((*place, title), []).append((index, statement))
    partial: set[int] = set()
    for group in groups.values():
        if len(group) > 1:
            final = [index for index, statement in group if _FINAL.search(statement.span.quote) or statement.role]
            keep = final[-1:]
            partial.update(index for index, _ in group if index not in keep)
    return partial | _weighed_parts(list(statements), known)


def _weighed_parts(statements: list[Statement], known: Callable[[str], bool]) -> set[int]:
    """Parts that carry weights of their own: `①符合规划（4分），得4分；②职责相符（3分），得3分`."""
    groups: dict[tuple[object, ...], list[int]] = {}
    for index, statement in enumerate(statements):
        if statement.kind != "score-claim" or not (statement.value("weight") and statement.value("score")):
            continue
        if statement.subject is None or not known(statement.subject.text):
            place = (statement.span.passage, statement.cell_row)
            groups.setdefault(place, []).append(index)
    return {
        index
        for group in groups.values()
        if len(group) > 1 and len({_both(statements[index]) for index in group}) > 1
        for index in group
    } | {
        index
        for index, statement in enumerate(statements)
        if _scores(statement) and _POINT.search(statement.span.quote)
    }


def _scores(statement: Statement) -> bool:
    """Whether a statement gives a score."""
    return statement.kind == "score-claim" and statement.value("score") is not None


def _both(statement: Statement) -> tuple[str, ...]:
    """Weight and score as printed."""
    return tuple(value.text for name, value in statement.values if name in ("weight", "score"))


def _bare(statement: Statement, known: Callable[[str], bool]) -> bool:
    """Whether a statement gives a score and neither a weight nor the name of what it scores."""
    if statement.kind != "score-claim" or statement.value("score") is None or statement.value("weight") is not None:
        return False
    return statement.subject is None or not known(statement.subject.text)

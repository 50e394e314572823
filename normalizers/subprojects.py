"""Sections that rate one project each (分项目自评): what they score is that project's, not the report's."""

import re
from collections.abc import Sequence

from extractors.rows.model import Statement
from extractors.vocabulary import is_outer
from normalizers.names import bare

# Titles of sections that speak of the report's own rating, or of the whole.
_OWN = re.compile(
    r"结论|评价|自评|结果|得分|评分|等级|分析|情况|绩效|指标|总体|综合|整体|问题|建议|措施|概况|目标|经验|原因"
)
_PROJECT = re.compile(
    r"(?:项目|工程|经费|资金|补助|补贴|奖补|专项|计划|运维|维护|养护|建设|改造|服务|购置|采购|保障|工作)$"
)
_LEAST = 2  # projects rated beside one another


def of_projects(statements: Sequence[Statement]) -> list[list[int]]:
    """Indices of the statements below each project's own heading, in order; empty where the report rates no projects.

    Projects stand beside one another, each with a total of its own, and the totals are not all the same.
    """
    headings = _rated(statements)
    if not headings:
        return []
    found: dict[int, list[int]] = {}
    for index, statement in enumerate(statements):
        above = next((id(heading) for heading in statement.path if id(heading) in headings), None)
        if above is not None and statement.cell_row is None:
            found.setdefault(above, []).append(index)
    return list(found.values())


def _rated(statements: Sequence[Statement]) -> set[int]:
    """Identities of the headings that name a project rated below them."""
    beside: dict[tuple[int, ...], dict[int, tuple[str, set[str]]]] = {}
    for statement in statements:
        score = statement.value("score") if statement.kind in ("total", "self-total") else None
        if score is None or statement.cell_row is not None:
            continue
        for depth, heading in enumerate(statement.path):
            title = bare(heading.title)
            if title and not _OWN.search(title) and not is_outer(title):
                siblings = beside.setdefault(tuple(map(id, statement.path[:depth])), {})
                siblings.setdefault(id(heading), (title, set()))[1].add(score.text)
    return {heading for siblings in beside.values() if _are_projects(siblings) for heading in siblings}


def _are_projects(siblings: dict[int, tuple[str, set[str]]]) -> bool:
    """Whether headings beside one another, each with a total below it, name projects."""
    named = sum(bool(_PROJECT.search(title)) for title, _ in siblings.values())
    totals = set().union(*(scores for _, scores in siblings.values()))
    return len(siblings) >= _LEAST and 2 * named >= len(siblings) and len(totals) > 1

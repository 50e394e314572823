"""Scored lists of prose whose names are taken for indicators on evidence (评分条目认定), whatever they are called."""

import re
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from extractors.frozen import frozen
from extractors.rows.model import Statement
from extractors.segment.model import Heading
from extractors.vocabulary import LEVEL1, LEVEL2, LEVEL3
from normalizers.names import bare, key
from normalizers.numbers import parse
from normalizers.places import place_of

_GROUPS = {key(name) for name in LEVEL1 + LEVEL2}
_LEAVES = {key(name) for name in LEVEL3} - _GROUPS
_LEAF = re.compile(r"(?:率|性|度|人数|户数|件数|次数|场次|面积|里程|金额)$")
_BEHIND = re.compile(r"[(（][^()（）]*[)）]$")
_NAME = re.compile(r"[\u4e00-\u9fffA-Za-z\d“”\"《》/·、（）()+－-]{2,24}")
_NO_NAME = re.compile(
    r"(?:说明|结论|问题|建议|原因|措施|概况|附件|报告|标准|要点|扣分|得分|加分|小计|合计|总分|分析|如下|其中)$"
    r"|^(?:该|本|此|其中|合计|每|扣|加|减)|评分|扣分|加分|减分|\d[分个项]|由\d|构成|组成"
)
_OTHERS = re.compile(r"考核|考评|验收|评审|评标|招标|测评|检查|竞赛|排名|上年|往年")  # scores of another rating
_ENOUGH = 3  # entries of one form that need no sum to be believed


@frozen
class _Candidate:
    """A claim that may be an entry of a list. index: of the statement. form: how the entry is printed."""

    index: int
    name: str
    weight: Decimal
    scored: bool
    form: str


def listed(statements: Sequence[Statement], weight_of: Callable[[tuple[Heading, ...]], set[Decimal]]) -> set[int]:
    """Indices of the weight claims whose names are an indicator's by the list that they stand in.

    Believed are entries below one heading whose weights add up to the heading's; then others of a form believed
    elsewhere in the report; and three scored entries of one form, if a heading above is weighed. Nothing is below a
    heading that names a leaf, whose parts carry points as well, or another rating (考核).
    weight_of: the full marks that the report gives what a path of headings names.
    """
    groups = _groups(statements)
    believed: set[int] = set()
    forms: set[str] = set()
    for path, group in groups:
        if sum(one.weight for one in group) in weight_of(path) and any(one.scored for one in group):
            believed |= {one.index for one in group}
            forms |= {one.form for one in group}
    for path, group in groups:
        if not any(weight_of(path[:depth]) for depth in range(1, len(path) + 1)):
            continue  # below nothing that is weighed: scores of something else
        alike = [one for one in group if one.scored and (one.form in forms or _repeated(one, group))]
        believed |= {one.index for one in alike}
    return believed


def _repeated(one: _Candidate, group: Iterable[_Candidate]) -> bool:
    """Whether enough scored entries below the same heading have the candidate's form."""
    return sum(other.form == one.form and other.scored for other in group) >= _ENOUGH


def _groups(statements: Sequence[Statement]) -> list[tuple[tuple[Heading, ...], list[_Candidate]]]:
    """The candidates below each heading that may have children, names told twice left out."""
    scored: set[object] = {id(one.path[-1]) for one in statements if _scores_heading(one)}
    scored |= {_full_of(one) for one in statements if one.kind == "full-mark"}
    found: dict[tuple[int, ...], tuple[tuple[Heading, ...], list[_Candidate]]] = {}
    for index, statement in enumerate(statements):
        candidate = _candidate(index, statement, scored)
        if candidate is None:
            continue
        path = below(statement)
        if not path or is_leaf(path[-1].title) or any(_OTHERS.search(heading.title) for heading in path):
            continue
        group = found.setdefault(tuple(map(id, path)), (path, []))[1]
        if all(other.name != candidate.name for other in group):
            group.append(candidate)
    return list(found.values())


def below(statement: Statement) -> tuple[Heading, ...]:
    """The headings that a claim's indicator stands below; its own, and numbers that head nothing, left out."""
    path = statement.path if statement.subject is not None else statement.path[:-1]
    while path and not path[-1].title:
        path = path[:-1]
    return path


def _candidate(index: int, statement: Statement, scored: set[object]) -> _Candidate | None:
    """The statement as an entry of a list, None where it gives no weight of a name."""
    if statement.kind != "score-claim" or statement.cell_row is not None:
        return None
    weight, score = statement.value("weight"), statement.value("score")
    if weight is None:
        return None
    headed = statement.subject is None
    if headed and (not statement.path or place_of(statement) != "heading"):
        return None
    name = entry_name(statement)
    points = parse(weight.text, weight.unit)
    if name is None or points is None:
        return None
    has_score = score is not None or _full_of(statement) in scored or (headed and id(statement.path[-1]) in scored)
    form = f"heading {len(statement.path)}" if headed else "entry" if statement.item == "" else "coded"
    return _Candidate(index, name, points.value, has_score, form)


def entry_name(statement: Statement) -> str | None:
    """The name of a list's entry, None where the claim is of something that can be none."""
    printed = statement.subject.text if statement.subject else statement.path[-1].title if statement.path else ""
    name = _BEHIND.sub("", bare(printed)) or bare(printed)
    return name if _NAME.fullmatch(name) and not _NO_NAME.search(name) else None


def _full_of(statement: Statement) -> tuple[object, ...]:
    """What a claim of full marks (`得满分`) and the weight of the same entry have in common."""
    name = None if statement.subject is None else statement.subject.text
    return name, tuple(map(id, statement.path)), statement.span.page, statement.span.line


def _scores_heading(statement: Statement) -> bool:
    """Whether a claim gives the score of the heading it stands below."""
    scores = statement.kind == "full-mark" or (statement.kind == "score-claim" and statement.value("score") is not None)
    return scores and statement.subject is None and bool(statement.path) and statement.cell_row is None


def is_leaf(title: str) -> bool:
    """Whether a heading names an indicator of the lowest level, below which only its parts are scored."""
    name = key(_BEHIND.sub("", bare(title)))
    return name not in _GROUPS and (name in _LEAVES or bool(_LEAF.search(name)))

"""Indicator nodes frozen into records (指标成记录), each field's value chosen by the place that states it."""

from collections.abc import Iterable

from extractors.frozen import replace
from extractors.rows.model import IndicatorField
from normalizers.dates import years
from normalizers.forest import Forest
from normalizers.records import Indicator, Mention, MentionPlace
from normalizers.tree import Node

Chosen = tuple[tuple[IndicatorField, Mention], ...]

_FIELDS: tuple[IndicatorField, ...] = (
    "weight", "score", "score_rate", "target", "actual", "completion", "comment", "deduction", "rule", "definition",
)  # fmt: skip
_NUMERIC = ("weight", "score", "score_rate", "deduction")
_PREFERENCE: tuple[MentionPlace, ...] = (
    "scoring", "form", "summary", "group", "annex", "heading", "prose", "cell-text", "target",
)  # fmt: skip
_TABLES = ("scoring", "form", "group", "annex", "summary", "target")
_FROM_TABLES = ("target", "actual", "completion", "comment", "rule", "definition")


def assemble(forest: Forest) -> tuple[tuple[Indicator, ...], dict[int, int]]:
    """All indicators, parents before children, and the index of each node by its identity."""
    nodes = [(node, scope) for scope, tree in enumerate(forest.trees) for node in tree.nodes()]
    index = {id(node): position for position, (node, _) in enumerate(nodes)}
    return tuple(_indicator(node, scope, index) for node, scope in nodes), index


def _indicator(node: Node, scope: int, index: dict[int, int]) -> Indicator:
    mentions = tuple(sorted(node.mentions, key=_place) if len(node.mentions) > 1 else node.mentions)
    return Indicator(
        index=index[id(node)],
        level=node.level,
        name=node.name,
        path=node.path,
        parent=None if node.parent is None else index[id(node.parent)],
        names=tuple(node.names),
        mentions=mentions,
        chosen=_full_marks(chosen(mentions, only_prose=not node.places), mentions),
        span=node.span,
        scope=scope,
        year=next(iter(years(node.year)), None),
    )


def chosen(mentions: Iterable[Mention], *, only_prose: bool) -> Chosen:
    """The mention that gives each field. mentions: in reading order; only_prose: no table prints the indicator."""
    told: dict[str, list[Mention]] = {}
    for mention in mentions:
        told.setdefault(mention.field, []).append(mention)
    given: list[tuple[IndicatorField, Mention]] = []
    for name in _FIELDS if told else ():
        if name in told and (found := _choose(name, told, only_prose)) is not None:
            given.append((name, found))
    return tuple(given)


def _full_marks(given: Chosen, mentions: tuple[Mention, ...]) -> Chosen:
    """`得满分` where nothing gives the score: it is the weight, as the place that says so has it."""
    known = dict(given)
    weight = known.get("weight")
    if weight is None or "score" in known:
        return given
    full = next((mention for mention in mentions if mention.field == "score" and mention.text == "满分"), None)
    if full is None:
        return given
    return (*given, ("score", replace(full, text=weight.text, number=weight.number)))


def _place(mention: Mention) -> tuple[int, int]:
    return mention.span.page or 0, mention.span.line or 0


def _choose(field: IndicatorField, told: dict[str, list[Mention]], only_prose: bool) -> Mention | None:
    if field in _NUMERIC:
        able = [mention for mention in told[field] if mention.number is not None]
    else:
        able = [mention for mention in told[field] if _states_value(mention)]
    if not able and only_prose and field in _FROM_TABLES:
        scored = {mention.group for name in ("weight", "score") for mention in told.get(name, ()) if mention.group}
        able = [mention for mention in told[field] if mention.group in scored]
    if len(able) < 2:
        return able[0] if able else None
    return min(able, key=lambda mention: _PREFERENCE.index(mention.place))


def _states_value(mention: Mention) -> bool:
    """Whether a mention of a field without numbers of its own gives it."""
    if mention.field in _FROM_TABLES and mention.place not in _TABLES:
        return False
    return bool(mention.text.strip())

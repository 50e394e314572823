"""Which sentences may speak of another indicator than they were linked to (归属存疑): they take part in no check."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from extractors.frozen import frozen
from normalizers.records import Indicator, Mention
from pipeline.checks.prints import MARKS, Print
from pipeline.checks.slip import is_misprint

NARRATIVE = ("heading", "prose", "cell-text")
_BY_NAME, _BY_HEADING = "名称相同", "同一标题"
_THIS = re.compile(r"[该本此]项?(?:三级)?指标")
_FAR, _SHARE = 4, Decimal("0.7")  # points between two marks, and of the larger, that no slip of the pen explains
_OPERATOR = re.compile(r"\s*分?\s*[×xX*÷/]")


@frozen
class Doubt:
    """A print that is not held against its indicator, and why (Chinese)."""

    row: Print
    reason: str


def doubts(indicators: Sequence[Indicator], prints: Mapping[int, Sequence[Print]]) -> Iterator[Doubt]:
    """The narrative prints that name no owner of their own and agree with it in nothing."""
    children: dict[int | None, list[Indicator]] = {}
    for one in indicators:
        children.setdefault(one.parent, []).append(one)
    for one in indicators:
        narrative = [row for row in prints[one.index] if _place(row) in NARRATIVE]
        reference = _reference(one, narrative) if narrative else {}
        for row in narrative:
            reason = (
                _step_of_formula(row) or _unlike(one, row, reference, narrative, children) or _remote(row, reference)
            )
            if reason:
                yield Doubt(row, reason)


def _place(row: Print) -> str:
    first = row.weight or row.score or row.rate
    return "" if first is None else first.place


def _reference(one: Indicator, narrative: list[Print]) -> dict[str, Mention]:
    """What the indicator's tables state, filled up from the fullest sentence that agrees with them."""
    tabled = {str(name): m for name, m in one.chosen if name in MARKS and m.place not in NARRATIVE}
    agreeing = [row for row in narrative if not tabled or _agrees(row, tabled)]
    fullest = min(agreeing, key=lambda row: (row.weight, row.score, row.rate).count(None), default=None)
    if fullest is None:
        return tabled
    return {**{name: m for name in MARKS if (m := fullest.get(name)) is not None}, **tabled}


def _step_of_formula(row: Print) -> str:
    """A number that goes on in a formula (得分＝4×86%＝3.44) is not the score."""
    if row.score is None:
        return ""
    text, value = row.score.span.quote, row.score.text.strip()
    at = text.find(value)
    return "所列数值是算式的一部分" if at >= 0 and _OPERATOR.match(text, at + len(value)) else ""


def _unlike(
    one: Indicator,
    row: Print,
    reference: dict[str, Mention],
    narrative: list[Print],
    children: dict[int | None, list[Indicator]],
) -> str:
    if not reference or _agrees(row, reference) or not _differs(row, reference):
        return ""
    below = list(_descendants(one, children))
    meant = next((other for other in below if _matches(other, row)), None)
    if meant is not None:
        return f"该句也可能说的是其下级指标“{meant.name}”"
    if _named(row) or (not below and (_says_this(row) or _runs_on(row, narrative))):
        return ""
    if len(narrative) > 1:
        return "同一标题下另有与指标相符的表述，该句所指不明"
    only_score = row.weight is None and row.rate is None
    return "该句未写明所指的下级指标" if below and only_score else ""


def _runs_on(row: Print, narrative: list[Print]) -> bool:
    """Whether a score stands alone behind the heading of its line, which gives the weight (`考核（6分）：…得5分`)."""
    others = [other for other in narrative if other is not row]
    if row.score is None or row.weight is not None or not others:
        return False
    span = row.score.span
    return span.line is not None and all(
        _place(other) == "heading"
        and other.score is None
        and other.weight is not None
        and other.weight.span.passage == span.passage
        for other in others
    )


def _remote(row: Print, reference: dict[str, Mention]) -> str:
    """A mark far off the indicator's own, no digit slipped, in a sentence that agrees with it in nothing."""
    if not reference or _agrees(row, reference):
        return ""
    for name in ("weight", "score"):
        mine, known = row.get(name), reference.get(name)
        if mine is None or known is None or mine.number is None or known.number is None:
            continue
        less, more = sorted((mine.number.value, known.number.value))
        if (
            more - less >= _FAR
            and less < _SHARE * more
            and not is_misprint(mine.number.printed.strip("分% "), known.number.printed.strip("分% "))
        ):
            return "所列数值与该指标相差悬殊，可能说的是下级指标或另一事项"
    return ""


def _named(row: Print) -> bool:
    """Whether the sentence was linked because it names the indicator itself, and not by where it stands.

    Marks in the bracket of a heading that names the indicator are its own: `①经费保障充足性（分值4分）`.
    """
    told = [mention for name in MARKS if (mention := row.get(name)) is not None]
    return all(one.link == _BY_NAME or (one.place, one.link) == ("heading", _BY_HEADING) for one in told)


def _says_this(row: Print) -> bool:
    """Whether every mark of a sentence stands behind 该指标; below a heading that names a lowest indicator it is it."""
    told = [mention for name in MARKS if (mention := row.get(name)) is not None]
    return all(one.link == _BY_HEADING and bool(_THIS.match(one.span.quote)) for one in told)


def _agrees(row: Print, reference: dict[str, Mention]) -> bool:
    """Whether a mark of the sentence is the indicator's; a rate of 100 % says too little."""
    for name in MARKS:
        mine, known = row.get(name), reference.get(name)
        if mine is None or known is None or mine.number is None or known.number is None:
            continue
        if mine.number.value == known.number.value and not (name == "score_rate" and mine.number.value == 100):
            return True
    return False


def _differs(row: Print, reference: dict[str, Mention]) -> bool:
    return any(
        (mine := row.get(name)) is not None
        and (known := reference.get(name)) is not None
        and mine.number is not None
        and known.number is not None
        and mine.number.value != known.number.value
        for name in MARKS
    )


def _descendants(one: Indicator, children: dict[int | None, list[Indicator]]) -> Iterator[Indicator]:
    for child in children.get(one.index, []):
        yield child
        yield from _descendants(child, children)


def _matches(other: Indicator, row: Print) -> bool:
    """Whether every mark that the sentence states is this other indicator's."""
    for name, known in other.chosen:
        mine = row.get(name) if name in MARKS else None
        if mine is not None and mine.number and known.number and mine.number.value != known.number.value:
            return False
    names = {name for name, _ in other.chosen}
    return all(name in names for name in MARKS if row.get(name) is not None)

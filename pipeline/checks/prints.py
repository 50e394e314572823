"""Marks printed together (并列陈述): the weight, score and rate that one row, heading or sentence states at once."""

import re
from collections.abc import Iterator

from extractors.frozen import frozen
from extractors.rows.model import IndicatorRow
from normalizers.numbers import parse
from normalizers.records import Indicator, Mention

MARKS = ("weight", "score", "score_rate")
_STEP = {"weight": 0, "score": 1, "score_rate": 2}
SUBTOTAL = "合计行"  # link of the marks of total and subtotal rows
_FULL = re.compile(r"总分值|满分|总分数|百分制|总分(?:设定|设置|设)?为?\s*100")
_FAR = 3  # lines; mentions of one sentence stand nearer than this


@frozen
class Print:
    """One place that states marks of one indicator together (一处并列陈述).

    owner: index of the indicator, None for the report's total. claim: the mention of full marks (得满分).
    """

    owner: int | None
    weight: Mention | None = None
    score: Mention | None = None
    rate: Mention | None = None
    claim: Mention | None = None

    def get(self, name: str) -> Mention | None:
        """The mention of `weight`, `score` or `score_rate`."""
        return self.rate if name == "score_rate" else self.score if name == "score" else self.weight

    def key(self, name: str) -> str:
        """The key of the fact that the mark `name` of this print states."""
        return f"total.{name}" if self.owner is None else f"i{self.owner}.{name}"


def prints_of(indicator: Indicator) -> Iterator[Print]:
    """The mentions of marks put together by their group, or by nearness where no group is known."""
    together: dict[str, Mention] = {}
    last: Mention | None = None
    for mention in indicator.mentions:
        if mention.field not in MARKS:
            continue
        role = "claim" if mention.number is None else mention.field
        if last is not None and not _continues(together, last, role, mention):
            yield _closed(indicator.index, together)
            together = {}
        together[role] = last = mention
    if together:
        yield _closed(indicator.index, together)


def _continues(together: dict[str, Mention], last: Mention, role: str, mention: Mention) -> bool:
    """last: the one taken up last."""
    if role in together or last.place != mention.place or last.table != mention.table:
        return False
    if last.group or mention.group:
        return last.group == mention.group
    if last.span.page != mention.span.page or abs((last.span.line or 0) - (mention.span.line or 0)) >= _FAR:
        return False
    if role == "claim" or "claim" in together:
        return False
    return _STEP[role] > max(_STEP[known] for known in together)


def _closed(owner: int, together: dict[str, Mention]) -> Print:
    return Print(
        owner, together.get("weight"), together.get("score"), together.get("score_rate"), together.get("claim")
    )


def row_print(row: IndicatorRow, owner: int | None) -> Print | None:
    """The marks of a total or subtotal row (合计行、小计行) of `owner`; None where it prints no number."""
    marks: dict[str, Mention] = {}
    for name, value in row.fields:
        number = parse(value.text, value.unit) if name in MARKS else None
        if number is not None:
            group = f"{row.table_id}r{row.row}"
            marks[name] = Mention(name, value.text, number, value.span, row.table_role, SUBTOTAL, row.table_id, group)
    if not marks:
        return None
    return Print(owner, marks.get("weight"), marks.get("score"), marks.get("score_rate"))


def distinct(mentions: list[Mention]) -> tuple[Mention, ...]:
    """Each place once: the same cell may be found as a report field and as a total row."""
    kept: dict[tuple[object, ...], Mention] = {}
    for mention in mentions:
        span = mention.span
        value = mention.number.value if mention.number else None
        kept.setdefault((span.page, span.line, span.bbox if span.line is None else None, value), mention)
    return tuple(kept.values())


def names_full_marks(mention: Mention) -> bool:
    """Whether a sentence names the full marks (总分值为 100 分) and not a score."""
    return mention.number is not None and mention.number.value == 100 and bool(_FULL.search(mention.span.quote))

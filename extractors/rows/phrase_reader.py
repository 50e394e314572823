"""The patterns of phrases.py applied to a text (句式匹配)."""

import re

from extractors.rows.context import Context
from extractors.rows.labelled import labelled_lines
from extractors.rows.model import Printed, Statement
from extractors.rows.phrases import PHRASES, RULES, Phrase
from extractors.rows.text import Squeezed

# What a line of labelled values tells of the indicator it names is no second quotation.
_LABELLED = ("target-quoted", "actual-quoted", "plan-actual")
_TEXT_GROUPS = frozenset(("role", "item", "subject"))
_WORTH = re.compile("[值标指个项大条类月扣]")
_WORTH_WORDS = re.compile(r"满意|问卷|占比|增长|增加|下降|减少|提高|降低|权重|满分|按\d|为100|得\d")
_PHRASES = tuple((phrase.word, phrase) for phrase in PHRASES)  # most phrases are left by their word alone
_RULES = tuple((phrase.word, phrase) for phrase in RULES)
_PHRASE_WORDS, _RULE_WORDS = tuple(dict(_PHRASES)), tuple(dict(_RULES))
_DIGIT = re.compile(r"[\d一二三四五六七八九十]")


def worth_phrasing(text: str) -> bool:
    """Whether any phrase can stand in a text: it needs a number and a word that phrases use."""
    return bool(_DIGIT.search(text) and (_WORTH.search(text) or _WORTH_WORDS.search(text)))


def read_phrases(text: Squeezed, context: Context) -> list[Statement]:
    """What the phrases state, by place; rule columns (评分标准) state rules only."""
    found: list[tuple[int, Statement]] = []
    labelled = [] if context.cell_row is not None else [(line.low, line.end) for line in labelled_lines(text)]
    taken: dict[str, list[tuple[int, int]]] = {kind: list(labelled) for kind in _LABELLED}
    printed = text.text
    told = {word for word in (_RULE_WORDS if context.rules else _PHRASE_WORDS) if word in printed}
    for word, phrase in _RULES if context.rules else _PHRASES:
        if word not in told or (phrase.sign is not None and not phrase.sign.search(printed)):
            continue
        for match in phrase.pattern.finditer(printed):
            if not _overlaps(match, taken.setdefault(_family(phrase), [])):
                taken[_family(phrase)].append(match.span())
                found.append((match.start(), _statement(text, phrase, match, context)))
    found.sort(key=lambda item: item[0])
    return [statement for _, statement in found]


def _family(phrase: Phrase) -> str:
    """Phrases of one family exclude each other: earlier lines of phrases.py count first."""
    return "rule" if phrase.kind in ("rule-step", "rule-points", "rule-proportional") else phrase.kind


def _overlaps(match: re.Match[str], taken: list[tuple[int, int]]) -> bool:
    """Whether a place is taken, or the match states nothing."""
    if match.start() == match.end() or not any(match.groupdict().values()):
        return True
    return any(start < match.end() and match.start() < end for start, end in taken)


def _statement(text: Squeezed, phrase: Phrase, match: re.Match[str], context: Context) -> Statement:
    """One statement; its values are the pattern's named groups in order of print."""
    low, high = match.span()
    groups = {name: value for name, value in match.groupdict().items() if value}
    values: list[tuple[str, Printed]] = [
        (name, text.printed(*match.span(name), low, high))
        for name in sorted(groups, key=match.start)
        if name not in _TEXT_GROUPS
    ]
    return Statement(
        kind=phrase.kind,
        subject=text.printed(*match.span("subject"), low, high) if groups.get("subject") else None,
        values=tuple(values),
        span=text.place(low, high),
        role=groups.get("role", ""),
        item=groups.get("item", ""),
        path=context.path,
        cell_row=context.cell_row,
        annex=context.annex,
    )

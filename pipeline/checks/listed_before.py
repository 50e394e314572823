"""Lists whose items all end in the very noun that is counted behind them (列举同类名称与其个数): `甲村、乙村2个村`."""

import re
from collections.abc import Iterator
from decimal import Decimal

from extractors.frozen import replace
from normalizers.numbers import chinese_integer
from pipeline.checks.facts import Facts
from pipeline.checks.model import Operand, Relation
from pipeline.checks.texts import Sentence, last_clause
from pipeline.checks.wording import where

_RANK = "街道|社区|苏木|[县市区旗乡镇村]"
_OFFICES = "[股科处]室|站所"  # each of the things counted ends in the one or the other
_NUMERALS = "两二三四五六七八九十"
# The noun ends its clause, or a verb of the clause follows; `4个村民小组` counts something else.
_COUNTED = re.compile(
    rf"(?P<count>[\d{_NUMERALS}](?:(?<=\d)\d|(?<=[{_NUMERALS}])[{_NUMERALS}]{{1,2}})?)(?P<measure>个|所|家|座|条|支)"
    rf"(?P<noun>(?:{_RANK})(?:[（(、]?(?:{_RANK})[)）]?){{0,2}}|[\u4e00-\u9fff]{{2,4}})"
    r"(?=[，。；：,;）)]|$|(?:均|都|分别|共计|共|各|已|尚|仍|未|为|的)(?![\u4e00-\u9fff]{0,2}[县市区旗乡镇村]))"
)
_RANKS = re.compile(_RANK)
_WHOLE_RANK = re.compile(rf"(?:(?:{_RANK})[（(、）)]?)+")
_VILLAGE = re.compile(r"(?:行政|建制)村")
_BRACKETS = re.compile(r"[（(][^（()）]{0,40}[)）]")
_AND = re.compile(r"以及|[和及与]")
_OPENS = "，,：:；;。"
_FEWER = re.compile(r"等$")  # the list is open: more things may be counted than listed, but no fewer
_TOTAL = re.compile(r"(?:共计?|合计|这|以上|上述)$")
_AMOUNTS = re.compile(r"\d|[两二三四五六七八九十][个所家座]")
_AMOUNT_LAST = re.compile(r"[\d两二三四五六七八九十]\s?[个所家座条支][\u4e00-\u9fff]{1,4}$")
_LONGEST, _MOST = 200, 14  # characters of a list; of one of its items


def listed_before(facts: Facts, rule: str) -> Iterator[Relation]:
    """Every number of things right behind a list of names that all end in what is counted."""
    for sentence in facts.saying("个", "所", "家", "座", "条", "支"):
        for match in _COUNTED.finditer(sentence.text) if "、" in sentence.text else ():
            count = chinese_integer(match["count"])
            before = sentence.text[max(match.start() - _LONGEST, 0) : match.start()]
            items = _items(before, match["noun"], count) if count else []
            if count and len(items) > 1 and not (len(items) < count and _FEWER.search(_TOTAL.sub("", before))):
                yield _relation(rule, sentence, match, count, items)


def _items(before: str, noun: str, count: int) -> list[str]:
    """The names in a row right before the number; none where something else stands among or before them.

    They are parted at `和` too, unless the signs between them already make as many as are told.
    """
    text = _FEWER.sub("", _TOTAL.sub("", _BRACKETS.sub("", before)))
    own = last_clause(text, _OPENS)
    noun = _VILLAGE.sub("村", noun)
    ends = tuple(_RANKS.findall(noun)) if _WHOLE_RANK.fullmatch(noun) else (noun,)
    ends = tuple(noun) if re.fullmatch(_OFFICES, noun) else ends
    if "、" not in own or _continues(text.removesuffix(own), ends):
        return []
    pieces = [piece.strip() for piece in own.split("、")]
    items = pieces if len(pieces) == count else [item for piece in pieces for item in _parted(piece, ends)]
    if not all(item.endswith(ends) and item not in ends for item in items) or _AMOUNT_LAST.search(items[0]):
        return []
    names = all(len(item) <= _MOST and not _AMOUNTS.search(item) for item in items[1:])
    return items if names and len(set(items)) == len(items) else []


def _continues(text: str, ends: tuple[str, ...]) -> bool:
    """Whether the list goes on from a clause before (`甲镇的乙村、丙村，丁镇的戊村、己村4个村`)."""
    return text[-1:] in ("，", ",", "；", ";") and text[:-1].endswith(ends)


def _parted(piece: str, ends: tuple[str, ...]) -> list[str]:
    """A piece of the list, parted at `和` where both sides are names of what is counted (和平村 is one)."""
    for sign in _AND.finditer(piece):
        one, other = piece[: sign.start()], piece[sign.end() :]
        if one.endswith(ends) and other.endswith(ends):
            return [one, *_parted(other, ends)]
    return [piece]


def _relation(rule: str, sentence: Sentence, match: re.Match[str], count: int, items: list[str]) -> Relation:
    span = sentence.span(match.start(), match.end())
    start = sentence.text.rfind(items[-1], 0, match.start())
    last = sentence.span(max(start, 0), match.start())
    held = count == len(items)
    relation = Relation(
        rule,
        "consistent" if held else "inconsistent",
        (Operand("text.list", "operand", "、".join(items), None, last),),
        (Operand(f"text.list.{span.page}.{span.line}", "reported", match[0], Decimal(count), span),),
        formula=f"列举 {len(items)} {match['measure']}",
        reported=str(count),
        computed=str(len(items)),
        severity="warning",
    )
    if held:
        return relation
    return replace(
        relation,
        title=f"称{match[0]}，实列 {len(items)} {match['measure']}",
        message=f"{where(span)}称“{match[0]}”，其前列举“{'、'.join(items)}”，"
        f"共 {len(items)} {match['measure']}，个数不符。",
    )

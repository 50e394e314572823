"""Check: a sentence printed in two places says the same in both (同句复述): its numbers, and its words."""

import re
from collections.abc import Iterator
from itertools import combinations

from rapidfuzz.distance import Levenshtein

from extractors.frozen import replace
from normalizers.numbers import parse
from pipeline.checks.facts import Facts
from pipeline.checks.model import Check, Operand, Relation
from pipeline.checks.relate import undecided
from pipeline.checks.texts import Sentence
from pipeline.checks.wording import quote, where

RULE = "twin-sentence"
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_LABEL = re.compile(r"^\s*(?:[①-⑳]|[（(]?\d{1,2}[)）.、．])\s*")
_HAN = re.compile(r"[\u4e00-\u9fff][\u4e00-\u9fff]*")
_SIGNS = re.compile(r"[^\u4e00-\u9fff#][^\u4e00-\u9fff#]*")
_SHORTEST = 14  # Chinese characters of a sentence that is not printed twice by chance
_MOST = 4  # places; a sentence in more is a form of words
_MARKS = re.compile(r"该(?:[一二三]级)?(?:项|指标)|得分|满分|扣#?分")
_NUMERALS = frozenset("#一二三四五六七八九十百")
_COMPARED = 12  # sentences about one indicator compared with each other
_LONG, _EDITS = 24, 3  # characters of a sentence compared by its words, and how many of them may differ


def _test(facts: Facts) -> Iterator[Relation]:
    owners = {id(sentence): owner for owner, told in facts.spoken.items() for sentence in told}
    groups: dict[str, list[Sentence]] = {}
    for sentence in _alike(facts):
        groups.setdefault(_skeleton(sentence.text), []).append(sentence)
    for skeleton, same in groups.items():
        if 1 < len(same) <= _MOST and len(skeleton.replace("#", "")) >= _SHORTEST:
            for one, other in combinations(same, 2):
                if one.flow is not other.flow and "#" in skeleton:
                    yield from _numbers(one, other, owners.get(id(one), -1) == owners.get(id(other), -2))
    for told in facts.spoken.values():
        yield from _worded(told)


def _alike(facts: Facts) -> list[Sentence]:
    """The sentences whose Chinese characters are those of another one; the others have no twin."""
    told: dict[str, list[Sentence]] = {}
    found = []
    for sentence in facts.numbered:  # what has no number has none to differ in
        if len(sentence.text) >= _SHORTEST and "得分率" not in sentence.text:
            same = told.setdefault("".join(_HAN.findall(sentence.text)), [])
            same.append(sentence)
            found.append((sentence, same))
    return [sentence for sentence, same in found if len(same) > 1]


def _skeleton(text: str) -> str:
    """The sentence without its label, with `#` for numbers, without signs and blanks."""
    return _SIGNS.sub("", _NUMBER.sub("#", _LABEL.sub("", text)))


def _numbers(one: Sentence, other: Sentence, same_owner: bool) -> Iterator[Relation]:
    """Each number of a sentence against the one in its twin's place."""
    mine, theirs = (list(_NUMBER.finditer(_told(sentence))) for sentence in (one, other))
    pairs = [(a, b) for a, b in zip(mine, theirs, strict=True) if len(a[0]) > 1 or len(b[0]) > 1]
    unequal = [(a, b) for a, b in pairs if _value(a) != _value(b)]
    equal = len(pairs) - len(unequal)
    for a, b in pairs:
        relation = _relation(one, other, a, b)
        if relation.verdict != "inconsistent":
            yield relation
        elif len(unequal) > 1 or not (equal >= 2 or (same_owner and equal)) or _parallel(one, other, same_owner):
            yield undecided(relation, "两处句式相同，可能分述不同对象")
        else:
            yield relation


def _told(sentence: Sentence) -> str:
    """The sentence with blanks in place of its label, so that offsets stay."""
    label = _LABEL.match(sentence.text)
    return sentence.text if label is None else " " * label.end() + sentence.text[label.end() :]


def _value(match: re.Match[str]) -> object:
    number = parse(match[0])
    return match[0] if number is None else number.value


def _parallel(one: Sentence, other: Sentence, same_owner: bool) -> bool:
    """Whether two sentences stand in rows of one table, side by side, or below headings that are siblings or alike:
    then they tell of two things in one form of words."""
    if one.section is other.section and one.cell is None and other.cell is None:
        return True
    if same_owner:
        return one.cell is not None and other.cell is not None and one.cell.table == other.cell.table
    if one.cell is not None and other.cell is not None:
        return True
    mine, theirs = one.section.path, other.section.path
    if mine and theirs and mine[-1].title == theirs[-1].title and mine[-1] is not theirs[-1]:
        return True
    return len(mine) == len(theirs) > 0 and mine[:-1] == theirs[:-1] and mine[-1] is not theirs[-1]


def _relation(one: Sentence, other: Sentence, a: re.Match[str], b: re.Match[str]) -> Relation:
    same = _value(a) == _value(b)
    key = f"twin.{one.span(0, 1).page}.{one.span(0, 1).line}.{one.start + a.start()}"
    numbers = [parse(match[0]) for match in (a, b)]
    spans = [one.span(a.start(), a.end()), other.span(b.start(), b.end())]
    values = [None if number is None else number.value for number in numbers]
    relation = Relation(
        RULE,
        "consistent" if same else "inconsistent",
        (Operand(key, "reported", a[0], values[0], spans[0]),),
        (Operand(key, "restated", b[0], values[1], spans[1]),),
        formula=f"{a[0]} {'=' if same else '≠'} {b[0]}",
        reported=b[0],
        computed=a[0],
        difference=None if values[0] is None or values[1] is None else values[1] - values[0],
        severity="warning",
    )
    if same:
        return relation
    return replace(
        relation,
        title=f"同一句话两处数字不同：{a[0]} 与 {b[0]}",
        message=f"{where(spans[0])}“{quote(spans[0], a[0])}”与{where(spans[1])}“{quote(spans[1], b[0])}”"
        "文字相同而数字不同，其余数字一致。",
    )


def _worded(told: tuple[Sentence, ...]) -> Iterator[Relation]:
    """Sentences about one indicator that differ in a few characters only."""
    whole = [sentence for sentence in told if len(sentence.text) >= _LONG][:_COMPARED]
    if len({id(sentence.flow) for sentence in whole}) < 2:
        return
    long = [(sentence, _skeleton(sentence.text)) for sentence in whole]
    long = [(sentence, text) for sentence, text in long if len(_MARKS.sub("", text)) >= _LONG]
    for (one, mine), (other, theirs) in combinations(long, 2):
        if one.flow is other.flow or mine == theirs or abs(len(mine) - len(theirs)) > _EDITS:
            continue
        if Levenshtein.distance(mine, theirs, score_cutoff=_EDITS) <= _EDITS:
            parts = [
                (mine[step.src_start : step.src_end], theirs[step.dest_start : step.dest_end])
                for step in Levenshtein.opcodes(mine, theirs)
                if step.tag != "equal"
            ]
            parts = [pair for pair in parts if not set("".join(pair)) <= _NUMERALS]
            if parts:
                yield _differing(one, other, mine, theirs, parts)


def _differing(one: Sentence, other: Sentence, mine: str, theirs: str, parts: list[tuple[str, str]]) -> Relation:
    """The relation of two sentences that differ in these stretches of words."""
    shown = "；".join(f"“{a or '（无）'}”与“{b or '（无）'}”" for a, b in parts)
    spans = [sentence.span(0, len(sentence.text), 0) for sentence in (one, other)]
    key = f"twin.words.{spans[0].page}.{spans[0].line}.{one.start}"
    return Relation(
        RULE,
        "inconsistent",
        (Operand(key, "reported", one.text.strip(), None, spans[0]),),
        (Operand(key, "restated", other.text.strip(), None, spans[1]),),
        formula=shown,
        reported=theirs[:80],
        computed=mine[:80],
        title=f"同一段文字两处用字不同：{shown}",
        message=f"{where(spans[0])}与{where(spans[1])}对同一指标的同一段文字略有出入：{shown}。",
        severity="info",
    )


CHECK = Check(
    rule=RULE,
    name="同句复述",
    what="A sentence printed in two places has the same numbers in both, and under one indicator the same words.",
    why="The scoring table and its annex repeat each other; where one was changed, the other was forgotten.",
    formula="number here = number in the same place there",
    tolerance="equality; one number differs, the others are equal; parallel rows and headings are undecided",
    severity="warning",
    source="财预〔2020〕10号第二十五条（数据真实、逻辑清晰）",
    test=_test,
    fold="alone",
    agrees=(
        "题 一、 概况；文 全年疏浚河道里程达48.6公里，清淤12.4万方，服务沿线村民8320人。；"
        "题 附件 分析；文 全年疏浚河道里程达48.6公里，清淤12.4万方，服务沿线村民8320人。",
    ),
    disagrees=(
        "题 一、 概况；文 全年疏浚河道里程达48.6公里，清淤12.4万方，服务沿线村民8320人。；"
        "子题 1. 分析；文 全年疏浚河道里程达46.8公里，清淤12.4万方，服务沿线村民8320人。",
    ),
    false_alarms=("sentences of one form about several towns or sub-projects", "scores told in one form of words"),
)

"""Check: a number of things announced is the number of things listed (列举个数)."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from normalizers.numbers import chinese_integer
from pipeline.checks.facts import Facts
from pipeline.checks.model import Check, Operand, Relation
from pipeline.checks.texts import Sentence
from pipeline.checks.wording import where

RULE = "list-count"
_COUNT = re.compile(
    r"(?P<count>[两二三四五六七八九十]|[2-9]|1\d)\s*(?:大)?(?:个)?(?P<unit>方面|个|项|类|大|方|场次|场|种|部分|阶段|环节|家|次|级)"
)
_ORDINALS = "一二三四五六七八九十"
_QUOTED = re.compile(r"[“\"][^”\"]{1,30}[”\"]")
_SEPARATORS = re.compile(r"、|和|及|与|以及")
_LONGEST = 160  # characters of a list before or behind its number
_FAR = 3000  # characters in which 一是, 二是 … follow


def _test(facts: Facts) -> Iterator[Relation]:
    for sentence in facts.sentences:
        if sentence.cell is None:
            for match in _COUNT.finditer(sentence.text):
                count = chinese_integer(match["count"])
                if count:
                    yield from _listed(facts, sentence, match, count)


def _listed(facts: Facts, sentence: Sentence, match: re.Match[str], count: int) -> Iterator[Relation]:
    """The list that stands before the number, behind it, or is told by ordinals after it."""
    text = sentence.text
    before = text[max(match.start() - _LONGEST, 0) : match.start()]
    behind = text[match.end() : match.end() + _LONGEST]
    if count in (_quoted_before(before), _items_before(before), _items_behind(behind)):
        yield _relation(sentence, match, count, count)
        return
    told = _ordinals(text[match.end() : match.end() + _FAR]) or _ordinals(_rest(sentence))
    if told:
        yield _relation(sentence, match, count, told)


def _quoted_before(text: str) -> int:
    """How many quoted terms end right before the number."""
    ends = [quoted.end() for quoted in _QUOTED.finditer(text)]
    count, at = 0, len(text)
    for quoted in reversed(list(_QUOTED.finditer(text))):
        if len(text[quoted.end() : at].strip("等、和及 两大共的")) > 0:
            break
        count, at = count + 1, quoted.start()
    return count if ends else 0


def _items_before(text: str) -> int:
    """How many items stand in a row before the number (甲、乙和丙三方面)."""
    clause = re.split(r"[，,：:（(从]", text[-_LONGEST:])[-1].removesuffix("等")
    return len([item for item in _SEPARATORS.split(clause) if item.strip()]) if "、" in clause or "和" in clause else 0


def _items_behind(text: str) -> int:
    """How many items stand behind a colon after the number."""
    head, colon, rest = text[:_LONGEST].partition("：")
    if not colon or len(head) > 12:
        return 0
    return len([item for item in re.split(r"、|，|,|；", rest) if item.strip()])


def _ordinals(text: str) -> int:
    """How far 一是 … 二是 … count on; 0 if they do not begin."""
    count = 0
    while count < len(_ORDINALS) and re.search(rf"{_ORDINALS[count]}是", text):
        count += 1
    return count if count > 1 else 0


def _rest(sentence: Sentence) -> str:
    """What follows the sentence in its paragraph, where it ends with a colon or the like."""
    return (
        sentence.flow.text[sentence.end : sentence.end + _FAR]
        if sentence.flow.text[sentence.end - 1 : sentence.end] in "：:下"
        else ""
    )


def _relation(sentence: Sentence, match: re.Match[str], count: int, listed: int) -> Relation:
    span = sentence.span(match.start(), match.end())
    whole = sentence.span(0, len(sentence.text), 0)
    relation = Relation(
        RULE,
        "consistent" if count == listed else "inconsistent",
        (Operand("text.list", "operand", sentence.text[:40], None, whole),),
        (Operand(f"text.list.{span.page}.{span.line}", "reported", match[0], Decimal(count), span),),
        formula=f"列举 {listed} 项",
        reported=str(count),
        computed=str(listed),
        severity="info",
    )
    if count == listed:
        return relation
    return replace(
        relation,
        title=f"称有{match[0]}，实列 {listed} 项",
        message=f"{where(span)}称“{match[0]}”，其后列举 {listed} 项，个数不符。",
    )


CHECK = Check(
    rule=RULE,
    name="列举个数",
    what="Where a sentence announces so many aspects, stages or items, it lists as many.",
    why="A list that falls short shows a passage cut or never written.",
    formula="number announced = items listed",
    tolerance="equality; only lists told by 一是, 二是 can fail, others are told where they agree",
    severity="info",
    source="财预〔2020〕10号第二十五条（逻辑清晰）",
    test=_test,
    fold="alone",
    agrees=("文 评价从立项、目标和资金三个方面进行。", "文 存在两个问题，一是进度慢，二是资料少。"),
    disagrees=("文 存在三个问题，一是进度慢，二是资料少。",),
    false_alarms=("lists of examples that end with 等", "a number that counts something else"),
)

"""Check: no word stands twice by a slip of the keyboard, no form of words is misspelt once (叠字错字)."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from rapidfuzz.distance import Levenshtein

from pipeline.checks.facts import Facts
from pipeline.checks.model import Check, Operand, Relation
from pipeline.checks.spotted import spotted
from pipeline.checks.texts import Sentence
from pipeline.checks.wording import where

RULE = "misprint"
_DOUBLED = re.compile(r"([\u4e00-\u9fff][\u4e00-\u9fff]{1,3})\1")
_CHINESE = (0x4E00, 0x9FFF)
_COUNTED = re.compile(r"[一二三四五六七八九十逐每各]")
_CLAUSE = re.compile(r"[\u4e00-\u9fff][\u4e00-\u9fff]{7,23}")
_OFTEN, _SELDOM = 5, 2  # how often a form of words stands, and its misprint
_ALIKE = 20  # usual forms that begin and end alike
_AROUND = 2  # characters around a doubled word that its witness shares


def _test(facts: Facts) -> Iterator[Relation]:
    yield from _doubled(facts)
    yield from _odd(facts)


def _doubled(facts: Facts) -> Iterator[Relation]:
    """Words printed twice in a row where another passage prints them once between the same characters."""
    for sentence in facts.sentences if _has_doubled(facts.all_text.sentences) else ():
        for match in _DOUBLED.finditer(sentence.text):
            word, text = match[1], sentence.text
            before, behind = text[max(match.start() - _AROUND, 0) : match.start()], text[match.end() :][:_AROUND]
            once = before + word + behind
            if _COUNTED.search(word) or len(before) < _AROUND:
                continue
            witness = next((other for other in facts.sentences if once in other.text and other is not sentence), None)
            if witness is not None:
                at = witness.text.index(once)
                places = [_operand(witness, at, at + len(once)), _operand(sentence, match.start(), match.end())]
                yield _relation(places, f"“{match[0]}”疑为叠字", f"疑为“{word}”，另一处写作“{once}”")


def _has_doubled(text: str) -> bool:
    """Whether _DOUBLED matches anywhere, in a tenth of the time: in most reports it does nowhere."""
    codes = np.frombuffer(text.encode("utf-32-le", "replace"), dtype="<u4")
    chinese = (codes >= _CHINESE[0]) & (codes <= _CHINESE[1])
    for size in range(2, 5):
        again = (codes[size:] == codes[:-size]) & chinese[size:]  # each character that stood `size` before it, too
        in_a_row = again[size - 1 :]
        for at in range(size - 1):
            in_a_row = in_a_row & again[at : at - size + 1]
        if in_a_row.any():
            return True
    return False


def _odd(facts: Facts) -> Iterator[Relation]:
    """A form of words that stands often, and once or twice with other characters that stand nowhere else."""
    if max(Counter(_CLAUSE.findall(facts.all_text.sentences)).values(), default=0) < _OFTEN:
        return  # as nearly always: nothing to be misspelt
    found: dict[str, list[tuple[Sentence, re.Match[str]]]] = {}
    for sentence in facts.sentences:
        for match in _CLAUSE.finditer(sentence.text):
            found.setdefault(match[0], []).append((sentence, match))
    usual: dict[str, list[str]] = {}
    for clause, places in found.items():
        if len(places) >= _OFTEN:
            usual.setdefault(clause[:2] + clause[-2:], []).append(clause)
    for clause, places in found.items():
        like = usual.get(clause[:2] + clause[-2:], []) if len(places) <= _SELDOM else []
        if like:
            right = next(
                (other for other in like[:_ALIKE] if _misprints(clause, other, facts.all_text.sentences, len(places))),
                None,
            )
            if right is not None:
                yield _odd_one(right, found[right], places)


def _misprints(clause: str, usual: str, whole: str, times: int) -> bool:
    """Whether a clause is a usual one but for one spot whose pairs of characters stand nowhere else in the report."""
    if Levenshtein.distance(clause, usual, score_cutoff=2) > 2:
        return False
    steps = [step for step in Levenshtein.opcodes(clause, usual) if step.tag != "equal"]
    first, last = min(step.src_start for step in steps), max(step.src_end for step in steps)
    if last - first < 1 or last - first > 2:
        return False
    spot = clause[max(first - 1, 0) : last + 1]
    return all(whole.count(one + other) <= times for one, other in pairwise(spot))


def _odd_one(
    right: str, usual: list[tuple[Sentence, re.Match[str]]], places: list[tuple[Sentence, re.Match[str]]]
) -> Relation:
    """The relation about a misprinted form of words, with the nearest place that prints it right."""
    sentence, match = places[0]
    line = sentence.span(match.start(), match.end()).line or 0
    witness = min(usual, key=lambda place: abs((place[0].span(place[1].start(), place[1].end()).line or 0) - line))
    shown = [_operand(witness[0], witness[1].start(), witness[1].end())]
    shown += [_operand(told, found.start(), found.end()) for told, found in reversed(places)]
    return _relation(shown, f"“{match[0]}”疑有错字", f"他处 {len(usual)} 次均作“{right}”")


def _operand(sentence: Sentence, start: int, end: int) -> Operand:
    return Operand("text.misprint", "operand", sentence.text[start:end], None, sentence.span(start, end))


def _relation(places: list[Operand], title: str, why: str) -> Relation:
    last = places[-1]
    key = f"text.misprint.{last.span.page}.{last.span.line}.{last.text}"
    message = f"{where(last.span)}“{last.text}”，{why}。"
    return spotted(RULE, key, places, title=title, message=message, reported=last.text, severity="info")


CHECK = Check(
    rule=RULE,
    name="叠字错字",
    what="A word is not printed twice in a row by mistake; a form of words used throughout is spelt alike everywhere.",
    why="A slip in a form of words shows a passage typed and not read again.",
    formula="word here = word there",
    tolerance="only with a witness: the same words printed right elsewhere, the odd characters nowhere else",
    severity="info",
    source="财预〔2020〕10号第二十五条（内容完整、逻辑清晰）",
    test=_test,
    fold="alone",
    silent=True,
    agrees=("文 帮助解决住房困难。；文 逐个逐个走访，帮助解决住房困难。",),
    disagrees=("文 项目帮助解决解决住房困难。；文 项目帮助解决住房困难群众。",),
    false_alarms=("words doubled on purpose (一个一个)", "names that contain a doubled syllable"),
)

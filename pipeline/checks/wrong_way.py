"""A value told as above another that lies below it by just that much (高低说反)."""

import re
from collections.abc import Iterator
from decimal import Decimal

from extractors.frozen import replace
from pipeline.checks.facts import Facts
from pipeline.checks.model import Relation
from pipeline.checks.places import here
from pipeline.checks.spotted import contradicted
from pipeline.checks.texts import Sentence, printed_digits
from pipeline.checks.wording import quote, where

_N = r"\d(?<![\d.,]\d)[\d,]{0,12}(?:\.\d{1,4})?"
_UNIT = r"[千万亿]?(?:元|人次|人|户|家|个百分点|公里|亩|吨|天|分钟|小时|平方米|微克/立方米|[%％])"
# 2023年单位成本4.54元，比标杆平均水平低0.06元
_APART = re.compile(
    rf"(?P<value>{_N})\s?(?P<unit>{_UNIT})[，,](?:比|较)(?P<base>[^，。；\d]{{2,12}}?)(?P<way>高|低|多|少)出?了?\s?"
    rf"(?P<gap>{_N})\s?(?P<unit2>{_UNIT})"
)
_BASE = ("，比", "，较", ",比", ",较")  # one stands in all of these
_UP = ("高", "多")
_LEAST = 3  # significant digits of both values
_AGO = re.compile(r"上年|去年|同期|年初|上一?期|往年|其中")


def wrong_ways(facts: Facts, rule: str) -> Iterator[Relation]:
    """Where the paragraph tells the base by its name, the value told lies as far on its other side."""
    for sentence in facts.saying(*_BASE):
        for match in _APART.finditer(sentence.text):
            if match["unit2"].removeprefix("个百分点") in (match["unit"], "") and not _AGO.search(match["base"]):
                yield from _turned(rule, sentence, match)


def _turned(rule: str, sentence: Sentence, match: re.Match[str]) -> Iterator[Relation]:
    value, gap = printed_digits(match["value"]).value, printed_digits(match["gap"]).value
    sign = 1 if match["way"] in _UP else -1
    base, true = value - sign * gap, value + sign * gap  # as told; as it would be the other way
    if min(map(_shown, (value, true))) < _LEAST or not gap:
        return
    paragraph = replace(sentence, text=sentence.flow.text, start=0, end=len(sentence.flow.text))
    named = re.compile(
        rf"(?P<name>[\u4e00-\u9fff]{{2}})[值数]?[为是达]?\s?(?P<number>{_N})\s?{re.escape(match['unit'])}"
    )
    called = [one for one in named.finditer(paragraph.text) if one["name"] in match["base"]]
    if any(printed_digits(one["number"]).value == base for one in called):
        return
    for one in called:
        if printed_digits(one["number"]).value == true and one.start() < sentence.start + match.start():
            right = here(sentence, (match.start("way"), match.end()), "reported")
            left = here(paragraph, (one.start("number"), one.end()))
            mine = match["value"] + match["unit"]
            told = "低" if sign > 0 else "高"
            yield contradicted(
                rule,
                (left, here(sentence, (match.start("value"), match.end("unit")))),
                right,
                formula=f"{mine} {'<' if sign > 0 else '>'} {left.text}",
                computed=f"{told}{match['gap']}{match['unit2']}",
                title=f"高低说反：{mine} 与 {left.text}",
                message=f"{where(right.span)}“{quote(right.span, right.text)}”，所比的{one['name']}为 {left.text}，"
                f"{mine} 应为{told}，差额相符而方向相反。",
            )
            return


def _shown(value: Decimal) -> int:
    return len(value.as_tuple().digits)

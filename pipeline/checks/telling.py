"""How the likelier error is told (疑误说明): what a value states, which change mends all, what else would."""

import re
from collections.abc import Iterable
from decimal import Decimal

from pipeline.checks.facts import Facts
from pipeline.checks.localize import Location
from pipeline.checks.model import Change, Localization, Operand, Way
from pipeline.checks.money import ROLES
from pipeline.checks.wording import FIELDS, where

_INDICATOR = re.compile(r"i(\d+)\.(\w+)")
_TOTALS = {"total.score": "报告总分", "total.weight": "总分值", "total.score_rate": "总得分率"}
_FIELDS = FIELDS | {"deduction": "扣分"}
_MOST_PLACES, _MOST_NAMED = 4, 3


def subject_of(facts: Facts, operand: Operand) -> str:
    """What an operand states, as an auditor would say it; '' where its own words must do."""
    if operand.key in _TOTALS:
        return _TOTALS[operand.key]
    match = _INDICATOR.fullmatch(operand.key)
    if match is not None and int(match[1]) < len(facts.report.indicators):
        return f"“{facts.report.indicators[int(match[1])].name}”{_FIELDS.get(match[2], '')}"
    if operand.key.startswith("money."):
        role, _, owner = operand.key.removeprefix("money.").partition("|")
        return (f"“{owner}”" if owner else "") + ROLES.get(role, "金额")
    return ""


def change_text(change: Change) -> str:
    """`“过程”得分 17.96（第 274 行，为 17.94 则相符）`."""
    places = list(dict.fromkeys(where(operand.span) for operand in change.operands))
    more = f"等 {len(places)} 处" if len(places) > _MOST_PLACES else ""
    stated = " ".join(filter(None, (change.subject, change.operands[0].text.strip())))
    fits = f"，为 {change.fitting} 则相符" if change.fitting else ""
    return f"{stated}（{'、'.join(places[:_MOST_PLACES])}{more}{fits}）"


def way_text(way: Way) -> str:
    """The changes of one way."""
    shown = [change_text(change) for change in way.changes[:_MOST_NAMED]]
    more = f"等 {len(way.changes)} 项" if len(way.changes) > _MOST_NAMED else ""
    return "、".join(shown) + more


def judgement(location: Location, localization: Localization | None) -> str:
    """One sentence on which side is likelier wrong and why; '' where nothing can be said."""
    wrong, right = location.wrong, location.right
    counted = ""
    if wrong is not None and right is not None and len(right.witnesses) > len(wrong.witnesses):
        counted = (
            f"{len(right.witnesses)} 处佐证支持 {right.text}，{len(wrong.witnesses)} 处支持 {wrong.text}，"
            f"后者较可能有误。"
        )
    if localization is None or localization.best is None or not localization.best.changes:
        return counted
    best, others = localization.best, localization.alternatives
    if wrong is not None:
        keeping = [
            way.places for way in others if all(_node(change) != (wrong.key, wrong.value) for change in way.changes)
        ]
        than = f"；若保留该数，至少须改动 {min(keeping)} 处" if keeping else "；若保留该数，须改动的地方多出一倍以上"
        return f"{counted}使有关核对全部成立，最少只须改动 {best.places} 处：{way_text(best)}{than}。"
    if localization.near:
        if localization.near > _MOST_NAMED:
            return (
                f"至少须改动 {best.places} 处才能使有关核对全部成立，例如改动{way_text(best)}；"
                f"同样可行的改法另有 {localization.near} 种，不能判断哪一处较可能有误。"
            )
        ways = _distinct([best, *others[: localization.near]])
        more = "等" if len(others) > localization.near else ""
        return f"改动{'，或改动'.join(ways)}{more}，都能使有关核对成立，不能判断哪一处较可能有误。"
    return ""


def _node(change: Change) -> tuple[str, Decimal | None]:
    return change.operands[0].key, change.operands[0].value


def _distinct(ways: Iterable[Way]) -> list[str]:
    return list(dict.fromkeys(map(way_text, ways)))[:_MOST_NAMED]

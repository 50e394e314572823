"""Execution and arrival rates in sentences (执行率、到位率陈述)."""

import re

from extractors.rows.amounts import clause, sentences
from extractors.rows.context import Context
from extractors.rows.model import Statement
from extractors.rows.text import Squeezed
from extractors.rows.tokens import Tokens

_ROLES = {"EXECRATE": "execution_rate", "ARRIVRATE": "arrival_rate"}
_BETWEEN = frozenset(("LINK", "QUOTE", "OPEN"))
_MERELY = re.compile(r"仅有|也仅|也达|均达|却|高达|就达|已经|大约|平均|总体|全部")
_WISH = re.compile(r"目标|应当?|不低于|不少于|力争|确保|要求|须|需|指标值|预期|计划达|争取|原则上|[≥>≤<]")
# `执行率95%以上`, `执行率100%得满分`, `执行率90%(含)至95%`: bounds of a rule
_BOUND_BEHIND = re.compile(
    r"^(?:(?:及|或)?以[上下]|的?(?:得|计)(?:满分|\d+(?:\.\d+)?分)|的?不?扣|的?不得分|\(含|[(]?不含|至\d|[~～—–-]+\d)"
)
_BEHIND = 12  # characters behind a rate that may tell it a bound
_SHARE_OF_BUDGET = re.compile(
    r"(?:完成|占)了?(?:全年|年度|年初|调整后|当年|总|本年)?(?:财政)?预算(?:数|总额|资金|安排|额|金额)?的?(?:[约达为:])?"
    r"([-+]?\d+(?:\.\d+)?\s?%)"
)
_REST = re.compile(r"(?:结余|结转|剩余|未支出|未执行|未使用|收回|缺口|调增|调减|追加|压减)[^。；;]*$")
_SUBJECT = 24  # characters before a share that may say it is of what was not spent


def read_rates(text: Squeezed, tokens: Tokens, context: Context) -> list[Statement]:
    """The execution and arrival rates that a text states as reached; rates wished for are left out."""
    statements: list[Statement] = []
    for first, last in () if _ROLES.keys().isdisjoint(tokens.tags) else sentences(tokens):
        for position in range(first, last):
            role = _ROLES.get(tokens.tags[position])
            value = _value(text.text, tokens, position, last) if role else None
            if role is None or value is None or _wished(text.text, tokens, position, value):
                continue
            statements.append(_statement(text, tokens.spans[position], tokens.spans[value], role, context))
    for match in _SHARE_OF_BUDGET.finditer(text.text) if "预算" in text.text else ():
        if _REST.search(text.text, max(match.start() - _SUBJECT, 0), match.start()):
            continue
        statements.append(_statement(text, match.span(), match.span(1), "execution_rate", context))
    return statements


def _value(text: str, tokens: Tokens, position: int, last: int) -> int | None:
    """The percentage that the rate at `position` has: behind `为`, or at the end of its formula; None if neither."""
    at = position + 1
    if at < last and tokens.words[at] == "=":
        return _end_of_formula(tokens, at, last)
    while at < last and tokens.tags[at] != "PCT":
        if tokens.tags[at] not in _BETWEEN and not _MERELY.fullmatch(text, *tokens.spans[at]):
            return None
        at += 1
    return at if at < last else None


def _end_of_formula(tokens: Tokens, at: int, last: int) -> int | None:
    """The percentage behind the last `=` of a formula (`=(2.6亿元/2.8亿元)×100%=92.86%`)."""
    found = None
    for position in range(at, last - 1):
        if tokens.tags[position] == "COMMA" or tokens.tags[position] in _ROLES:
            break
        if tokens.words[position] == "=" and tokens.tags[position + 1] == "PCT":
            found = position + 1
    return found


def _wished(text: str, tokens: Tokens, position: int, value: int) -> bool:
    """Whether the clause states a target, not a result."""
    start, end = tokens.spans[value]
    low, _ = clause(text, tokens.spans[position][0], end)
    return bool(_WISH.search(text, low, start) or _BOUND_BEHIND.match(text[end : end + _BEHIND]))


def _statement(text: Squeezed, word: tuple[int, int], value: tuple[int, int], role: str, context: Context) -> Statement:
    """One rate, quoting its clause."""
    low, high = clause(text.text, word[0], value[1])
    return Statement(
        kind="rate",
        values=(("rate", text.printed(*value, low, high)),),
        span=text.place(low, high),
        role=role,
        item=text.text[low : word[1]][-40:],
        path=context.path,
        cell_row=context.cell_row,
        annex=context.annex,
    )

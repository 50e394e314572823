"""Money in sentences (金额陈述): each amount with the role that the words around it give and what it is for."""

import re

from extractors.frozen import frozen
from extractors.rows.context import Context
from extractors.rows.model import Statement
from extractors.rows.text import Squeezed, behind_last
from extractors.rows.tokens import Tokens

# How firmly a word governs an amount, and the role it gives; a word further off loses one for twelve characters.
_GOVERNS: dict[str, tuple[float, str]] = {
    "M_RECOVERED": (3.0, "recovered"),
    "M_SAVED": (3.0, "saved"),
    "M_ARRIVED": (3.0, "arrived"),
    "M_CONTRACT": (3.0, "contract"),
    "M_OUTCOME": (2.6, "outcome"),
    "M_SPENT": (2.4, "spent"),
    "M_ADJUSTED": (2.3, "budget_adjusted"),
    "M_SUBSIDY": (2.2, "subsidy_rate"),
    "M_BUDGET": (2.1, "budget_original"),
    "M_OTHER": (2.0, "other"),
    "M_TARGET": (2.0, "target"),
    "M_CONTRACTWEAK": (1.4, "contract"),
    "M_USED": (1.3, "spent"),
}
_FADE = 12.0
_MONEY = frozenset(("MONEY", "WAN"))
_FUND_WORDS = re.compile(r"资金|经费|费用|费|款|元|补贴|补助|奖|预算|价|支出|投入|成本|金额|收入|销售|交易|产值|税")
_LOW_OF_RANGE = frozenset("-~～—–")
_FORMULA = frozenset("/÷")
_PLANS = frozenset(("同意", "申请", "拟"))
_UNDONE = re.compile(r"(?:[应超多少待]|[未欠][\u4e00-\u9fff]{0,3})$")  # `应拨付`, `未及时支付`: not spent
_MOVED = re.compile(r"(?:提高|增加|增长|上升|上调|下降|降低|下调|调整|提升|减少)(?:到|至|为)")
_ADJUSTED_TO = re.compile(r"(?:调[整增减剂]|追加|压减|核减|核增)(?:到|至|为)$")
_TIGHT = 2  # characters between an amount and the word that it belongs to
_RIGHT_VERBS = ("M_BUDGET", "M_ADJUSTED", "M_ARRIVED", "M_SPENT", "M_RECOVERED", "M_SAVED", "M_USED")
# `每20尺箱补贴1,000元`: so much for each; 每年 and 每月 alone count no things.
_PER = re.compile(
    r"每(?![年月季次]度?[^，。；]{0,3}(?:安排|支付|拨付|预算|投入))[^，。；,;每]{1,12}?"
    r"(?:补贴|补助|奖励|资助|奖补|补偿|给予|收费|收取|标准)[^，。；,;]{0,6}$"
)
_PER_HEAD = re.compile(
    r"(?:人均|户均|生均|亩均|单个(?:(?!平均)[^，。；]){0,10}?)(?:最高|年)?[^，。；平均]{0,6}?(?:补助|补贴|奖补|奖励)[^，。；]{0,4}$"
)
_UNIT = re.compile(r"[亿万千百十]*(?:美元|欧元|港元|英镑|日元|元)|[亿万千]")
_ITEM_TAIL = re.compile(r"(?:为|共|共计|合计|总计|约|达|达到|计|是|仅|[:：“”\"'（(\s])+$")
_STOP = re.compile(r"[。；;！!？?\n，,:()]")
_STOP_BEFORE = re.compile(r"[。；;！!？?\n，,:()、]")
_CLAUSE_END = re.compile(r"[。；;！!？?\n，,]")


@frozen
class _Amount:
    """An amount's place among the tokens. unit: of a range's lower end, which prints none."""

    token: int
    unit: str = ""


def read_amounts(text: Squeezed, tokens: Tokens, context: Context) -> list[Statement]:
    """Every amount of money that a text states, in order."""
    statements: list[Statement] = []
    for first, last in () if _MONEY.isdisjoint(tokens.tags) else sentences(tokens):
        amounts = _amounts(text.text, tokens, first, last)
        before: str | None = None
        for amount in amounts:
            role = _role(text.text, tokens, amount, first, last) or before or _nearest(tokens, amount, first)
            role = context.topic_role if role in (None, "target") else role
            if statements and _moved_to(text.text, tokens, amounts, amount):
                role = statements[-1].role
            if before in ("budget_original", "budget_adjusted") and _adjusted_to(text.text, tokens, amount):
                role = "budget_adjusted"
            before = role if role not in ("subsidy_rate", "contract") else before
            statements.append(_statement(text, tokens, amount, first, last, role or "other", context))
    return statements


def _moved_to(text: str, tokens: Tokens, amounts: list[_Amount], amount: _Amount) -> bool:
    """Whether an amount is what the one before it was raised or cut to (`由800元提高到1000元`)."""
    at = amounts.index(amount)
    if at == 0:
        return False
    between = text[tokens.spans[amounts[at - 1].token][1] : tokens.spans[amount.token][0]]
    return bool(_MOVED.fullmatch(between))


def _adjusted_to(text: str, tokens: Tokens, amount: _Amount) -> bool:
    """Whether an amount is what the budget told before it became (`年初预算175万元，年中调整为168.6万元`)."""
    start = tokens.spans[amount.token][0]
    return bool(_ADJUSTED_TO.search(text, max(start - 8, 0), start))


def sentences(tokens: Tokens) -> list[tuple[int, int]]:
    """Token ranges (half open) between stops."""
    ranges: list[tuple[int, int]] = []
    first = 0
    for position, tag in enumerate(tokens.tags):
        if tag == "END":
            if position > first:
                ranges.append((first, position))
            first = position + 1
    if first < len(tokens.tags):
        ranges.append((first, len(tokens.tags)))
    return ranges


def _amounts(text: str, tokens: Tokens, first: int, last: int) -> list[_Amount]:
    """The money tokens of a sentence; `5万` without 元 only where the sentence speaks of funds."""
    found: list[_Amount] = []
    for position in range(first, last):
        tag = tokens.tags[position]
        if tag not in _MONEY or (tag == "WAN" and not _FUND_WORDS.search(text, 0, tokens.spans[position][0])):
            continue
        if (
            position - 2 >= first
            and tokens.words[position - 1] in _LOW_OF_RANGE
            and tokens.tags[position - 2] in ("NUM", "QTY")
        ):
            unit = _UNIT.search(tokens.words[position])
            found.append(_Amount(position - 2, unit.group() if unit else ""))
        found.append(_Amount(position))
    return found


def _role(text: str, tokens: Tokens, amount: _Amount, first: int, last: int) -> str | None:
    """The role that words in the amount's own clause give it, None if none does."""
    formula = _in_formula(tokens, amount.token, first, last)
    if formula:
        return formula
    low, high = max(0, tokens.spans[amount.token][0] - 30), tokens.spans[amount.token][0]
    if _PER.search(text, low, high) or _PER_HEAD.search(text, low, high):
        return "subsidy_rate"
    best, role, planned = 0.0, None, False
    start, _ = tokens.spans[amount.token]
    for position in range(amount.token - 1, first - 1, -1):
        tag, word = tokens.tags[position], tokens.words[position]
        if tag in _MONEY or (tag == "COMMA" and word != "、"):
            break
        planned = planned or word in _PLANS
        if tag in ("M_SPENT", "M_USED", "M_ARRIVED") and _undone(text, tokens.spans[position][0]):
            if role is None and start - tokens.spans[position][1] <= _TIGHT:
                return _GOVERNS["M_OTHER"][1]  # `下达未拨付165万元`: what was not done is told, not what was
            tag = "M_OTHER"
        if tag == "M_OUTCOME" and role == "spent" and _ends_in_spending(tokens, position):
            continue  # 促消费支出: what was spent on it
        if tag in _GOVERNS:
            weight = max(_GOVERNS[tag][0] - (start - tokens.spans[position][1]) / _FADE, 0.1)
            if weight > best:
                best, role = weight, _GOVERNS[tag][1]
    right = _right_role(text, tokens, amount.token, last)
    if right is not None and right[0] > best:
        role = right[1]
    return "budget_original" if role == "spent" and planned else role


def _ends_in_spending(tokens: Tokens, position: int) -> bool:
    """Whether the word right behind a token is one of spending: together they name what money went for."""
    behind = position + 1
    return tokens.tags[behind] == "M_SPENT" and tokens.spans[behind][0] == tokens.spans[position][1]


def _right_role(text: str, tokens: Tokens, token: int, last: int) -> tuple[float, str] | None:
    """A verb that follows the amount (`569万元已下达`), or what `的` ties it to (`12万元补助款主要用于`)."""
    end = tokens.spans[token][1]
    tied = text.startswith("的", end)
    for position in range(token + 1, last):
        tag, word = tokens.tags[position], tokens.words[position]
        distance = tokens.spans[position][0] - end
        if tag in _MONEY or tag == "COMMA" or word in "()" or distance > 14:
            return None
        if position + 1 < last and tokens.tags[position + 1] in _MONEY:
            return None  # the verb has an amount of its own behind it
        if tag in _RIGHT_VERBS or (tied and tag in _GOVERNS):
            firm, role = _GOVERNS["M_OTHER" if _undone(text, tokens.spans[position][0]) else tag]
            if distance <= (1 if tag == "M_BUDGET" else 3):
                return max(firm, 2.4), role
            if tag == "M_BUDGET" and not tied:
                return None
            return (firm + 0.5 - distance / _FADE, role) if word == "用于" or tied else (1.0, role)
    return None


def _undone(text: str, at: int) -> bool:
    """Whether the verb at text[at] says what was not done (`未及时拨付`, `应支付`)."""
    return bool(_UNDONE.search(text, max(0, at - 4), at))


def _in_formula(tokens: Tokens, token: int, first: int, last: int) -> str | None:
    """`到位率=(2.6亿元/2.8亿元)`: what is divided has arrived or been spent, the divisor was budgeted."""
    rate = next((tag for tag in reversed(tokens.tags[first:token]) if tag in ("EXECRATE", "ARRIVRATE")), None)
    if rate is None:
        return None
    if token + 2 < last and tokens.words[token + 1] in _FORMULA and tokens.tags[token + 2] in _MONEY:
        return "arrived" if rate == "ARRIVRATE" else "spent"
    if token - 2 >= first and tokens.words[token - 1] in _FORMULA and tokens.tags[token - 2] in _MONEY:
        return "budget_original"
    return None


def _nearest(tokens: Tokens, amount: _Amount, first: int) -> str | None:
    """The role of the last governing word in the sentence before the amount, clauses apart."""
    for position in range(amount.token - 1, first - 1, -1):
        tag = tokens.tags[position]
        if tag == "M_FEE":
            return "spent"
        if tag in _GOVERNS and tag not in ("M_SUBSIDY", "M_CONTRACT", "M_CONTRACTWEAK", "M_TARGET"):
            return _GOVERNS[tag][1]
    return None


def _statement(
    text: Squeezed, tokens: Tokens, amount: _Amount, first: int, last: int, role: str, context: Context
) -> Statement:
    """One amount: its value quotes its clause, the statement its sentence."""
    start, end = tokens.spans[amount.token]
    low, high = clause(text.text, start, end)
    sentence = tokens.spans[first][0], tokens.spans[last - 1][1]
    return Statement(
        kind="amount",
        values=(("amount", text.printed(start, end, low, high, amount.unit)),),
        span=text.place(*sentence),
        role=role,
        item=_item(text.text, start, end),
        path=context.path,
        cell_row=context.cell_row,
        annex=context.annex,
    )


def clause(text: str, start: int, end: int) -> tuple[int, int]:
    """The clause around text[start:end], at most 60 characters to each side."""
    return _back_to(_CLAUSE_END, text, start, 60), _up_to(_CLAUSE_END, text, end, 60)


def _back_to(stop: re.Pattern[str], text: str, at: int, most: int) -> int:
    """Where the stretch of text right before `at` begins that holds no stop; at most so many characters back."""
    return behind_last(stop, text, max(at - most, 0), at)


def _up_to(stop: re.Pattern[str], text: str, at: int, most: int) -> int:
    """Where the stretch of text from `at` on ends that holds no stop; at most so many characters on."""
    found = stop.search(text, at, at + most)
    return min(at + most, len(text)) if found is None else found.start()


def _item(text: str, start: int, end: int) -> str:
    """What an amount is for: the words before it in its clause, else those behind it."""
    before = _ITEM_TAIL.sub("", text[_back_to(_STOP_BEFORE, text, start, 40) : start])
    return before or text[end : _up_to(_STOP, text, end, 30)]

"""Points made claims by their place (定性): what no word of their own announces, and whose score it is."""

import re
from decimal import Decimal
from itertools import pairwise

from extractors.frozen import replace
from extractors.rows.context import Context
from extractors.rows.entries import entries
from extractors.rows.facts import Fact
from extractors.rows.text import points
from extractors.rows.tokens import Tokens

_SELF = re.compile(r"自评")
_WHOLE = re.compile(r"总分(?:值|数)?$")
_FULL = re.compile(
    r"(?:值|数)?(?:设定|设置|设)?(?:为|是|共|计|:)?\s?100(?:\.0{1,2})?(?![\d.])"
)  # 总分100分，其中产出30分
# A name and no clause: `档案管理6分，得5分`, but not `每户6分，得5分` or `较上年提高6分，得5分`.
_NAME = re.compile(r"(?!.*(?:每|各|较|比|扣|加|增|减|提高|下降|上升|高于|低于|得|评|共|计|超))[\u4e00-\u9fff]{3,20}")
_SETS = re.compile(r"^.*?(?:设置|设定|分为|包括|其中|设)")
_GOT_BEHIND = re.compile(r"[，,]?(?:自评|评价|实际|实)?得分?[为是:]?\d")
_STOPS = re.compile(r"[。！？\n]")
_LEAST, _MOST = 3, 100  # names of a list of weights, and what these add up to
_NUMBERED = re.compile(r"\s*(?:[(（]?[一二三四五六七八九十\d]{1,3}[)）、.．]|[①-⑳])")


def settled(text: str, tokens: Tokens, facts: list[Fact], context: Context) -> list[Fact]:
    """The facts without grades, each as what it is: weight, score, the spender's own score …"""
    return _listed(text, tokens, _of_whole(text, _by_scorer(facts, context), context), context)


def clause_start(text: str, at: int, floor: int = 0) -> int:
    """Where the clause that announces a fact begins: behind the last stop, comma or bracket, not before `floor`."""
    low = at
    while low > floor and text[low - 1] not in "。；;！!？?\n，,、(":
        low -= 1
    return low


def _of_whole(text: str, facts: list[Fact], context: Context) -> list[Fact]:
    """`产出指标总分30分，得分27.5分`: where a score follows at once, 总分 is what could be got."""
    done = list(facts)
    for position, (fact, behind) in enumerate(pairwise(facts)):
        if fact.name != "score" or behind.name not in ("score", "listed"):
            continue
        if _WHOLE.search(fact.word) and text[fact.end : behind.start] in (",", "，", ""):
            done[position] = replace(fact, kind="weight", name="weight")
    return done


def _by_scorer(facts: list[Fact], context: Context) -> list[Fact]:
    """Where spender and evaluator both score (`自评得5分，评价得4.5分`), the spender's is not the score."""
    scores = [fact for fact in facts if fact.name == "score"]
    both = len({bool(_SELF.match(fact.word)) for fact in scores}) > 1
    if context.self_evaluation or not (both or context.reviewed):
        return facts
    return [
        replace(fact, name="self_score") if fact.name == "score" and _SELF.match(fact.word) else fact for fact in facts
    ]


def _listed(text: str, tokens: Tokens, facts: list[Fact], context: Context) -> list[Fact]:
    """The facts without grades; points that no word announces become what the list or the next fact makes them.

    `各指标得分：决策18分、过程17分` are scores of indicators named; `投入指标15分，得14.5分` is a weight and a score.
    """
    if not any(fact.kind == "listed" for fact in facts):
        return [fact for fact in facts if fact.kind != "grade"]
    kept: list[Fact] = []
    frame = _framework(text, facts)
    for position, fact in enumerate(facts):
        if fact.kind == "grade":
            continue
        if fact.kind != "listed":
            kept.append(fact)
            continue
        behind = facts[position + 1] if position + 1 < len(facts) else None
        low = clause_start(text, fact.start, facts[position - 1].end if position else 0)
        subject = text[low : fact.start].lstrip("、").rpartition(":")[2].removeprefix("其中")
        name = "weight" if _bracketed(text, fact, context) else _of_entry(text, fact, context)
        name = name or ("weight" if position in frame and context.names_indicator(_SETS.sub("", subject)) else None)
        if not name and _full_behind(text, fact, behind) and (context.names_indicator(subject) or _is_name(subject)):
            name = "score"
        name = name or _announced_by(text, tokens, fact, behind, context.names_indicator(subject), subject)
        if name:
            kept.append(replace(fact, kind=name, name=name))
    return kept


def _framework(text: str, facts: list[Fact]) -> set[int]:
    """Positions of points listed one after another that come to 100: weights (`设决策20分、过程20分、…`).

    Behind a total of 100 they may be scores as well, and are left to the words before them.
    """
    found: set[int] = set()
    run: list[int] = []
    for position, fact in enumerate(facts):
        if run and (fact.kind != "listed" or _STOPS.search(text, facts[run[-1]].end, fact.start)):
            found |= _hundred(text, facts, run)
            run = []
        if fact.kind == "listed":
            run.append(position)
    return found | _hundred(text, facts, run)


def _hundred(text: str, facts: list[Fact], run: list[int]) -> set[int]:
    """The run, if it is a list of weights; else nothing."""
    listed = [points(text[slice(*facts[position].span)]) or Decimal(0) for position in run]
    if listed and listed[-1] == _MOST:  # `预算执行率10分，产出指标50分，…，共100分`
        run, listed = run[:-1], listed[:-1]
    before = facts[run[0] - 1] if run and run[0] else None
    full = before is not None and before.name == "score" and points(text[slice(*before.span)]) == _MOST
    return set(run) if len(run) >= _LEAST and sum(listed) == _MOST and not full else set()


def _bracketed(text: str, fact: Fact, context: Context) -> bool:
    """Whether points stand alone in brackets behind a heading or a name that begins its sentence (`目标（5分）`)."""
    if text[fact.start - 1 : fact.start] != "(" or text[fact.end : fact.end + 1] != ")":
        return False
    if context.heading:
        return True
    low = max(text.rfind(stop, 0, fact.start) for stop in "。；;\n，,") + 1
    name = re.split("[、:]", text[low : fact.start - 1])[-1].removeprefix("其中")
    if _GOT_BEHIND.match(text, fact.end + 1) and (context.names_indicator(name) or _NAME.fullmatch(name)):
        return True  # `产出指标（50分）得48.1分`
    named = bool(_NUMBERED.match(text, low)) or context.names_indicator(text[low : fact.start - 1])
    return named and fact.start - low <= 20 and text[fact.end + 1 : fact.end + 2] in (":", "。", "，", ",", "")


def _of_entry(text: str, fact: Fact, context: Context) -> str | None:
    """`weight` for the points at the head of a list's entry (`公众宣传（5分）：…`), `score` for those right behind."""
    if context.heading or context.rules or context.cell_row is not None:
        return None
    for entry in entries(text):
        if entry.weight == fact.span:
            return "weight"
        if entry.end == fact.start and entry.reach == fact.end:
            return "score"
    return None


def _goes_on(text: str, at: int) -> bool:
    """Whether the sentence around text[at] goes on from the one before it (`其中：…`)."""
    low = max(text.rfind(stop, 0, at) for stop in "。！？\n") + 1
    return text.startswith(("其中", "分别", "具体"), low)


def _is_share(text: str, fact: Fact, behind: Fact) -> bool:
    """Whether the points behind are at most those of the fact, as a score is of what could be got (`6分，得5分`)."""
    most, got = (points(text[slice(*one.span)]) for one in (fact, behind))
    return most is not None and got is not None and got <= most


def _is_name(subject: str) -> bool:
    """Whether words may name an indicator, numbered or not."""
    return _NAME.fullmatch(_NUMBERED.sub("", subject, count=1)) is not None


def _full_behind(text: str, fact: Fact, behind: Fact | None) -> bool:
    """Whether brackets right behind the points give what could be got (`产出48.5分（满分50分）`)."""
    told = behind is not None and behind.name == "weight" and text[fact.end : behind.start] == "("
    return told and behind is not None and _is_share(text, behind, fact)


def _announced_by(text: str, tokens: Tokens, fact: Fact, behind: Fact | None, known: bool, subject: str) -> str | None:
    """`weight` or `score` for points without a word of their own, None if nothing makes them either."""
    part = known or subject.endswith(("指标", "类", "部分", "共", "共计", "满"))
    followed = behind is not None and behind.name in ("score", "self_score") and behind.tag in ("GET", "SCORE")
    if followed and behind is not None and text[fact.end : behind.start] in (",", "，", "、", ""):
        opened = not subject and text[fact.start - 1 : fact.start] in ("(", ",", "，")
        if part or ((opened or _is_name(subject)) and _is_share(text, fact, behind)):
            return "weight"
    if not known:
        return None
    for word, tag, (start, end) in reversed(list(zip(tokens.words, tokens.tags, tokens.spans, strict=True))):
        if start >= fact.start:
            continue
        if tag == "END" and word not in ";；" and not _goes_on(text, fact.start):
            return None
        if tag in ("SCORE", "TOTAL"):
            return "weight" if _FULL.match(text, end) and "总分" in word else "score"
        if tag in ("WEIGHT", "MAX"):
            return "score" if "加上" in text[end : fact.start] else "weight"
    return None

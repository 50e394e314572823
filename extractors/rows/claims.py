"""Claims about scores in prose (得分陈述): weight, score, rate, deduction, full mark, total and grade of a sentence."""

import re
from dataclasses import dataclass, field
from decimal import Decimal

from extractors.frozen import replace
from extractors.rows.announced import clause_start, settled
from extractors.rows.context import Context
from extractors.rows.entry_claims import with_entries
from extractors.rows.facts import Fact
from extractors.rows.labelled import is_label, labelled_lines
from extractors.rows.leads import label_subject, named_since, sentence_subject, stopped_label
from extractors.rows.model import Printed, Statement
from extractors.rows.part_scores import without_parts
from extractors.rows.rule_texts import states_rule
from extractors.rows.subjects import THIS, Subject, read_subject
from extractors.rows.text import Squeezed, points
from extractors.rows.tokens import Tokens

_EACH = re.compile(r"(?:依次|分别|各自|各|均)(?:自评|评价|实际)?$")
_LISTED = re.compile(r"分?[、和及](?:\d{1,3}(?:\.\d{1,2})?)分")
_ENDS = frozenset("。；;！!？?\n")
_STRONG_TOTAL = re.compile(
    r"绩效|综合评价|(?:评价|自评|项目)总|总体|整体|最终评价|评价最终|评价综合|自评综合|综合自评|项目综合|百分制"
)
_STOPS = re.compile(r"[。；;\n]")
_INCOMPARABLE = re.compile(
    r"口径(?:不同|不一致|有别)|与本(?:报告|次)[^。；]{0,8}(?:不同|不一致)|不(?:具|可|宜|能)[^。；]{0,4}(?:可比|比较|对比)"
)
_DIVIDED = re.compile(r"[,，;；]?(?:共|一共)?(?:分为|划分|分成|分[三四五]个?[级档等])")
_BEHIND_BRACKET = re.compile(r"\)?\s?\d{1,3}(?:\.\d+)?(?![\d%])")
_GRADED_TOTAL = re.compile(r"^(?:加权得分|综合自评)$")  # totals only where a grade follows
_TOTAL_WORD = re.compile(r"^总分|总得分|综合|最终|合计")
_OF_EVALUATION = frozenset(  # words that announce the score of an evaluation
    (
        *("评价得分", "自评得分", "自评分", "最终得分", "复核得分", "核定得分"),
        *("评价得", "自评得", "综合得", "评定得", "最终得"),
    )
)
_SELF = re.compile(r"自评")
# `另行打分，满分20分，本项目得12分`: a score of a rating with another full mark is not the report's total.
_OTHER_FULL = re.compile(r"(?:满分|分值|权重)(?:为|是)?(\d+(?:\.\d+)?)分[，,]$")
_FULL_MARKS = (100, 1000)
# `综合得分：91.5+3.5-1.5=93.5分`: what the points of a formula come to.
_RESULT = re.compile(r"[\d.(][\d.%()+×xX*÷/−-]{2,40}=(\d+(?:\.\d+)?分)(?![\d.%()+×xX*÷/−=-])")
_NEXT_RATE = re.compile(r"[；;][^；;。]*?[\u4e00-\u9fff]{2,10}[率度](?:为|达到?)?\s?\d[\d.]*\s?[%％]")
_OTHERS_WORK = re.compile(
    r"对[^，。；]{2,30}?(?:质量|机构|公司|企业|供应商|承包商|服务商)进行了?(?:打分|评分|考核|考评|量化评价)[，,](?:得分\s?[\d.]+分[，,]\s?)?"
    r"(?:等[次级](?:为|是)?[“\"]?)?$"
)
_OF_SEVERAL = re.compile(
    r"(?:其余|其他|其它|剩余|剩下|余下)[^，,。]{0,8}(?:\d|[一二三四五六七八九十两几多各])?[项个类]|各项|两项|三项"
    r"|(?:[\u4e00-\u9fff]{2,12}、){2}[\u4e00-\u9fff]{2,12}?[均都][^，,。；]{0,12}[，,]"
)
_GOT_BY = re.compile(r"(?<![取获心])得分?[为是:=]?(?=[\d(])")
_FORMULA = re.compile(r"\s?[-−+×xX*÷/]\s?[（(\d]")  # `得分=10-（90-80）×0.2=8分` begins with no score
_TIMES = "×*÷"  # `执行率×2分` is how a score is worked out
_HUNDRED = re.compile(r"^100(?:\.0+)?(?:分)?$")
_RATED = re.compile(r"(?:开展|进行|组织|完成|实施)了?[^，。；]{0,10}(?:绩效自评|绩效评价)(?:工作)?[，,]$")
_DATED = re.compile(r"(?:19|20)\d\d\s?年度?[\u4e00-\u9fff]{4,}")  # `2023年农机补贴资金自评得分97分，等级为优`
_STAGE = re.compile(r"原始|基础|[折换]算|折合")  # totals of one rating, made into one another
_OF_GROUP = re.compile(r"(?:[本该此][组类]|一级指标|各组)(?:指标)?百分制")  # `本组百分制得分90分，加权后13.5分`
_CLOSE = 6  # characters before a score in which its group is named
_FAR = 40  # characters before a claim that may say of what it is the result
_ATTRIBUTES = ("weight", "score", "self_score", "score_rate")


@dataclass(slots=True)
class Group:
    """Facts of one subject, collected along a sentence.

    start, end: of the text they span. graded, followed: a grade, another score stands behind them in the sentence.
    """

    subject: Subject
    start: int
    end: int
    graded: bool = False
    followed: bool = False
    words: list[str] = field(default_factory=list)
    values: list[tuple[str, Printed]] = field(default_factory=list)

    def has(self, name: str) -> bool:
        """Whether a value of this name is in."""
        return any(known == name for known, _ in self.values)


def read_claims(text: Squeezed, tokens: Tokens, facts: list[Fact], context: Context) -> list[Statement]:
    """The score claims, deductions, full marks, totals and grades that a text states, in order, from its `facts`."""
    facts = _with_results(text.text, facts, tokens)
    if not facts:
        return []
    placed: list[tuple[int, Statement]] = []
    group: Group | None = None
    grades = [fact for fact in facts if fact.kind == "grade"]
    facts = settled(text.text, tokens, facts, context)
    ended = 0
    for fact in facts:
        if (
            states_rule(text.text, fact, context)
            or _FORMULA.match(text.text, fact.span[1])
            or text.text[max(fact.span[0] - 1, 0)] in _TIMES
            or "分别" in text.text[fact.start : fact.span[0]]
            or _of_several(text.text, fact)
            or _of_another_system(text.text, fact)
            or (
                fact.kind == "full-mark"
                and _OF_SEVERAL.search(text.text, _sentence_of(text.text, fact.start), fact.start)
            )
        ):
            continue
        low = clause_start(text.text, fact.start, ended if ended <= fact.start else 0)
        subject = read_subject(text, tokens, low, fact.start, context)
        if subject.open and ended <= fact.start:
            subject = named_since(text, ended, fact.start, context) or subject
        ended = fact.end
        if fact.name == "score" and subject.open:
            subject = _deducted_from(text, fact, placed) or subject
        if fact.name not in _ATTRIBUTES:
            subject = _topic(text, subject.inherit(_topic_before(text.text, group, fact)), fact, context)
            placed.append((fact.start, _single(text, fact, subject, low, context)))
            continue
        if group is None or not _continues(text.text, group, fact, subject):
            placed += _close(text, group, context)
            subject = _topic(text, subject, fact, context)
            if subject.open and fact.name == "score" and any(_claims(found) for _, found in placed):
                subject = sentence_subject(text, fact.start, context, known_only=False) or subject
            later = [other for other in facts if other.name == "score"]
            group = Group(
                subject,
                low,
                fact.end,
                graded=_follows(text.text, fact, grades) or bool(_RATED.search(text.text[max(low - _FAR, 0) : low])),
                followed=_follows(text.text, fact, later),
            )
        group.end = fact.end
        group.words.append(fact.word)
        group.values.append((fact.name, text.printed(*fact.span, group.start, fact.end)))
    placed += _close(text, group, context)
    placed = [(at, _of_another_rating(text.text, at, one)) for at, one in placed]
    placed.sort(key=lambda item: item[0])
    if placed and not context.rules and context.cell_row is None:
        placed = without_parts(text, with_entries(text, _with_labelled(text, placed, context), context))
    return _without_rivals(text.text, placed)


def _of_another_system(text: str, fact: Fact) -> bool:
    """Whether a fact stands in the brackets behind another system, told as such (`（产出50分…），与本报告口径不同`), is
    a group's score out of a hundred, not yet weighted, or that of somebody's work (`对自评质量进行了打分，得79分`)."""
    if _OTHERS_WORK.search(text, max(fact.start - _FAR, 0), fact.start):
        return True
    if fact.kind == "score" and _OF_GROUP.search(text, max(fact.start - _CLOSE, 0), fact.span[0]):
        return True
    bracketed = text.rfind("(", 0, fact.start) > text.rfind(")", 0, fact.start)
    end = _STOPS.search(text, fact.end) if bracketed else None
    return bracketed and _INCOMPARABLE.search(text, fact.end, end.start() if end else len(text)) is not None


def _of_several(text: str, fact: Fact) -> bool:
    """Whether a score is the first of a list, one for each of several things: `三个片区依次得8分、8分、7分`."""
    if fact.name not in ("score", "self_score") or fact.tag == "TOTAL":
        return False
    return bool(_EACH.search(text, max(fact.start - 4, 0), fact.start) or _LISTED.match(text, fact.span[1]))


def _with_results(text: str, facts: list[Fact], tokens: Tokens) -> list[Fact]:
    """The facts, scores told by a formula (`得4×99.2%=3.97分`) with what it comes to."""
    done = []
    for fact in facts:
        result = _RESULT.match(text, fact.span[0]) if fact.name == "score" else None
        done.append(fact if result is None else replace(fact, span=result.span(1), end=result.end(1)))
    if "=" not in text or not tokens.spans:
        return done
    known = {fact.span for fact in done if fact.name == "score"}
    for got in _GOT_BY.finditer(text, tokens.spans[0][0]):
        result = _RESULT.match(text, got.end())
        if result is not None and result.span(1) not in known:
            done = [fact for fact in done if fact.span != result.span(1)]  # points that no word announced
            done.append(Fact("score", "score", "得", "GET", got.start(), result.end(1), result.span(1)))
    return sorted(done, key=lambda fact: fact.start)


def _with_labelled(
    text: Squeezed, placed: list[tuple[int, Statement]], context: Context
) -> list[tuple[int, Statement]]:
    """The claims, those inside a line of labelled values with its target and actual value, and with its name."""
    for line in labelled_lines(text):
        inside = [index for index, (at, one) in enumerate(placed) if line.low <= at < line.end and _scores(one)]
        if len(inside) != 1:
            continue
        at, claim = placed[inside[0]]
        if claim.subject is not None and is_label(claim.subject.text):
            claim = replace(claim, subject=None, role=THIS if claim.subject.text.startswith(THIS) else claim.role)
        name = line.name or (context.above if claim.subject is None else None)
        if name is not None:
            claim = replace(claim, subject=name, role=THIS)
        placed[inside[0]] = (at, replace(claim, values=line.values + claim.values))
    return placed


def _of_another_rating(text: str, at: int, statement: Statement) -> Statement:
    """The statement; no total where the clause before gives another full mark than the report's."""
    full = _OTHER_FULL.search(text, max(at - 16, 0), at) if statement.kind == "total" else None
    if full is None or Decimal(full[1]) in _FULL_MARKS:
        return statement
    return replace(statement, kind="score-claim")


def _scores(statement: Statement) -> bool:
    """Whether a statement gives the weight or score of an indicator."""
    return statement.kind == "score-claim" and any(name in ("weight", "score") for name, _ in statement.values)


def _topic_before(text: str, group: Group | None, fact: Fact) -> Subject | None:
    """Whom the words before speak of; a name does not reach past its sentence, the next may be about another."""
    if group is None:
        return None
    between = text[group.end : fact.start]
    # Behind `；` the next is spoken of where it has a rate of its own: `甲得2分；…乙率91.43%，扣0.5分`.
    ended = any(stop in between for stop in "。！？\n") or bool(_NEXT_RATE.search(between))
    return None if ended and group.subject.printed is not None else group.subject


def _deducted_from(text: Squeezed, fact: Fact, placed: list[tuple[int, Statement]]) -> Subject | None:
    """Whom the words right before take points from (`制度执行有效性扣1分，得4分`), where they name somebody."""
    before = placed[-1][1] if placed else None
    if before is None or before.kind != "deduction" or before.subject is None or before.role:
        return None
    low = _sentence_of(text.text, fact.start)
    if sum(at >= low and one.kind == "deduction" for at, one in placed) > 1:
        return None  # `甲扣0.2分，乙扣0.4分，得4.4分`: what both are parts of
    taken = before.values[0][1].text
    close = text.text[max(fact.start - len(taken) - 1, 0) : fact.start]
    return Subject(printed=before.subject, names_indicator=True) if close in (f"{taken}，", f"{taken},") else None


def _topic(text: Squeezed, subject: Subject, fact: Fact, context: Context) -> Subject:
    """A subject left open is the sentence's or paragraph's label, or the known indicator the sentence begins with.

    `该指标` without a level is the indicator that the paragraph's label names, if it names one.
    """
    if context.heading or not (subject.open or subject.role == THIS):
        return subject
    label = label_subject(text, fact.start, context)
    if subject.this:
        named = label if label is not None and label.names_indicator else stopped_label(text, fact.start, context)
        return named or subject
    return label or sentence_subject(text, fact.start, context, known_only=True) or subject


def _claims(statement: Statement) -> bool:
    """Whether a statement gives an indicator's or the report's score."""
    return statement.kind in ("score-claim", "total") and statement.value("score") is not None


def _without_rivals(text: str, placed: list[tuple[int, Statement]]) -> list[Statement]:
    """The statements; totals of several subjects in one sentence (甲县91分，乙县85分) are nobody's total."""
    subjects: dict[int, set[str]] = {}
    for at, statement in placed:
        if statement.kind == "total" and statement.subject is not None and not _STAGE.search(statement.subject.text):
            subjects.setdefault(_sentence_of(text, at), set()).add(statement.subject.text)
    if not subjects:
        return [statement for _, statement in placed]
    return [
        replace(statement, kind="score-claim")
        if statement.kind == "total" and len(subjects.get(_sentence_of(text, at), ())) > 1
        else statement
        for at, statement in placed
    ]


def _sentence_of(text: str, at: int) -> int:
    """Where the sentence around text[at] begins."""
    return max(map(text[:at].rfind, "。！？\n")) + 1


def _follows(text: str, fact: Fact, others: list[Fact]) -> bool:
    """Whether one of the others stands in the fact's own sentence, behind it."""
    nearest = next((other for other in others if other.start >= fact.end), None)
    return nearest is not None and not any(stop in text[fact.end : nearest.start] for stop in "。！？\n")


def _continues(text: str, group: Group, fact: Fact, subject: Subject) -> bool:
    """Whether a fact speaks of the group's subject: nothing new is named, and what it states is not yet known."""
    if group.has(fact.name):
        return False
    if text.startswith("(", group.end) and ")" not in text[group.end : fact.start]:
        return True  # `决策类得分15.5分（满分18分）`
    if not subject.continues(group.subject):
        return False
    if _of_another_measure(text, fact, group):
        return False
    between = text[group.end : fact.start]
    stops = sum(1 for character in between if character in _ENDS)
    return stops == 0 or (stops == 1 and len(between) <= 3 and "\n" not in between)


def _of_another_measure(text: str, fact: Fact, group: Group) -> bool:
    """Whether a fact cannot belong to what the group already states: another full mark, another rating."""
    if fact.tag == "TOTAL" and group.subject.printed is not None and _exceeds(text, fact, group):
        return True  # `另设加分项（满分2分），最终得分93分`
    if fact.name == "weight" and _scored_otherwise(text, fact, group):
        return True  # `6月份考核得分88.4分，…扣2分，满分5分，得3分`
    return fact.name == "score" and group.has("self_score") and not group.has("weight")  # two totals in turn


def _exceeds(text: str, fact: Fact, group: Group) -> bool:
    """Whether a score is more than the weight that the group holds."""
    weight = next((printed.text for name, printed in group.values if name == "weight"), "")
    most, got = points(weight), points(text[slice(*fact.span)])
    return most is not None and got is not None and got > most


def _scored_otherwise(text: str, fact: Fact, group: Group) -> bool:
    """Whether the group's score is so much more than a weight that it was given by another measure."""
    score = next((points(printed.text) for name, printed in group.values if name == "score"), None)
    weight = points(text[slice(*fact.span)])
    return score is not None and weight is not None and score > 2 * weight


def _single(text: Squeezed, fact: Fact, subject: Subject, low: int, context: Context) -> Statement:
    """A deduction, a full mark or the like: a statement of its own."""
    values = ((fact.name, text.printed(*fact.span, low, fact.end)),)
    return _statement(fact.kind, values, subject, text, low, fact.end, context)


def _close(text: Squeezed, group: Group | None, context: Context) -> list[tuple[int, Statement]]:
    """What a finished group states, with its place: a score claim or the report's total."""
    if group is None:
        return []
    kind = _kind(group, context)
    values = tuple(group.values)
    first, printed = values[0]
    if kind != "score-claim":
        values = tuple(("score" if name == "self_score" else name, value) for name, value in values)
    full = group.words[0] in ("总分", "总分数") or (group.words[0].endswith("总分") and group.followed)
    full = full or bool(_BEHIND_BRACKET.match(text.text, group.end))  # `总得分（100） 89.38`
    full = full or bool(_DIVIDED.match(text.text, group.end))  # `评价总分100分，分为四个等级`
    if kind == "total" and first == "score" and full and _is_hundred(printed):
        values = (("weight", printed), *values[1:])
    return [(group.start, _statement(kind, values, group.subject, text, group.start, group.end, context))]


def _kind(group: Group, context: Context) -> str:
    """`total` where the words or the subject speak of the whole, else `score-claim`."""
    only_weight = all(name == "weight" for name, _ in group.values)
    hundred_only = only_weight and _is_hundred(group.values[0][1])
    if hundred_only and (group.subject.printed is None or "满分" in group.words[0]) and not group.subject.this:
        return "total"  # `其中决策20分、过程25分、产出30分、效益25分，满分100分`
    whole = group.subject.project and any(word.startswith(("总得分", "总分")) for word in group.words)
    if group.subject.this or group.subject.part or (group.subject.names_indicator and not whole):
        return "score-claim"  # `项目绩效总得分93分` is the whole's, also where an indicator is called 项目绩效
    if group.subject.foreign or not any(group.has(name) for name in ("score", "self_score", "weight")):
        return "score-claim"
    words = [word for word in group.words if group.graded or not _GRADED_TOTAL.match(word)]
    strong = any(_GRADED_TOTAL.match(word) or _STRONG_TOTAL.search(word) or word.startswith("项目") for word in words)
    if context.heading or (context.below_indicator and not strong):
        return "score-claim"
    hundred = all(_is_hundred(printed) for name, printed in group.values if name == "weight")
    spoken = hundred and any(_TOTAL_WORD.search(word) for word in words)
    evaluated = group.graded or (context.conclusion and not _OF_EVALUATION.isdisjoint(group.words))
    named = group.subject.printed
    dated = named is not None and context.conclusion and group.graded and bool(_DATED.match(named.text))
    concluded = (named is None or dated) and hundred and evaluated
    if strong or spoken or group.subject.project or concluded:
        own = context.self_evaluation or group.has("score") or group.has("weight")
        return "total" if own else "self-total"
    return "score-claim"


def _is_hundred(printed: Printed) -> bool:
    """Whether a value is 100 points."""
    return bool(_HUNDRED.match(printed.text.replace(" ", "")))


def _statement(
    kind: str,
    values: tuple[tuple[str, Printed], ...],
    subject: Subject,
    text: Squeezed,
    start: int,
    end: int,
    context: Context,
) -> Statement:
    """One statement with its place."""
    return Statement(
        kind=kind,
        values=values,
        span=text.place(start, end) if end > start else values[0][1].span,
        subject=subject.printed,
        role=subject.role,
        path=context.path,
        cell_row=context.cell_row,
        annex=context.annex,
    )

"""Check: a number told again in the same words has its digits in the same order (数字换位)."""

import re
from collections.abc import Iterator
from itertools import takewhile

from extractors.frozen import replace
from pipeline.checks.facts import Facts
from pipeline.checks.figures import Figure
from pipeline.checks.model import Check, Operand, Relation
from pipeline.checks.shared_words import shares
from pipeline.checks.texts import last_clause
from pipeline.checks.wording import quote, where

RULE = "digits-exchanged"
_ROLES = re.compile(
    r"预算|支出|到位|计划|目标|完成|实际|合同|中标|结余|结转|下达|安排|收入|新增|累计|上年|去年|同期|增加|减少|其中|应|未|不"
)
_YEARS = re.compile(r"(?:19|20)\d\d(?=\s?年|[—–~～-])")
_FILLING = re.compile(
    r"[^\u4e00-\u9fff]|全年|年度?|截[至止]|[月日]底?|末|项目|实际|累计|其中|[共已约的为]|本[年次]|当年|合计"
)
_TAIL = 3  # characters at the end of two names that tell one kind of thing
_SURVEYED = "满意度"  # the one rate looked at: others follow from numbers, and are many
_LEAST, _LONG = 3, 5  # digits of a number that is looked at; of one that is not like another by chance
_WORDS = {True: 3, False: 4}  # characters in a row that both contexts share, by whether the numbers are long
_MOST = 1500  # numbers compared; a report with more is a list of records
_CROWD = 6  # numbers of the same digits and unit; more of them are a list


def _test(facts: Facts) -> Iterator[Relation]:
    alike: dict[tuple[str, str, int], list[Figure]] = {}
    told: dict[tuple[str, str], list[Figure]] = {}
    surveyed = _is_surveyed(facts)
    for one in facts.figures[:_MOST]:
        if one.bound or len(one.bare) < _LEAST:
            continue
        digits = _digits(one)
        if len(digits) < _LEAST:
            continue
        if one.unit != "%" or (surveyed and _SURVEYED in one.near):
            alike.setdefault(("".join(sorted(digits)), one.unit, one.power), []).append(one)
            told.setdefault((digits, one.unit), []).append(one)
    for known in alike.values():
        if 1 < len(known) <= _CROWD:
            yield from _of_digits(known, told)


def _is_surveyed(facts: Facts) -> bool:
    """Whether the report speaks of satisfaction at all."""
    if _SURVEYED in facts.all_text.sentences or _SURVEYED in facts.all_text.tables:
        return True
    return any(_SURVEYED in row.name.text for row in facts.report.rows.indicators)


def _passage(one: Figure) -> tuple[object, ...]:
    """The paragraph, or the row of a table, that prints it."""
    return one.place if one.place[0] == "cell" else one.place[:2]


def _digits(one: Figure) -> str:
    """Its digits without the point and without zeros in front."""
    return one.bare.lstrip("0")


def _of_digits(known: list[Figure], told: dict[tuple[str, str], list[Figure]]) -> Iterator[Relation]:
    """Every two of them: equal numbers in the same words hold; two neighbours exchanged fail, unless told together."""
    for number, one in enumerate(known):
        for other in known[number + 1 :]:
            equal = one.value == other.value
            if _passage(one) == _passage(other) or not (equal or _exchanged(one, other)) or not _same_words(one, other):
                continue
            places, others = told[_digits(one), one.unit], told[_digits(other), other.unit]
            if equal or (min(len(places), len(others)) == 1 and _apart(places, others)):
                yield _relation(one, other)


def _apart(some: list[Figure], others: list[Figure]) -> bool:
    """Whether no passage tells both."""
    return set(map(_passage, some)).isdisjoint(map(_passage, others))


def _exchanged(one: Figure, other: Figure) -> bool:
    """Whether one is the other with two neighbouring digits exchanged."""
    left, right = one.bare, other.bare
    if len(left) != len(right):
        return False
    wrong = [at for at, (mine, theirs) in enumerate(zip(left, right, strict=True)) if mine != theirs]
    round_ones = max(one.weight, other.weight) < _LEAST
    return len(wrong) == 2 and wrong[1] == wrong[0] + 1 and not round_ones


def _same_words(one: Figure, other: Figure) -> bool:
    """Whether both are told of one thing: shared words, the same stage of money or work, no other year."""
    long = len(_digits(one)) >= _LONG
    if one.unit == "元" and not long:
        return False
    if roles_of(one) != roles_of(other) or are_siblings(one, other):
        return False
    years, others = years_of(one), years_of(other)
    if years and others and years != others:
        return False
    if one.unit == "%":
        return _SURVEYED in _before(one) and _SURVEYED in _before(other)
    if not long and not _stretch(_before(one), _before(other)):
        return False
    least = _WORDS[long]
    return (
        shares(one.tight, other.tight, least)
        or shares(one.near, other.tight, least)
        or shares(one.tight, other.near, least)
    )


def roles_of(one: Figure) -> frozenset[str]:
    """The words right before a number that tell its stage of money or work (预算, 支出, 上年)."""
    return frozenset(_ROLES.findall(_before(one)))


def are_siblings(one: Figure, other: Figure) -> bool:
    """Whether both are called alike at the end and each otherwise before it (东片绿化带补植, 西片绿化带补植), or stand
    in rows of tables with two names."""
    if one.tabled or other.tabled:
        rows = {figure.tight.partition("|")[0] for figure in (one, other)}
        return one.tabled and other.tabled and len(rows - {""}) == 2  # cells of two rows: 大营镇 and 二季度
    names = [last_clause(_before(figure), "，,、；;：（(") for figure in (one, other)]
    backwards = zip(*(reversed(name) for name in names), strict=False)
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], backwards))
    heads = [_FILLING.sub("", name[: len(name) - shared]) for name in names]
    return shared >= _TAIL and all(heads)


def years_of(one: Figure) -> frozenset[str]:
    """The years told with a number."""
    return frozenset(_YEARS.findall(one.near))


def _stretch(one: str, other: str) -> bool:
    """Whether the words right before two numbers have a stretch of any words in common (按时完成)."""
    size = _WORDS[False]
    return any(one[at : at + size] in other for at in range(len(one) - size + 1))


def _before(one: Figure) -> str:
    """The words right before a number of the text; row and head of one in a table."""
    return one.tight if one.tabled and not one.tight.startswith("|") else one.tight.partition("|")[0]


def _relation(one: Figure, other: Figure) -> Relation:
    same = one.value == other.value
    relation = Relation(
        RULE,
        "consistent" if same else "inconsistent",
        (Operand.of_figure(one, "reported"),),
        (Operand.of_figure(other, "restated", one.key),),
        formula=f"{one.text} {'=' if same else '≠'} {other.text}",
        reported=other.text,
        computed=one.text,
        difference=other.value - one.value,
        severity="warning",
    )
    if same:
        return relation
    return replace(
        relation,
        title=f"数字前后不一致：{one.text} 与 {other.text}，相邻两位互换",
        message=f"{where(one.span)}“{quote(one.span, one.text)}”与{where(other.span)}“{quote(other.span, other.text)}”"
        f"表述的对象相同，两数只是相邻两位数字互换。",
    )


CHECK = Check(
    rule=RULE,
    name="数字换位",
    what="A number told again beside the same words does not differ from itself by two neighbouring digits exchanged.",
    why="Digits are exchanged in typing; two different results seldom differ so.",
    formula="one number = the other",
    tolerance="equality; three digits or more, the same unit, stage and words; one of the two is printed once only",
    severity="warning",
    source="财预〔2020〕10号第二十五条（数据真实、逻辑清晰）",
    test=_test,
    fold="alone",
    agrees=("题 一、 成效；文 接到维修工单412件，按时完成309件。；题 二、 问题；文 全年按时完成维修工单309件。",),
    disagrees=(
        "题 一、 成效；文 接到维修工单412件，按时完成309件。；题 二、 问题；文 全年按时完成维修工单390件。",
        "题 一、 成效；文 调查显示居民满意度为92.80%。；题 二、 调查；文 居民满意度92.08%。",
    ),
    false_alarms=(
        "numbers of other years, stages or rows",
        "numbers that are each told several times, or both in one paragraph",
    ),
)

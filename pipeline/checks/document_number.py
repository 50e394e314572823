"""Check: document numbers are filled in, and one document bears one number (发文字号)."""

import re
from collections.abc import Iterator

from extractors.frozen import frozen
from extractors.provenance import SourceSpan
from pipeline.checks.facts import Facts
from pipeline.checks.model import Check, Operand, Relation
from pipeline.checks.relate import undecided
from pipeline.checks.spotted import spotted
from pipeline.checks.wording import where

RULE = "document-number"
_NUMBER = re.compile(
    r"(?P<title>《[^《》]{4,60}》\s*)?[(（]?(?P<prefix>[\u4e00-\u9fff]{1,12})\s*"
    r"[〔\[［【(（]\s*(?P<year>(?:19|20)\d\d)\s*[〕\]］】)）]\s*第?\s*(?P<number>\d{1,4}|[xX×＊*]{1,4}|_{1,6})?\s*号"
)


@frozen
class Reference:
    """One document number as printed (文号). number: '' if left blank. title: of the document named with it, or ''."""

    title: str
    prefix: str
    year: str
    number: str
    span: SourceSpan

    @property
    def text(self) -> str:
        """The number as it should be printed."""
        return f"{self.prefix}〔{self.year}〕{self.number or ' '}号"


def references(facts: Facts) -> list[Reference]:
    """Every document number in the running text."""
    found = []
    for sentence in facts.saying("号"):
        for match in _NUMBER.finditer(sentence.text):
            number = (match["number"] or "") if (match["number"] or "").isdigit() else ""
            title = re.sub(r"\s|[《》]", "", match["title"] or "")
            span = sentence.span(match.start(), match.end())
            found.append(Reference(title, match["prefix"], match["year"], number, span))
    return found


def _test(facts: Facts) -> Iterator[Relation]:
    found = references(facts)
    blank = [one for one in found if not one.number]
    if blank:
        yield _left_blank(blank, [one for one in found if one.number and _same_series(one, blank)])
    by_title: dict[str, Reference] = {}
    for one in found:
        if one.number and one.title:
            first = by_title.setdefault(one.title, one)
            if first is not one:
                yield _compared(first, one)


def _same_series(one: Reference, blank: list[Reference]) -> bool:
    return any((one.prefix, one.year) == (other.prefix, other.year) for other in blank)


def _left_blank(blank: list[Reference], filled: list[Reference]) -> Relation:
    places = [Operand("text.number", "witness", one.text, None, one.span) for one in filled]
    places += [Operand("text.number", "operand", one.text, None, one.span) for one in blank]
    hint = f"；同一字头在{where(filled[0].span)}写作“{filled[0].text}”" if filled else ""
    listed = "、".join(f"{where(one.span)}“{one.text}”" for one in blank)
    return spotted(
        RULE,
        "text.number.blank",
        places,
        title=f"文号未填写：{blank[0].text}",
        message=f"{listed}的文号空缺{hint}。",
        reported=blank[0].text,
        severity="info",
    )


def _compared(first: Reference, other: Reference) -> Relation:
    same = (first.prefix, first.year, first.number) == (other.prefix, other.year, other.number)
    left = Operand("text.number", "reported", first.text, None, first.span)
    right = Operand(f"text.number.{first.title}", "restated", other.text, None, other.span)
    if same or first.prefix != other.prefix:
        relation = Relation(
            RULE, "consistent", (left,), (right,), f"{first.text} = {other.text}", other.text, first.text
        )
        return relation if same else undecided(relation, "两处文号字头不同，可能为不同文件")
    return Relation(
        RULE,
        "inconsistent",
        (left,),
        (right,),
        f"{first.text} ≠ {other.text}",
        other.text,
        first.text,
        title=f"同一文件两处文号不同：{first.text} 与 {other.text}",
        message=f"《{first.title}》在{where(first.span)}的文号为“{first.text}”，在{where(other.span)}为“{other.text}”。",
        severity="warning",
    )


CHECK = Check(
    rule=RULE,
    name="发文字号",
    what="Every document number is filled in, and a document named twice bears one number.",
    why="A blank number shows a passage that was never finished; the basis of the money cannot be looked up.",
    formula="number of a document = its number elsewhere",
    tolerance="equality, brackets and blanks apart",
    severity="info",
    source="财预〔2020〕10号第二十五条（依据充分）",
    test=_test,
    fold="alone",
    agrees=(
        "文 依据《关于下达资金的通知》（云财建〔2022〕18号）。；文 《关于下达资金的通知》（云财建〔2022〕18 号）。",
    ),
    disagrees=(
        "文 按照通知（云财绩〔2022〕 号）要求开展自评。",
        "文 依据《关于下达资金的通知》（云财建〔2022〕18号）。；文 《关于下达资金的通知》（云财建〔2022〕81号）。",
    ),
    false_alarms=("two documents of one title from different offices",),
)

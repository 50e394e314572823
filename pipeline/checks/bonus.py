"""Points beside the indicators (加分、扣分项): a total that they raise or lower is no sum of the indicators alone."""

import re
from collections.abc import Iterator
from decimal import Decimal

from pipeline.checks.facts import Facts

_WORD = re.compile(r"(?P<more>加分|附加分|奖励分|附加项|另加|加(?=\d))|(?P<less>扣分项|减分|倒扣|总分扣|扣分合计)")
_MARK = re.compile(  # each way begins with a character: the scanner leaps to these
    r"加分|附加分|附加项|奖励分|加减分|设[^，。；]{0,6}扣分项|在[^，。；]{0,6}扣分项|有[^，。；]{0,6}扣分项"
)
_MARKS = ("加分", "附加", "奖励分", "加减分", "扣分项")  # one stands in all that _MARK finds
_POINTS = re.compile(r"[+＋]?(\d{1,2}(?:\.\d{1,2})?)(?:\s?分|$)")
_MOST = 60  # characters behind the word in which its points stand


def explained(facts: Facts, difference: Decimal) -> bool:
    """Whether points that the report gives or takes beside its indicators make up a difference of the total."""
    more: set[Decimal] = set()
    less: set[Decimal] = set()
    for text in _told(facts):
        for word in _WORD.finditer(text):
            own = more if word["more"] else less
            own |= {Decimal(points[1]) for points in _POINTS.finditer(text, word.end(), word.end() + _MOST)}
    ways = more | less | {-points for points in less} | {one - other for one in more for other in less}
    return difference in ways


def _told(facts: Facts) -> Iterator[str]:
    """The sentences, and the rows of tables, of a report that names points added; nothing of any other report."""
    rows = [
        " ".join([one.name, *(f"{mention.text}分" for mention in one.all("score"))]) for one in facts.report.indicators
    ]
    printed = "\n".join([facts.all_text.sentences, *rows])
    if not any(word in printed for word in _MARKS):
        return  # as nearly always
    for one in facts.report.indicators:
        if one.parent is not None and _MARK.search(facts.report.indicators[one.parent].name):
            rows.append(" ".join(["加分", *(f"{mention.text.rstrip('分')}分" for mention in one.all("score"))]))
    texts = [*(sentence.text for sentence in facts.sentences), *rows]
    if any(map(_MARK.search, texts)):
        yield from filter(_WORD.search, texts)

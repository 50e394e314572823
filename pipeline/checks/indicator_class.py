"""Check: an indicator stands in the class that its name belongs to (指标归类)."""

import re
from collections.abc import Iterator

from normalizers.names import bare
from pipeline.checks.facts import Facts
from pipeline.checks.model import Check, Operand, Relation
from pipeline.checks.spotted import spotted
from pipeline.checks.wording import where

RULE = "indicator-class"
_PROCESS = re.compile(
    r"资金使用合规|资金到位|预算执行率|资金支付率|支出合规|制度(?:健全|执行)|程序规范|立项依据|监管制度|会计核算|专款专用"
)
_ACHIEVED = re.compile(r"影响|推动|促进|带动|提升|改善|增强|完善|作用")  # 对推动制度健全的影响: what came of the money
_BENEFIT = re.compile(r"效益|满意|可持续")


def _test(facts: Facts) -> Iterator[Relation]:
    for indicator in facts.report.indicators:
        if not _PROCESS.search(bare(indicator.name)) or _ACHIEVED.search(indicator.name):
            continue
        path = next((name for name in reversed(indicator.path) if _BENEFIT.search(name)), None)
        if path is None:
            continue
        above = Operand("text.class", "operand", path, None, indicator.span)
        own = Operand("text.class", "operand", indicator.name, None, indicator.span)
        yield spotted(
            RULE,
            f"i{indicator.index}.class",
            [above, own],
            title=f"“{indicator.name}”归入“{path}”",
            message=f"{where(indicator.span)}“{indicator.name}”考核资金管理，却列在“{path}”之下，归类不当。",
            reported=indicator.name,
            severity="info",
        )


CHECK = Check(
    rule=RULE,
    name="指标归类",
    what="Indicators of how money was managed do not stand among those of what it achieved.",
    why="A rule kept is no benefit; counted as one it fills points that no result earned.",
    formula="class of the name = class it stands in",
    tolerance="a closed list of names of the national framework, and only below 效益 and 满意度",
    severity="info",
    source="财预〔2020〕10号附2（过程指标：资金管理、组织实施）",
    test=_test,
    fold="alone",
    silent=True,
    agrees=("评分表 过程/资金使用合规性 权重 5 得分 5",),
    disagrees=("评分表 效益指标/资金使用合规性 权重 5 得分 5",),
    false_alarms=("a benefit that names the rules it brought about (对推动制度健全的影响)",),
)

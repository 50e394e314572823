"""How records are said to auditors (用语): Chinese names of codes, places, and text made safe to show."""

import re
from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from normalizers.units import YUAN

SEVERITY = {"decisive": "影响结论", "error": "数据矛盾", "warning": "需要关注", "info": "文字提示"}
SEVERITY_MEANING = {
    "decisive": "取矛盾两方中的另一数值重算，等级或评价结论会改变",
    "error": "报告所载的数字互相矛盾",
    "warning": "值得看一眼，未必是错误",
    "info": "用词、编号等文字问题",
}
VERDICT = {
    "consistent": "一致",
    "rounding": "四舍五入内一致",
    "inconsistent": "不一致",
    "indeterminate": "无法判断",
}
STATUS = {"read": "已读", "partly read": "部分已读", "refused": "未读", "failed": "失败"}
KIND = {
    "external_evaluation": "绩效评价报告",
    "self_evaluation": "绩效自评报告",
    "overall_expenditure": "部门整体支出评价",
    "target_declaration": "绩效目标申报表",
    "blank_form": "空白表",
    "other": "其他文件",
}
ROLE = {
    "reported": "报告所载",
    "operand": "计算依据",
    "restated": "另处所载",
    "witness": "旁证",
    "claim": "文字说法",
    "target": "目标值",
    "threshold": "等级界限",
}
AMOUNT_ROLE = {
    "budget_original": "年初预算",
    "budget_adjusted": "调整后预算",
    "recovered": "收回",
    "arrived": "到位",
    "spent": "支出",
    "contract": "合同",
    "saved": "节约",
    "subsidy_rate": "补贴标准",
    "outcome": "产出效益金额",
    "execution_rate": "预算执行率",
    "arrival_rate": "资金到位率",
    "other": "其他",
}
ORIGIN = {"text": "原文", "text-repaired": "修复后文字", "ocr": "图像识别"}
OBSERVATION = {
    "figures-differ": "同一项目数字不同",
    "same-project": "同一项目各年度",
    "near-duplicate": "文字雷同",
    "copied-passages": "语句相同",
    "uniform-full-marks": "各项指标全部满分",
    "above-limit": "总分集中在等级界限之上",
}
METHOD = {"geometry": "按版面位置", "language-model": "按语言模型"}
SCALE_SOURCE = {"report": "报告自定", "national": "国家标准"}
COVERAGE = {
    "numbers_seen": "数字",
    "numbers_linked": "已关联",
    "numbers_checked": "已核对",
    "tables_seen": "表格",
    "tables_understood": "已识别",
    "rows_seen": "表格行",
    "rows_understood": "已识别",
}

_CHANGES, _PLACES = 6, 4  # changes of one way, and places of one change, that are named

# Control characters, line separators and marks that turn the direction of writing: never shown as themselves.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def visible(text: str) -> str:
    """`text` on one line, with what a screen would hide or obey written as an escape (`\\x1b`)."""
    return _UNSEEN.sub(lambda match: match[0].encode("unicode_escape", "surrogatepass").decode("ascii"), text)


def place(evidence: Mapping[str, Any], head: str = "", row_only: bool = False) -> str:
    """Where to look: `第 12 行`, `第 3 页`, with the cell, or its row only; head: of the cell's column, if known."""
    where = f"第 {evidence['page']} 页" if evidence["page"] is not None else ""
    if not where and evidence["line"] is not None:
        where = f"第 {evidence['line']} 行"
    cell = evidence["cell"]
    if cell is not None:
        column = f"“{head}”列" if head else f"第 {cell['column'] + 1} 列"
        where += f"（表 {cell['table']} 第 {cell['row'] + 1} 行{'' if row_only else column}）"
    return where or "位置不详"


def stated(evidence: Mapping[str, Any]) -> str:
    """What a piece of evidence states, as the reader finds it printed."""
    return str(evidence["printed"] or evidence["value"] or "—")


def interval(finding: Mapping[str, Any]) -> str:
    """The recomputed value with the interval that the printed digits allow."""
    low, high, expected = finding["expected_low"], finding["expected_high"], short(finding["expected"])
    if low is None or high is None or low == high:
        return expected
    return f"{expected}（允许 {short(low)} ～ {short(high)}）"


def short(number: str) -> str:
    """A number for reading: at most four decimals, half up; the records hold the whole."""
    match = re.fullmatch(r"([-+]?\d+\.\d{5,})(%?)", number)
    if match is None:
        return number
    rounded = Decimal(match[1]).quantize(Decimal("0.0001"), ROUND_HALF_UP)
    return f"{rounded:f}{match[2]}"


def difference(record: Mapping[str, Any]) -> str:
    """Reported less recomputed, of money in the unit that is printed: -1144700 beside 3,177.75万元 -> `-114.47万元`."""
    gap, unit = record["difference"], re.search(r"[亿万]元$", record["reported"] or "")
    if not gap or unit is None:
        return short(gap or "")
    value = Decimal(gap) / YUAN[unit[0]]
    return f"{short(f'{value.normalize():f}')}{unit[0]}"


def share(part: int, whole: int) -> str:
    """A share of a count as a whole percentage, cut and never rounded up; `—` of nothing."""
    return f"{part * 100 // whole}%" if whole else "—"


def way(found: Mapping[str, Any]) -> str:
    """One way to make all relations hold: `“过程”得分 17.96（第 274 行），共 1 处`."""
    changes = []
    for change in found["changes"][:_CHANGES]:
        places = list(dict.fromkeys(place(item, row_only=True) for item in change["evidence"]))
        more = f"等 {len(places)} 处" if len(places) > _PLACES else ""
        subject = f"{change['subject']} " if change["subject"] else ""
        fits = f"，为 {change['fitting']} 则相符" if change["fitting"] else ""
        changes.append(f"{subject}{change['value']}（{'、'.join(places[:_PLACES])}{more}{fits}）")
    more = f"等 {len(found['changes'])} 项" if len(found["changes"]) > _CHANGES else ""
    return f"{'，'.join(changes)}{more}，共 {found['places']} 处"


def ways(localization: Mapping[str, Any] | None) -> list[tuple[str, str]]:
    """What the likelier error rests on, as (label, text): the smallest change, then the other ways."""
    if localization is None:
        return []
    if localization["best"] is None:
        return [("最小改动", "关系过多，未能求出，较可能有误的一方只按佐证处数推断。")]
    found = [("最小改动", way(localization["best"]))] if localization["best"]["changes"] else []
    for number, other in enumerate(localization["alternatives"]):
        found.append(("同样可能" if number < localization["near"] else "其他办法", way(other)))
    return found


def observed(reports: Sequence[Mapping[str, Any]], count: int) -> str:
    """The reports that an observation concerns, one a line, with where to look."""
    lines = []
    for one in reports:
        part = f"第 {one['part']} 份" if one["part"] > 1 else ""
        lines.append("  ".join(filter(None, (f"{visible(one['source'])}{part}", visible(one["place"])))))
    return "\n".join([*lines, f"等 {count} 份"] if count > len(reports) else lines)

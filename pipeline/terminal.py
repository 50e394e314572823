"""What the command prints (终端显示): plain when piped, never obeying what a report or a file name contains."""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipeline.checks.model import Check
from pipeline.checks.registry import BY_RULE
from pipeline.summary import Summary
from pipeline.work import Yield
from pipeline.writers import wording
from pipeline.writers.wording import visible

_STYLE = {"decisive": "bold red", "error": "red", "warning": "yellow", "info": "dim"}
_UNREAD_SHOWN = 10


def console() -> Console:
    """Where answers go: lines are cut to a width only where a person looks."""
    return Console(highlight=False, soft_wrap=not sys.stdout.isatty())


def print_summary(out: Console, summary: Summary, folder: str) -> None:
    """The run in a few lines (小结)."""
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    files = sum(summary.statuses.values())
    statuses = "，".join(f"{wording.STATUS[name]} {n}" for name, n in sorted(summary.statuses.items()))
    table.add_row("文件", f"{files}（{statuses}）")
    table.add_row("报告", str(summary.reports))
    for severity, name in wording.SEVERITY.items():
        table.add_row(name, Text(str(summary.findings[severity]), style=_STYLE[severity]))
    _add_costs(table, summary)
    table.add_row("结果", Text(visible(folder)))
    out.print(table)
    for source, code in summary.unread[:_UNREAD_SHOWN]:
        out.print(Text(f"未读：{visible(source)}（{code}）", style="yellow"))
    if len(summary.unread) > _UNREAD_SHOWN:
        out.print(f"另有 {len(summary.unread) - _UNREAD_SHOWN} 个文件未读，见 records/ledger.jsonl。")


def _add_costs(table: Table, summary: Summary) -> None:
    """What was covered and what it cost (覆盖与耗时)."""
    coverage = summary.coverage
    table.add_row("数字核对率", wording.share(coverage["numbers_checked"], coverage["numbers_seen"]))
    if summary.pages_ocr:
        table.add_row("识别页数", str(summary.pages_ocr))
    if summary.twice:
        table.add_row("内容相同", f"{summary.twice} 个文件与别的文件内容相同，只读一次")
    if summary.codes:
        table.add_row("未读原因", "，".join(f"{code} {number}" for code, number in summary.codes.most_common()))
    if summary.slowest:
        slowest = (f"{visible(source)} {seconds:.1f} 秒" for source, seconds in summary.slowest)
        table.add_row("最慢", Text("；".join(slowest)))
    table.add_row("用时", f"{summary.seconds:.1f} 秒" + ("（此前已完成，未重做）" if summary.confirmed else ""))


def print_check(out: Console, done: Yield) -> None:
    """What one file yielded (单份核对): its findings, or why there are none."""
    findings = [json.loads(line) for line in done.lines.get("findings", b"").splitlines()]
    for finding in sorted(findings, key=lambda finding: list(wording.SEVERITY).index(finding["severity"])):
        print_finding(out, finding)
    for line in done.lines["ledger"].splitlines():
        file = json.loads(line)
        reason = (file["reason"] or "").partition(": ")[2]
        out.print(Text(visible(f"{wording.STATUS[file['status']]}，{file['parts']} 份报告。{reason}")))
    for line in done.lines.get("reports", b"").splitlines():
        out.print(Text(visible(_coverage(json.loads(line)))), style="dim")


def _coverage(report: Mapping[str, Any]) -> str:
    """One report and how much of it was checked."""
    counts = report["coverage"]
    score = "，".join(filter(None, (report["total_score"] and f"总分 {report['total_score']}", report["grade"])))
    checked = f"见到 {counts['numbers_seen']} 个数字，核对 {counts['numbers_checked']} 个"
    return f"{report['part']}. {report['title'] or '（标题未载明）'}：{'；'.join(filter(None, (score, checked)))}"


def print_finding(out: Console, finding: Mapping[str, Any], relations: Sequence[Mapping[str, Any]] = ()) -> None:
    """One finding in full (疑点详情): formulas, both sides with their places, witnesses, effect.

    relations: records of the failed relations folded into it, where they are at hand.
    """
    severity = finding["severity"]
    out.print(Text(f"【{wording.SEVERITY[severity]}】{visible(finding['title'])}", style=_STYLE[severity]))
    _line(out, "编号", f"{finding['finding_id']}  规则 {_rule(finding['rule'])}")
    _line(out, "出处", f"{finding['source']}  第 {finding['part']} 份报告")
    _line(out, "说明", finding["message"])
    if relations:
        for text, times in Counter(map(_relation_text, relations)).items():
            _line(out, "重算", text if times == 1 else f"{text}（{times} 组位置）")
    else:
        _line(out, "重算", finding["formula"])
        _line(out, "报告值", f"{finding['reported']}  重算值 {wording.interval(finding)}")
    sides = {*finding["sides"]["stated"], *finding["sides"]["against"]}
    for number, item in enumerate(finding["evidence"]):
        if relations or number in sides:
            _print_evidence(out, item, number == finding["likelier_wrong"])
    rest = len(finding["evidence"]) - len(sides)
    if rest and not relations:
        _line(out, "", f"另有 {rest} 处相关原文，写出结果后可用 jihe explain {finding['finding_id']} 查看。")
    _print_judgement(out, finding)
    out.print()


def _print_evidence(out: Console, item: Mapping[str, Any], likelier_wrong: bool) -> None:
    """One quote with its place (原文)."""
    mark = "（较可能有误）" if likelier_wrong else ""
    role = wording.ROLE.get(item["role"], item["role"])
    _line(out, role, f"{wording.stated(item)}{mark}  {wording.place(item)}  「{item['quote']}」")
    if item["raw"] and item["origin"] == "text-repaired":
        _line(out, "", f"修复前：「{item['raw']}」")


def _rule(rule: str) -> str:
    """A rule's id with its Chinese name and its basis; the id alone where it is of another version."""
    check = BY_RULE.get(rule)
    return rule if check is None else f"{rule}（{check.name}，依据：{check.source}）"


def _relation_text(relation: Mapping[str, Any]) -> str:
    """One failed relation: its formula, what is reported, what the printed digits allow (关系)."""
    low, high = relation["computed_low"], relation["computed_high"]
    allowed = "" if low is None or low == high else f"，允许 {wording.short(low)} ～ {wording.short(high)}"
    gap = "" if relation["difference"] is None else f"，相差 {wording.difference(relation)}"
    reason = f"（{relation['reason']}）" if relation["reason"] else ""
    return f"{relation['formula']}；报告值 {relation['reported']}{gap}{allowed}{reason}"


def _print_judgement(out: Console, finding: Mapping[str, Any]) -> None:
    """What speaks for which side, and what follows (旁证与影响)."""
    if finding["witnesses"]:
        _line(out, "旁证", "；".join(f"{w['value']} 有 {w['places']} 处" for w in finding["witnesses"]))
    for label, text in wording.ways(finding["localization"]):
        _line(out, label, text)
    if finding["likelier_wrong"] is None and (finding["localization"] or finding["witnesses"]):
        _line(out, "判断", "旁证相当或不足，不能判断哪一处较可能有误，须查原始资料。")
    if finding["effect"]:
        _line(out, "影响", effect(finding["effect"]))
    if finding["suspect"] == "reading":
        _line(out, "注意", "有关数字由识别或修复得来，请先核对原文页面。")


def effect(value: Mapping[str, Any]) -> str:
    """What total and grade become (影响)."""
    grade = "" if value["grade"] is None else f"，等级为{value['grade']}"
    return f"若取另一数值，总分为 {value['total']}{grade}，等级{'因此改变' if value['grade_changes'] else '不变'}"


def print_rules(out: Console, checks: Iterable[Check]) -> None:
    """All rules with what they ask and how they compare (规则)."""
    for check in checks:
        out.print(Text(f"{check.rule}  {check.name}", style="bold"), Text(wording.SEVERITY[check.severity]))
        for label, text in (
            ("what", check.what),
            ("formula", check.formula),
            ("tolerance", check.tolerance),
            ("source", check.source),
        ):
            _line(out, label, text)
        out.print()


def _line(out: Console, label: str, text: str) -> None:
    """One labelled line; the text is shown, never obeyed."""
    out.print(Text.assemble(("  " + label + "  " if label else "      ", "dim"), visible(text)))

"""The working paper as one self-contained page (consistency.html): no script, nothing fetched, all text escaped."""

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from pipeline.writers import wording
from pipeline.writers.jsonlines import read_records
from pipeline.writers.sheet_rows import by_severity, count_findings

_HERE = Path(__file__).parent
_CARDS = 4  # pieces of evidence shown as full quotes; further operands stand in a list
_QUOTE = 220  # characters of a quote around its value; the records hold the whole
_STATED = ("reported", "restated", "threshold", "target")


def write_page(folder: Path) -> None:
    """Write `consistency.html` from the records below `folder`."""
    style = (_HERE / "consistency.css").read_text(encoding="utf-8")
    template = _environment().get_template("consistency.html.j2")
    with (folder / "consistency.html").open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(template.generate(style=Markup(style), style_hash=_hash(style), **_content(folder)))  # noqa: S704 - our own file


def _environment() -> Environment:
    """Templates beside this file; a name that is not given is an error, not a blank."""
    environment = Environment(
        loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {"visible": wording.visible, "place": wording.place, "interval": wording.interval}
    environment.globals["words"] = wording
    return environment


def _hash(style: str) -> str:
    """What the content security policy allows: this very style sheet."""
    return base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()


def _content(folder: Path) -> dict[str, Any]:
    """Everything the template shows."""
    reports = list(read_records(folder, "reports"))
    names = {(report["source"], report["part"]): report["project"] or report["title"] for report in reports}
    findings = [_shown(number, finding, names) for number, finding in enumerate(by_severity(folder), 1)]
    files = list(read_records(folder, "ledger"))
    return {
        "files": files,
        "unread": [file for file in files if file["reason"]],
        "reports": reports,
        "counts": count_findings(folder),
        "first": _first(findings),
        "coverage": _total_coverage(reports),
        "verdicts": Counter(relation["verdict"] for relation in read_records(folder, "relations")),
        "groups": {name: [f for f in findings if f["severity"] == name] for name in wording.SEVERITY},
        "nothing": Counter[str](),
    }


def _total_coverage(reports: Sequence[Mapping[str, Any]]) -> Counter[str]:
    """The coverage of all reports together."""
    total: Counter[str] = Counter(dict.fromkeys(wording.COVERAGE, 0))
    for report in reports:
        total.update(report["coverage"])
    return total


def _first(findings: Sequence[Mapping[str, Any]]) -> dict[tuple[str, int, str], int]:
    """(source, part, severity) → number of the first such finding, for links from the table of reports."""
    first: dict[tuple[str, int, str], int] = {}
    for finding in findings:
        first.setdefault((finding["source"], finding["part"], finding["severity"]), finding["number"])
    return first


def _shown(number: int, finding: dict[str, Any], names: Mapping[tuple[str, int], str | None]) -> dict[str, Any]:
    """A finding as the template shows it: evidence split into cards and a list of further operands."""
    evidence = [
        {**item, "shown": marked(item["quote"], item["value"]), "wrong": index == finding["likelier_wrong"]}
        for index, item in enumerate(finding["evidence"])
    ]
    cards = evidence if len(evidence) <= _CARDS else [item for item in evidence if _leading(item)][:_CARDS]
    return {
        **finding,
        "number": number,
        "project": names.get((finding["source"], finding["part"])),
        "cards": cards,
        "further": [item for item in evidence if item not in cards],
    }


def _leading(item: Mapping[str, Any]) -> bool:
    """Whether a piece of evidence is one of the statements that disagree, not one addend of many."""
    return bool(item["wrong"]) or item["role"] in _STATED


def marked(quote: str, value: str | None) -> Markup:
    """`quote` on one line, cut around its value, the value marked where it is printed."""
    text = wording.visible(quote)
    start, end = _find(text, value)
    low, high = max(start - _QUOTE // 2, 0), min(max(end, start) + _QUOTE // 2, len(text))
    if len(text) <= _QUOTE:
        low, high = 0, len(text)
    before, after = ("…" if low else "") + text[low:start], text[end:high] + ("…" if high < len(text) else "")
    mark = Markup("<mark>{}</mark>").format(text[start:end]) if end > start else ""
    return escape(before) + mark + escape(after)


def _find(text: str, value: str | None) -> tuple[int, int]:
    """Where `value` stands in `text` as a number of its own; (0, 0) where it does not."""
    for candidate in _prints(value or ""):
        match = re.search(rf"(?<![\d.]){re.escape(candidate)}(?!\d|\.\d)", text)
        if match:
            return match.span()
    return 0, 0


def _prints(value: str) -> Iterator[str]:
    """How a value may be printed: as it is, without its sign, with commas between thousands."""
    if value:
        yield value
        yield value.rstrip("%")
    if re.fullmatch(r"\d{4,}(\.\d+)?", value):
        whole, point, rest = value.partition(".")
        yield f"{int(whole):,}{point}{rest}"

"""The working paper as one self-contained page (consistency.html): no script, nothing fetched, all text escaped."""

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from pipeline.writers import wording
from pipeline.writers.context import CellContext, Contexts, Quote
from pipeline.writers.jsonlines import read_records
from pipeline.writers.overview import MOST, Overview, overview_of
from pipeline.writers.ranked import by_severity, count_findings

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
    environment.filters |= {
        "visible": wording.visible,
        "short": wording.short,
        "difference": wording.difference,
        "stated": wording.stated,
        "interval": wording.interval,
    }
    environment.globals["words"] = wording
    return environment


def _hash(style: str) -> str:
    """What the content security policy allows: this very style sheet."""
    return base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()


def _content(folder: Path) -> dict[str, Any]:
    """Everything the template shows."""
    counts = count_findings(folder)
    overview = overview_of(folder, counts)
    shown = [_shown(number, *one) for number, one in enumerate(_gravest(folder, overview), 1)]
    return {
        "overview": overview,
        "most": MOST,
        "observed": _observed(folder),
        "counts": counts,
        "tally": sum(counts.values(), Counter[str]()),
        "first": _first(shown),
        "verdicts": Counter(relation["verdict"] for relation in read_records(folder, "relations")),
        "groups": {name: [f for f in shown if f["severity"] == name] for name in wording.SEVERITY},
        "nothing": Counter[str](),
    }


def _gravest(folder: Path, overview: Overview) -> Iterator[tuple[dict[str, Any], str | None, list[Quote]]]:
    """The gravest findings, as many as a page can hold: each with its project and quotes."""
    contexts = Contexts(folder)
    for finding in islice(by_severity(folder), MOST):
        yield finding, overview.names.get((finding["source"], finding["part"])), contexts.quotes(finding)


def _observed(folder: Path) -> list[tuple[str, list[dict[str, Any]]]]:
    """The observations across reports by kind, each with the Chinese name of the kind; no empty kinds."""
    observations = list(read_records(folder, "observations"))
    kinds = ((name, [one for one in observations if one["kind"] == kind]) for kind, name in wording.OBSERVATION.items())
    return [(name, found) for name, found in kinds if found]


def _first(findings: Sequence[Mapping[str, Any]]) -> dict[tuple[str, int, str], int]:
    """(source, part, severity) → number of the first such finding, for links from the table of reports."""
    first: dict[tuple[str, int, str], int] = {}
    for finding in findings:
        first.setdefault((finding["source"], finding["part"], finding["severity"]), finding["number"])
    return first


def _shown(number: int, finding: dict[str, Any], project: str | None, found: list[Quote]) -> dict[str, Any]:
    """A finding as the template shows it: quotes side by side, and a list of further operands where there are many."""
    quotes = [_quoted(quote, finding) for quote in found]
    cards = [quote for quote in quotes if quote["side"]]
    if not 0 < len(cards) <= _CARDS:  # a sum of many: its addends stand in the list
        cards = [quote for quote in cards or quotes if quote["leading"]][:_CARDS]
    return {
        **finding,
        "number": number,
        "project": project,
        "cards": cards,
        "further": [quote for quote in quotes if quote not in cards],
    }


def _quoted(quote: Quote, finding: Mapping[str, Any]) -> dict[str, Any]:
    """One quote: the values it states, the text with them marked, and its place."""
    values = [{**item, "wrong": index == finding["likelier_wrong"]} for index, item in quote.items]
    sides = {*finding["sides"]["stated"], *finding["sides"]["against"]}
    wrong = any(item["wrong"] for item in values)
    printed = [wording.stated(item) for item in values]
    return {
        "values": values,
        "wrong": wrong,
        "side": any(index in sides for index, _ in quote.items),
        "leading": wrong or any(item["role"] in _STATED for item in values),
        "shown": marked_row(quote.cells, printed) if quote.cells else marked(quote.text, printed),
        "place": quote.place,
        "origin": values[0]["origin"],
        "raw": values[0]["raw"],
    }


def marked_row(cells: Sequence[CellContext], values: Sequence[str | None]) -> Markup:
    """A table row on one line, marked where the cells meant state the values."""
    meant: dict[int, list[str | None]] = {}
    for cell, value in zip(cells, values, strict=True):
        meant.setdefault(cell.position, []).append(value)
    whole = {cell.position: cell.row[cell.position] for cell in cells}  # each context leaves only its own cell uncut
    texts = (
        marked(whole[position], meant[position]) if position in meant else escape(wording.visible(text))
        for position, text in enumerate(cells[0].row)
    )
    return Markup(" ｜ ").join(texts)


def marked(quote: str, values: Sequence[str | None]) -> Markup:
    """`quote` on one line, cut around its values, each marked where it is first printed."""
    text = wording.visible(quote)
    spans = _apart(sorted(filter(None, (_find(text, value) for value in values))))
    low, high = 0, len(text)
    if spans and len(text) > _QUOTE:
        low, high = max(spans[0][0] - _QUOTE // 2, 0), min(spans[-1][1] + _QUOTE // 2, len(text))
    pieces, at = [escape("…" if low else "")], low
    for start, end in spans:
        pieces += [escape(text[at:start]), Markup("<mark>{}</mark>").format(text[start:end])]
        at = end
    return Markup("").join([*pieces, escape(text[at:high]), escape("…" if high < len(text) else "")])


def _apart(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sorted spans without those that overlap the one before."""
    kept: list[tuple[int, int]] = []
    for span in spans:
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


def _find(text: str, value: str | None) -> tuple[int, int] | None:
    """Where `value` stands in `text` as a number of its own, or None."""
    for candidate in _prints(value or ""):
        match = re.search(rf"(?<![\d.]){re.escape(candidate)}(?![\d]|\.\d)", text)
        if match:
            return match.span()
    return None


def _prints(value: str) -> Iterator[str]:
    """How a value may be printed: as it is, without its unit or sign, with commas between thousands."""
    if value:
        yield value
        number = re.match(r"[-\d.,]*\d", value)
        yield from [number[0]] if number else []
    if re.fullmatch(r"\d{4,}(\.\d+)?", value):
        whole, point, rest = value.partition(".")
        yield f"{int(whole):,}{point}{rest}"

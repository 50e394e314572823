"""Verifies the hand labels (人工标注): what a label says is printed must stand on the line it cites.

Run it as `python -m corpus.verify_labels`; it prints every label that fails and ends with 1 if there is one.
"""

import json
import re
import sys
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

Label = dict[str, Any]

CORPUS = Path(__file__).parent
UNITS = {"元": Decimal(1), "万元": Decimal(10**4), "亿元": Decimal(10**8)}
SEVERITIES = {"high", "medium", "low", "info"}
VERDICTS = {"consistent", "rounding", "inconsistent", "indeterminate"}
PIECE = " ⏐ "  # between the cells of one side of a relation

_TAG = re.compile(r"<[^<>]*>")
_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?%?")


def plain(text: str) -> str:
    """Text as labels are compared: NFKC, without markup and blanks; a tab stands between cells, whatever the table."""
    cells = re.sub(r"(?<=[\d%]) +(?=\d)", "\t", _TAG.sub("\t", text).replace("|", "\t").replace("\\geq", "≥"))
    return re.sub(r"[^\S\t]+|[*$]", "", unicodedata.normalize("NFKC", cells))


class Source:
    """The lines of one report file (报告原文); line numbers are 1-based and count line feeds only."""

    def __init__(self, path: Path) -> None:
        """Read `path` as UTF-8, or as GB18030 where it is no UTF-8."""
        data = path.read_bytes()
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("gb18030")
        self.lines = text.split("\n")

    def text(self, line: int, more: int = 0) -> str:
        """Line `line` as plain text, with the next `more` lines behind it; '' where the file has no such line."""
        return plain("".join(self.lines[line - 1 : line + more])) if 1 <= line <= len(self.lines) else ""

    def states(self, value: str, line: int, more: int = 2) -> bool:
        """Whether `value` begins on `line`, alone among digits; it may run on over `more` lines."""
        wanted = plain(value)
        before = r"(?<!\d)(?<!\d[.,])" if wanted[:1].isdigit() else ""
        after = r"(?![.,]?\d)" if wanted[-1:].isdigit() else ""
        printed = re.compile(before + re.escape(wanted) + after)
        first = self.text(line)
        run_on = printed.finditer(self.text(line, more))
        return bool(printed.search(first)) or any(match.start() < len(first) for match in run_on)


def labels(folder: Path, name: str) -> list[Label]:
    """The rows of one label file, JSON Lines or one JSON list."""
    text = (folder / name).read_text(encoding="utf-8")
    rows: list[Label] = json.loads(text) if name.endswith(".json") else [json.loads(row) for row in text.splitlines()]
    return rows


def _indicator(row: Label, source: Source) -> Iterator[str]:
    cells = "".join(source.text(line) for line in row["lines"])
    joined, letters = cells.replace("\t", ""), _NUMBER.sub("", cells).replace("\t", "")
    name = plain(row["name"])
    if name not in joined and name not in letters and not (name == "预算执行率" and "执行率" in joined):
        yield f"name {row['name']} is not on lines {row['lines']}"
    for field in ("weight", "score", "score_rate", "target", "actual"):
        value = row[field]
        if value is not None and not any(source.states(value, line, 0) for line in row["lines"]):
            yield f"{field} {value} is not on lines {row['lines']}"
    yield from _mentions(row["other_mentions"], source)


def _mentions(mentions: list[Label], source: Source) -> Iterator[str]:
    for mention in mentions:
        if not source.states(mention["value"], mention["line"]):
            yield f"{mention['field']} {mention['value']} is not on line {mention['line']}"


def _amount(row: Label, source: Source) -> Iterator[str]:
    if not source.states(row["printed"], row["line"]):
        yield f"{row['printed']} is not on line {row['line']}"
    if row.get("yuan"):
        number = Decimal(_NUMBER.findall(row["printed"])[0].replace(",", ""))
        if number * UNITS[row["unit"]] != Decimal(row["yuan"]):
            yield f"{row['printed']} {row['unit']} is not {row['yuan']} 元"


def _report(row: Label, source: Source) -> Iterator[str]:
    whole = source.text(1, len(source.lines))
    for field in ("project", "evaluated_body", "supervising_body", "commissioning_body", "evaluator", "grade"):
        if row[field] and plain(row[field]) not in whole:
            yield f"{field} {row[field]} is nowhere in the file"
    yield from _mentions(row["mentions"], source)


def _side(text: str, line: int | list[int], source: Source) -> Iterator[str]:
    lines = line if isinstance(line, list) else [line]
    pieces = text.split(PIECE)
    if len(pieces) != len(lines):
        yield f"{len(pieces)} quotes but {len(lines)} lines: {text}"
        return
    for piece, number in zip(pieces, lines, strict=True):
        for value in _NUMBER.findall(plain(piece)) or ([plain(piece)] if "（空）" not in piece else []):
            if not source.states(value, number):
                yield f"{value} of {piece!r} is not on line {number}"


def _relation(row: Label, source: Source) -> Iterator[str]:
    if row["verdict"] not in VERDICTS:
        yield f"unknown verdict {row['verdict']}"
    if (row["verdict"] == "inconsistent") != bool(row["finding"]):
        yield "a relation has a finding where, and only where, it is inconsistent"
    yield from _side(row["left_text"], row["left_line"], source)
    yield from _side(row["right_text"], row["right_line"], source)


def _findings(folder: Path) -> Iterator[str]:
    relations = {row["id"]: row for row in labels(folder, "relations.jsonl")}
    folded = set()
    for row in labels(folder, "findings.json"):
        folded.update(row["relations"])
        if row["severity"] not in SEVERITIES:
            yield f"{row['finding']}: unknown severity {row['severity']}"
        sides = [
            [end if isinstance(end, list) else [end] for end in (relation["left_line"], relation["right_line"])]
            for relation in (relations[key] for key in row["relations"])
        ]
        if sides != row["sides"]:
            yield f"{row['finding']}: sides are not those of its relations"
    for row in relations.values():
        if row["finding"] and row["id"] not in folded:
            yield f"relation {row['id']} names finding {row['finding']}, which does not hold it"


def verify(reports: Path, folder: Path) -> list[str]:
    """Everything that is wrong with the labels in `folder` about the files in `reports`; empty if nothing is."""
    sources = {path.name: Source(path) for path in sorted(reports.glob("*.txt"))}
    checks = {
        "indicators.jsonl": _indicator,
        "amounts.jsonl": _amount,
        "reports.jsonl": _report,
        "relations.jsonl": _relation,
    }
    wrong: list[str] = []
    for name, check in checks.items():
        for row in labels(folder, name):
            file = row.get("source") or row["file"]
            what = row.get("id") or row.get("name") or row.get("item") or "report"
            found = check(row, sources[file]) if file in sources else ["no such file"]
            wrong.extend(f"{name} {file} {what}: {message}" for message in found)
    return wrong + list(_findings(folder))


def main() -> int:
    """Verify this folder's labels and print what is wrong; 1 if anything is."""
    wrong = verify(CORPUS / "reports", CORPUS / "labels")
    print("\n".join(wrong) if wrong else "every label stands where it says")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

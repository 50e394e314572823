"""Records of a small invented run, as the comparison of reports reads them back."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipeline.across.observe import observe
from pipeline.across.signatures import sketch
from pipeline.writers.jsonlines import read_records

SCALE = [{"grade": "优", "low": "90", "high": None}, {"grade": "良", "low": "80", "high": "90"}]


def report(name: str, **fields: Any) -> dict[str, Any]:
    """A report's record; `name` is its file, and its project where none is given."""
    return {
        "report_id": f"r-{name}",
        "source": f"{name}.txt",
        "part": 1,
        "kind": "external_evaluation",
        "title": name,
        "project": name,
        "evaluated_body": None,
        "evaluator": None,
        "fiscal_year": [2031],
        "total_score": "88.50",
        "total_weight": "100",
        "grade": "良",
        "grade_scale": SCALE,
        **fields,
    }


def leaf(name: str, indicator: str, weight: str, score: str, actual: str | None = None) -> dict[str, Any]:
    """The record of an indicator without children."""
    place = {"page": None, "line": 12}
    return {
        "source": f"{name}.txt", "part": 1, "name": indicator, "path": ["产出"], "weight": weight, "score": score,
        "target": None, "actual": actual, "evidence": [place],
    }  # fmt: skip


def amount(name: str, role: str, item: str, yuan: str) -> dict[str, Any]:
    """The record of an amount."""
    place = {"page": None, "line": 7}
    return {
        "source": f"{name}.txt", "part": 1, "role": role, "item": item, "printed": yuan, "unit": "元", "yuan": yuan,
        "evidence": [place],
    }  # fmt: skip


def wording(name: str, sentences: Sequence[str], text: str = "") -> dict[str, Any]:
    """The record of a signature."""
    return {
        "source": f"{name}.txt", "part": 1, "sketch": list(sketch(text)), "paged": False,
        "hashes": [hashlib.blake2b(one.encode(), digest_size=8).hexdigest() for one in sentences],
        "places": list(range(1, len(sentences) + 1)), "lengths": [len(one) for one in sentences],
        "begins": [one[:18] for one in sentences],
    }  # fmt: skip


def observed(folder: Path, **kinds: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What is noticed across the reports of these records."""
    (folder / "records").mkdir(exist_ok=True)
    for kind in ("reports", "indicators", "amounts", "signatures"):
        lines = (json.dumps(record, ensure_ascii=False) + "\n" for record in kinds.get(kind, []))
        (folder / "records" / f"{kind}.jsonl").write_text("".join(lines), encoding="utf-8")
    observe(folder)
    return list(read_records(folder, "observations"))

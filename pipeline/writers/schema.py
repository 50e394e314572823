"""JSON Schemas of all record kinds (记录模式), generated from the record types: `make schema` runs this file."""

import inspect
import json
import sys
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter
from typing_extensions import is_typeddict

from pipeline.writers import records


def schemas() -> dict[str, str]:
    """File name → text of the schema, for every kind of record."""
    for _, record in inspect.getmembers(records, is_typeddict):
        record.__pydantic_config__ = {"use_attribute_docstrings": True, "extra": "forbid"}
    return {f"{kind}.schema.json": _text(kind, record) for kind, record in records.KINDS}


def _text(kind: str, record: type[Any]) -> str:
    """One schema as text."""
    body = _without_titles(TypeAdapter(record).json_schema())
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": kind, **body}
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _without_titles(node: Any) -> Any:
    """`node` without the titles that only repeat the names of its fields."""
    if isinstance(node, list):
        return [_without_titles(item) for item in node]
    if not isinstance(node, dict):
        return node
    return {key: _without_titles(value) for key, value in node.items() if key != "title" or isinstance(value, dict)}


def write_schemas(folder: Path) -> None:
    """Write every schema into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in schemas().items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write_schemas(Path(sys.argv[1]))

"""Front matter of Markdown files (YAML 文件头): the fields that a converter wrote above the text between `---`."""

import re
from collections.abc import Sequence

_FENCE = "---"
_ENDS = ("---", "...")
_FIELD = re.compile(r"([A-Za-z][A-Za-z0-9_-]{0,30})\s*:(?:\s+(.*))?")
_NESTED = re.compile(r"\s+\S.*|-\s.*|#.*")
_PRINTED = frozenset(("title", "subtitle", "author", "date", "institute", "institution", "organization"))
_MAX_LINES = 60


def printed_front(texts: Sequence[str]) -> dict[int, str]:
    """What the lines of the front matter print, by index (0-based); empty where the file has none.

    Title, subtitle, author and date are printed; layout settings (`documentclass: ctexart`) and the fences are not.
    """
    start = next((index for index, text in enumerate(texts[:3]) if text.strip()), None)
    if start is None or texts[start].strip() != _FENCE:
        return {}
    printed = {start: ""}
    for index in range(start + 1, min(start + _MAX_LINES, len(texts))):
        text = texts[index].rstrip()
        if text in _ENDS:
            return {**printed, index: ""} if len(printed) > 1 else {}
        field = _FIELD.fullmatch(text)
        if field is None and text and not _NESTED.fullmatch(text):
            return {}
        shown = field is not None and field.group(1).lower() in _PRINTED
        printed[index] = _unquoted(field.group(2) or "") if field is not None and shown else ""
    return {}


def _unquoted(value: str) -> str:
    """The value without the quotes around it."""
    value = value.strip()
    quoted = len(value) >= 2 and value[0] in "\"'" and value[-1] == value[0]
    return value[1:-1] if quoted else "" if value in ("|", ">", "|-", ">-") else value

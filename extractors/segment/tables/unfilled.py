"""Names that a form prints and nobody filled in (未填的指标行): `指标2：`, `……`."""

import re
from collections.abc import Sequence

from extractors.frozen import replace
from extractors.pages import Line
from extractors.segment.tables.draft import kind_of
from extractors.segment.tables.stacked_fit import is_value

_NAME = re.compile(r"指标\s*[\d一二三四五六七八九]{1,2}\s*[:：.、]?|…+|[.．。·]{2,}")


def is_unfilled(text: str, after: str) -> bool:
    """Whether the form's own name stands in a cell, and what stands after it is no value of its own."""
    if not _NAME.fullmatch(text):
        return False
    return kind_of(after) == "blank" or (kind_of(after) == "text" and not is_value(after))


def filled_lines(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines, those with nothing but such a name left blank."""
    out: list[Line] | None = None
    for index, line in enumerate(lines):
        text = line.text.strip()
        if text and text[0] in "指….．。·" and is_unfilled(text, _word_after(lines, index)):
            out = list(lines) if out is None else out
            out[index] = replace(line, text="")
    return lines if out is None else out


def _word_after(lines: Sequence[Line], index: int) -> str:
    """The first word of the next line that is not blank."""
    below = next((line.text for line in lines[index + 1 : index + 8] if line.text.strip()), "")
    return below.split()[0] if below else ""

"""The title page (扉页): what stands before a report's first heading and first sentence, line by line."""

from collections.abc import Sequence

from extractors.pages import Line
from extractors.segment.headings import label_of, looks_closed
from extractors.segment.noise import is_bare_number

_MAX_LINES = 40
_MAX_LENGTH = 90
_MAX_OPENING = 24


def front_lines(lines: Sequence[Line], taken: Sequence[bool], stop: int) -> tuple[Line, ...]:
    """The lines of the title page.

    taken: parallel to `lines`, lines of tables, contents and page marks. stop: index of the first table's first row.
    """
    front: list[Line] = []
    for line, skip in zip(lines[:stop], taken[:stop], strict=True):
        text = line.text.strip()
        if not text or skip or is_bare_number(text):
            continue
        label = label_of(text)
        if (label is not None and label.style not in ("annex", "num2")) or _is_prose(text):
            break
        front.append(line)
        if len(front) == _MAX_LINES:
            break
    return tuple(front)


def _is_prose(text: str) -> bool:
    """Whether a line is a sentence, or opens one."""
    opens = len(text) > _MAX_OPENING and ("，" in text or text.endswith(("：", ":")))
    return len(text) > _MAX_LENGTH or looks_closed(text) or opens

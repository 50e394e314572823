"""Fields of a form whose labels and values are parted by blanks (表头栏目): `主管部门  某局    实施单位  某中心`."""

import re
from collections.abc import Iterable

from extractors.pages import Line
from extractors.rows.front import Fields, label_of
from extractors.rows.heads import money_role, read_head
from extractors.rows.model import Printed
from extractors.rows.text import tidy

_FIELDS = frozenset(("project", "evaluated_body", "supervising_body", "evaluator", "commissioning_body", "filled_by"))
_SENTENCE = re.compile(r"[。；，\t：:]")
_LONGEST = 160  # characters of a line
_LEAST, _MOST = 3, 60  # characters of a value


def spaced_fields(lines: Iterable[Line]) -> Fields:
    """The fields of lines that begin with a label; nothing of lines that are sentences or heads of a table."""
    fields: Fields = []
    for line in lines:
        words = line.text.split()
        if len(words) > 1 and label_of(words[0]) in _FIELDS and not _SENTENCE.search(text := line.text.strip()):
            fields += _of_line(line, words) if len(text) <= _LONGEST else []
    return fields


def _of_line(line: Line, words: list[str]) -> Fields:
    """The labels of a line that begins with one, each with the words up to the next label."""
    starts = [at for at, word in enumerate(words) if label_of(word) in _FIELDS]
    fields: Fields = []
    for start, end in zip(starts, [*starts[1:], len(words)], strict=True):
        values = words[start + 1 : end]
        value = tidy(" ".join(values))
        headed = any(read_head(word).role or (len(values) > 1 and money_role(word)) for word in values)
        if _LEAST <= len(value) <= _MOST and not headed:
            fields.append((label_of(words[start]), Printed(value, line.span())))
    return fields

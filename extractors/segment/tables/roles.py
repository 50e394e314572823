"""What a column's head says the column holds (列的角色): the vocabulary, with brackets, years and units put aside."""

import re
from collections.abc import Callable

from extractors.remembered import Remembered
from extractors.vocabulary import column_role, plain

_MAX_HEAD = 40  # characters; a longer text heads no column
_BRACKETS = re.compile(r"[（(\[【][^（()）\[\]【】]{0,16}[)）\]】]")
_BEFORE = re.compile(r"^(?:(?:19|20)\d{2}年度?|本年度?|当年|第三方|专家|单位|部门|项目|预算)")
_BEHIND = re.compile(r"[A-Za-z%％①-⑳]$")


def _role(text: str) -> str | None:
    if len(text) > _MAX_HEAD:
        return None
    bare = plain(text)
    role = column_role(bare)
    if role is not None or not bare:
        return role
    bare = _BRACKETS.sub("", bare)
    return column_role(bare) or column_role(_BEHIND.sub("", bare)) or column_role(_BEFORE.sub("", bare))


head_role: Callable[[str], str | None] = Remembered(_role, _MAX_HEAD, 4096).__getitem__
"""The role of a head as `vocabulary.COLUMN_HEADS` names it, or None."""

"""Full-width letters, digits and signs as ASCII, one character for one (全角转半角): what patterns and heads match."""

import re
from collections.abc import Callable

from extractors.remembered import Remembered

# Full-width ASCII to ASCII, one character for one, so that offsets stay; ，；！？ keep their width on purpose.
_KEEP = "，；！？"
_FOLD = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code) not in _KEEP}
_FOLD |= {0x3000: 0x20, 0x00A0: 0x20, 0xFE6A: ord("%"), 0x2236: ord(":"), 0x2215: ord("/"), 0x2212: ord("-")}
_FOLD |= {ord(a): ord(b) for a, b in zip("〔〕【】", "[][]", strict=True)}

_FOLDED = {chr(code): chr(to) for code, to in _FOLD.items()}
_TO_FOLD = re.compile(f"[{''.join(map(re.escape, _FOLDED))}]")
_SHORT = 99  # characters of names and cells


def _fold(text: str) -> str:
    return _TO_FOLD.sub(lambda match: _FOLDED[match.group()], text)


fold: Callable[[str], str] = Remembered(_fold, _SHORT, 8192).__getitem__
"""A text with full-width letters, digits, brackets and signs as ASCII; as long as before."""


def _squash(text: str) -> str:
    return "".join(fold(text).split())


squashed: Callable[[str], str] = Remembered(_squash, _SHORT, 4096).__getitem__
"""A text folded and without any blank."""

"""Full-width digits (全角数字): read as the digits they are, so that no later stage meets two alphabets of numbers."""

import re

_DIGITS = {ord("０") + value: ord("0") + value for value in range(10)}
_FOUND = re.compile("[０-９]")
_POINT = re.compile(r"(?<=\d)．(?=\d)")


def narrow(text: str) -> str:
    """The text with ASCII digits and decimal points for full-width ones; as long as before, so that offsets hold."""
    if not _FOUND.search(text):
        return text
    return _POINT.sub(".", text.translate(_DIGITS))

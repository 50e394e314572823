"""A repaired line with its blanks (空格): holes are closed, blanks beside numbers and between cells stay."""

from collections.abc import Sequence

from extractors.repair.stretches import RawLine, Token
from extractors.repair.symbols import is_han


def lay_out(line: RawLine, order: Sequence[int]) -> str:
    """The tokens of the line in `order` with the blanks that belong between them."""
    parts: list[str] = []
    last = -1
    for index in order:
        parts.append(line.tokens[index].blank if index == last + 1 else _blank(line.tokens, last, index))
        parts.append(line.tokens[index].text)
        last = index
    return "".join(parts) + line.tail


def _blank(tokens: Sequence[Token], left: int, right: int) -> str:
    """Between two characters that were not printed side by side: one, where a number had one on that side."""
    if left < 0:
        return tokens[0].blank
    number, other = (left, right) if _is_latin(tokens[left]) else (right, left)
    if not _is_latin(tokens[number]) or not is_han(tokens[other].text):
        return ""
    side = tokens[number].blank if number == right else _blank_behind(tokens, number)
    return side[:1]


def _blank_behind(tokens: Sequence[Token], index: int) -> str:
    return tokens[index + 1].blank if index + 1 < len(tokens) else ""


def _is_latin(token: Token) -> bool:
    """Whether word processors put space around it."""
    return token.barrier and token.text.isascii() and token.text.isalnum()

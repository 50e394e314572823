"""How printed text becomes the symbols that the language model counts (字符归一)."""

import re

BREAK = "\n"  # where a paragraph begins or ends
NUMBER = "0"  # any printed number
LATIN = "A"  # any Latin word

_RUN = re.compile(r"\d[\d.,]*|[A-Za-z]+")
_BLANK = re.compile(r"\s+")
_CHANGED = re.compile(r"[\s\d!-~]")  # what does not stay as it is
_WIDE = str.maketrans("(),:;?!", "（），：；？！")


def symbol(character: str) -> str:
    """The symbol of one non-blank character: half-width punctuation is widened, the rest stays."""
    return character.translate(_WIDE)


def symbols(text: str) -> str:
    """`text` without blanks, each number and each Latin word as one symbol, punctuation widened."""
    if not _CHANGED.search(text):
        return text
    text = _RUN.sub(lambda match: NUMBER if match[0][0].isdigit() else LATIN, text)
    return _BLANK.sub("", text).translate(_WIDE)


def is_han(character: str) -> bool:
    """Whether it is a Chinese character (汉字) of the basic block."""
    return "\u4e00" <= character <= "\u9fff"

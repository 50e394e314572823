"""Writes values into slots (书写): each printed value has a name, by which it can be printed wrong on purpose."""

from collections.abc import Mapping
from dataclasses import dataclass, field

OPEN, CLOSE = "\ue000", "\ue001"  # private characters around what was printed wrong, until its line is known
_MARKS = str.maketrans("", "", OPEN + CLOSE)


def unmarked(text: str) -> str:
    """The text as a reader sees it."""
    return text.translate(_MARKS)


@dataclass(slots=True)
class Pen:
    """Prints values (笔). wrong: slot -> what stands there instead. slots: every slot used, with its right text."""

    wrong: Mapping[str, str] = field(default_factory=dict)
    slots: dict[str, str] = field(default_factory=dict)

    def __call__(self, slot: str, text: str) -> str:
        """The text for a slot; one used again gets a number."""
        name, number = slot, 1
        while name in self.slots:
            number += 1
            name = f"{slot}#{number}"
        self.slots[name] = text
        wrong = self.wrong.get(name)
        return text if wrong is None else f"{OPEN}{wrong}{CLOSE}"

"""What was worked out of a text, remembered (记忆): names and cells are asked for again and again."""

from collections.abc import Callable
from typing import TypeVar

_Worked = TypeVar("_Worked")


class Remembered(dict[str, _Worked]):
    """Text -> what `work` makes of it; asking again costs no call of ours.

    Only texts of at most `longest` characters are kept, `most` of them; then it begins anew.
    """

    def __init__(self, work: Callable[[str], _Worked], longest: int, most: int) -> None:
        """Nothing is known yet."""
        super().__init__()
        self._work, self._longest, self._most = work, longest, most

    def __missing__(self, text: str) -> _Worked:
        """Work it out, and keep it if the text is short."""
        found = self._work(text)
        if len(text) <= self._longest:
            if len(self) >= self._most:
                self.clear()
            self[text] = found
        return found

"""What was worked out, remembered (记忆): names, cells and places are asked for again and again."""

from collections.abc import Callable
from typing import TypeVar

_Asked = TypeVar("_Asked")
_Worked = TypeVar("_Worked")


class Bounded(dict[_Asked, _Worked]):
    """What is asked -> what `work` makes of it, at most `most` at once; asking again costs no call of ours."""

    def __init__(self, work: Callable[[_Asked], _Worked], most: int) -> None:
        """Nothing is known yet."""
        super().__init__()
        self._work, self._most = work, most

    def __missing__(self, asked: _Asked) -> _Worked:
        """Work it out and keep it."""
        return self._kept(asked, self._work(asked))

    def _kept(self, asked: _Asked, found: _Worked) -> _Worked:
        if len(self) >= self._most:
            self.clear()
        self[asked] = found
        return found


class Remembered(Bounded[str, _Worked]):
    """Text -> what `work` makes of it; only texts of at most `longest` characters are kept."""

    def __init__(self, work: Callable[[str], _Worked], longest: int, most: int) -> None:
        """Nothing is known yet."""
        super().__init__(work, most)
        self._longest = longest

    def __missing__(self, text: str) -> _Worked:
        """Work it out, and keep it if the text is short."""
        found = self._work(text)
        return self._kept(text, found) if len(text) <= self._longest else found

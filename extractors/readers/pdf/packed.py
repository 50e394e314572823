"""Characters of a line kept compact (紧凑字符): made into Char only where somebody asks for them."""

from collections.abc import Iterator, Sequence
from typing import overload

from extractors.pages import Char
from extractors.provenance import Box


class PackedChars(Sequence[Char]):
    """The characters of one line; equal to any sequence of the same Char."""

    __slots__ = ("_boxes", "_confidences", "_sizes", "_text")

    def __init__(
        self, text: str, boxes: Sequence[Box], sizes: Sequence[float], confidences: Sequence[float] | None = None
    ) -> None:
        """One box and size for each character of `text`; confidences likewise, or None where they are no question."""
        if not len(text) == len(boxes) == len(sizes):
            raise ValueError("one box and one size for each character")
        self._text, self._boxes, self._sizes, self._confidences = text, boxes, sizes, confidences

    def __len__(self) -> int:
        return len(self._text)

    @overload
    def __getitem__(self, index: int) -> Char: ...
    @overload
    def __getitem__(self, index: slice) -> "PackedChars": ...
    def __getitem__(self, index: int | slice) -> "Char | PackedChars":
        confidences = self._confidences
        if isinstance(index, slice):
            part = None if confidences is None else confidences[index]
            return PackedChars(self._text[index], self._boxes[index], self._sizes[index], part)
        confidence = None if confidences is None else confidences[index]
        return Char(self._text[index], self._boxes[index], self._sizes[index], confidence)

    def __iter__(self) -> Iterator[Char]:
        return (self[index] for index in range(len(self._text)))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence) or len(self) != len(other):
            return False
        return all(a == b for a, b in zip(self, other, strict=True))

    def __hash__(self) -> int:
        return hash(self._text)

    @classmethod
    def joined(cls, before: Sequence[Char], after: Sequence[Char]) -> "PackedChars":
        """Both one behind the other."""
        chars = [*before, *after]
        confidences = [1.0 if char.confidence is None else char.confidence for char in chars]
        return cls(
            "".join(char.text for char in chars),
            [char.box for char in chars],
            [char.size for char in chars],
            None if all(char.confidence is None for char in chars) else confidences,
        )

    def without(self, dropped: set[int]) -> "PackedChars":
        """The same characters but for those at these indices (0-based)."""
        kept = [index for index in range(len(self._text)) if index not in dropped]
        confidences = self._confidences
        return PackedChars(
            "".join(self._text[index] for index in kept),
            [self._boxes[index] for index in kept],
            [self._sizes[index] for index in kept],
            None if confidences is None else [confidences[index] for index in kept],
        )

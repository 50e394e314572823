"""Characters of a line kept compact (紧凑字符): made into Char only where somebody asks for them."""

from collections.abc import Iterator, Sequence
from typing import overload

from extractors.pages import Char
from extractors.provenance import Box
from extractors.readers.pdf.plane import Glyph, Plane

_FEW = 8  # stretches; the boxes of a line of more are all made at once
Stretch = tuple[Sequence[Glyph], float, float]  # some characters, their upper and their lower edge; upright


class PackedChars(Sequence[Char]):
    """The characters of one line; equal to any sequence of the same Char."""

    __slots__ = ("_confidences", "_known_boxes", "_plane", "_size", "_sizes", "_stretches", "_text")

    def __init__(
        self, text: str, boxes: Sequence[Box], sizes: Sequence[float], confidences: Sequence[float] | None = None
    ) -> None:
        """One box and size for each character of `text`; confidences likewise, or None where they are no question."""
        if not len(text) == len(boxes) == len(sizes):
            raise ValueError("one box and one size for each character")
        self._text = text
        self._known_boxes: Sequence[Box] | None = boxes
        self._sizes: Sequence[float] | None = sizes
        self._confidences = confidences
        self._stretches: Sequence[Stretch] = ()
        self._size = 0.0
        self._plane: Plane | None = None

    @classmethod
    def stretched(cls, text: str, stretches: Sequence[Stretch], size: float, plane: Plane) -> "PackedChars":
        """Characters of one size, certain; their boxes are made when somebody asks for one."""
        chars = cls.__new__(cls)
        chars._text, chars._known_boxes, chars._confidences = text, None, None
        chars._sizes, chars._stretches, chars._plane, chars._size = None, stretches, plane, size
        return chars

    @property
    def _boxes(self) -> Sequence[Box]:
        """The boxes, made when first asked for."""
        if self._known_boxes is None:
            self._known_boxes = self.boxes()
            self._stretches = ()
        return self._known_boxes

    def boxes(self) -> Sequence[Box]:
        """The boxes of all characters; not kept if they were not made yet."""
        if self._known_boxes is not None:
            return self._known_boxes
        plane = self._plane
        boxes = [(x0, top, x1, bottom) for glyphs, top, bottom in self._stretches for x0, x1, _, _ in glyphs]
        return [plane.on_page(box) for box in boxes] if plane is not None and plane.turn else boxes

    @property
    def size(self) -> float | None:
        """The size of all characters in points, None where they differ."""
        return self._size if self._sizes is None else None

    def size_at(self, index: int) -> float:
        """The size of one character (0-based, from the end if negative), in points."""
        return self._size if self._sizes is None else self._sizes[index]

    def sizes(self, count: int) -> Sequence[float]:
        """The sizes of the first `count` characters, in points."""
        return [self._size] * min(count, len(self._text)) if self._sizes is None else self._sizes[:count]

    def box_at(self, index: int) -> Box:
        """The box of one character (0-based, from the end if negative); those of the others stay unmade."""
        if self._known_boxes is not None or len(self._stretches) > _FEW:
            return self._boxes[index]
        offset = index + len(self._text) if index < 0 else index
        for glyphs, top, bottom in self._stretches:
            if 0 <= offset < len(glyphs):
                x0, x1, _, _ = glyphs[offset]
                box = (x0, top, x1, bottom)
                return self._plane.on_page(box) if self._plane is not None and self._plane.turn else box
            offset -= len(glyphs)
        raise IndexError(index)

    def reach(self, start: int, end: int) -> tuple[Box, Box]:
        """The boxes of the first and the last of the characters start:end (0-based), of which there is one at least."""
        if len(self._stretches) == 1 and (self._plane is None or not self._plane.turn):
            glyphs, top, bottom = self._stretches[0]
            x0, x1, _, _ = glyphs[start]
            last_x0, last_x1, _, _ = glyphs[end - 1]
            return (x0, top, x1, bottom), (last_x0, top, last_x1, bottom)
        return self.box_at(start), self.box_at(end - 1)

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
            boxes = self._boxes[index]
            sizes = [self._size] * len(boxes) if self._sizes is None else self._sizes[index]
            return PackedChars(self._text[index], boxes, sizes, part)
        confidence = None if confidences is None else confidences[index]
        return Char(self._text[index], self.box_at(index), self.size_at(index), confidence)

    def __iter__(self) -> Iterator[Char]:
        confidences: Sequence[float | None] = self._confidences or [None] * len(self._text)
        return map(Char, self._text, self._boxes, self.sizes(len(self._text)), confidences)

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
            [self.size_at(index) for index in kept],
            None if confidences is None else [confidences[index] for index in kept],
        )


def reach(chars: Sequence[Char], start: int, end: int) -> tuple[Box, Box]:
    """The boxes of the first and the last of some characters of a line; of packed ones no Char is made."""
    if isinstance(chars, PackedChars):
        return chars.reach(start, end)
    return chars[start].box, chars[end - 1].box

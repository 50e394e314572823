"""The protocol of an OCR engine (文字识别引擎): find text, read it, say how sure of each character."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Image = NDArray[Any]
else:
    Image = Any

Quad = tuple[tuple[float, float], tuple[float, float], tuple[float, float], tuple[float, float]]


@dataclass(frozen=True, slots=True)
class ReadText:
    """What stands in one crop (识别结果). places: middle of each character, in pixels from the left of the crop.

    confidences: 0..1 for each character, parallel to `text`.
    """

    text: str
    confidences: tuple[float, ...]
    places: tuple[float, ...]

    @property
    def confidence(self) -> float:
        """The mean over its characters; 0 where nothing was read."""
        return sum(self.confidences) / len(self.confidences) if self.confidences else 0.0


class OcrEngine(Protocol):
    """文字识别引擎: runs offline; images are RGB, height × width × 3."""

    def detect(self, image: Image) -> list[Quad]:
        """Where text lines are: corners in pixels, clockwise from the top left of the text."""
        ...

    def recognise(self, crops: Sequence[Image]) -> list[ReadText]:
        """What each upright crop of one line says, in the same order."""
        ...


def as_quad(corners: Iterable[Iterable[float]]) -> Quad:
    """Four corners as an engine gives them, in plain numbers."""
    first, second, third, fourth = ((float(x), float(y)) for x, y in corners)
    return (first, second, third, fourth)

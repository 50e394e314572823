"""What stands on a sheet (版面): placed lines of text and rules, before they become a PDF."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class PlacedText:
    """One set line (字行). x: left edge, baseline: from the top, both in points. stretch: added per character."""

    text: str
    x: float
    baseline: float
    size: float
    bold: bool = False
    stretch: float = 0.0


@dataclass(frozen=True, slots=True)
class PlacedRule:
    """A rule (框线) from (x0, y0) to (x1, y1), points from the top left; horizontal or vertical, or a ground (底纹)."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(slots=True)
class Sheet:
    """A page being filled (纸张).

    width, height: of the layout, in points. turn: how far the layout is turned clockwise on the paper (0 or 90).
    furniture: running head and foot, never turned; in the coordinates of the paper.
    """

    width: float
    height: float
    turn: int = 0
    texts: list[PlacedText] = field(default_factory=list)
    rules: list[PlacedRule] = field(default_factory=list)
    furniture: list[PlacedText] = field(default_factory=list)

    @property
    def paper(self) -> tuple[float, float]:
        """Width and height of the paper."""
        return (self.height, self.width) if self.turn % 180 else (self.width, self.height)

"""Widths and line breaking (排字): Chinese full width, Latin by the metrics of Times."""

from functools import cache

NO_LINE_START = frozenset("，。；：、！？）》”’％%〕】」')],.;:!?")
NO_LINE_END = frozenset("（《“‘〔【「([")


def is_latin(character: str) -> bool:
    """Whether the character is set in the Latin font."""
    return character < "\x7f"


@cache
def _latin_widths() -> tuple[float, ...]:
    """Widths of the ASCII characters in Times, in units of the size."""
    import pymupdf

    font = pymupdf.Font("tiro")
    return tuple(font.glyph_advance(code) if code >= 32 else 0.0 for code in range(127))


def advance(character: str, size: float) -> float:
    """How far the character moves the pen, in points."""
    return _latin_widths()[ord(character)] * size if is_latin(character) else size


def width(text: str, size: float) -> float:
    """The width of the text set in one line, in points."""
    return sum(advance(character, size) for character in text)


def wrap(text: str, measure: float, size: float, indent: float = 0.0) -> list[str]:
    """The text broken into lines no wider than `measure`, the first one shorter by `indent`, in points.

    Latin words and numbers are not torn unless they fill a line; closing marks never begin a line, nor opening
    ones end it. A newline always breaks. Returns at least one line, without trailing blanks.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line, used = "", indent if not lines else 0.0
        for atom in _atoms(paragraph):
            step = width(atom, size)
            if line and used + step > measure:
                lines.append(line)
                line, used = "", 0.0
            while step > measure and len(atom) > 1:
                fit = max(1, int(len(atom) * (measure - used) / step))
                lines.append(line + atom[:fit])
                line, used, atom = "", 0.0, atom[fit:]  # noqa: PLW2901 - the torn rest of the word goes on
                step = width(atom, size)
            line, used = line + atom, used + step
        lines.append(line)
    return [line.rstrip() for line in lines]


def _atoms(text: str) -> list[str]:
    """What must stay in one line: a Latin word or number, a Chinese character with the marks that cling to it."""
    atoms: list[str] = []
    for character in text:
        clings = bool(atoms) and (
            character in NO_LINE_START
            or atoms[-1][-1] in NO_LINE_END
            or (is_latin(character) and character != " " and is_latin(atoms[-1][-1]) and atoms[-1][-1] != " ")
        )
        if clings:
            atoms[-1] += character
        else:
            atoms.append(character)
    return atoms

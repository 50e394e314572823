"""Sets a report (排版): blocks onto sheets, with running head, foot and watermark left to the printer."""

from collections.abc import Iterable

from corpus.render.blocks import Block, TableBlock, TextBlock
from corpus.render.measure import width, wrap
from corpus.render.sheet import PlacedRule, PlacedText, Sheet
from corpus.render.style import Style
from corpus.render.table_setter import TableSetter

A4 = (595.0, 842.0)
MARGIN = 72.0
WIDE_TABLE = 7  # columns from which a table is set on landscape pages, where the style has them
_SIZES = {"title": 20.0, "heading": 14.0, "body": 12.0, "caption": 10.5, "note": 9.0, "blank": 12.0}
_LEADING = 1.6


class Typesetter:
    """Sets blocks one after another (排版器)."""

    def __init__(self, style: Style) -> None:
        """Start with one empty upright sheet."""
        self.style = style
        self.sheets: list[Sheet] = []
        self._new_sheet(landscape=False)

    def set(self, blocks: Iterable[Block]) -> list[Sheet]:
        """Set all blocks; returns the sheets."""
        for block in blocks:
            if isinstance(block, TableBlock):
                self._set_table(block)
            elif block.role == "break":
                self._new_sheet(landscape=False)
            else:
                self._set_text(block)
        return [sheet for sheet in self.sheets if sheet.texts or sheet.rules]

    @property
    def _sheet(self) -> Sheet:
        return self.sheets[-1]

    def _new_sheet(self, landscape: bool) -> tuple[Sheet, float]:
        """Begin a sheet; returns it and its first free y."""
        size = (A4[1], A4[0]) if landscape else A4
        turned = (landscape and self.style.turned_tables) or bool(self.style.page_rotation)
        self.sheets.append(Sheet(*size, turn=90 if turned else 0))
        self.y = MARGIN
        return self._sheet, self.y

    def _set_text(self, block: TextBlock) -> None:
        """Set one paragraph, breaking lines and pages."""
        size = _SIZES[block.role]
        leading = size * _LEADING
        if self._sheet.width > self._sheet.height:
            self._new_sheet(landscape=False)
        indent = 2 * size if block.role in ("body", "heading") else 0.0
        measure = self._sheet.width - 2 * MARGIN
        lines = wrap(block.text, measure, size, indent) if block.text else [""]
        for number, line in enumerate(lines):
            if self.y + leading > self._sheet.height - MARGIN:
                self._new_sheet(landscape=False)
            if line:
                x = MARGIN + (indent if number == 0 else 0.0)
                if block.role in ("title", "caption"):
                    x = MARGIN + (measure - width(line, size)) / 2
                last = number == len(lines) - 1
                stretch = 0.0 if last else self._stretch(line, MARGIN + measure - x, size, block)
                bold = block.role in ("title", "heading")
                self._sheet.texts.append(PlacedText(line, x, self.y + leading * 0.7, size, bold, stretch))
            self.y += leading

    def _stretch(self, line: str, measure: float, size: float, block: TextBlock) -> float:
        """What each character is moved further to fill the measure, in a justified body line."""
        if not self.style.justified or block.role != "body" or len(line) < 2:
            return 0.0
        room = measure - width(line, size)
        return room / (len(line) - 1) if 0 < room < 2 * size else 0.0

    def _set_table(self, block: TableBlock) -> None:
        """Set a table; a wide one on landscape sheets of its own where the style says so."""
        wide = block.n_columns >= WIDE_TABLE and (self.style.landscape_tables or self.style.turned_tables)
        if wide or self._sheet.width > self._sheet.height:
            self._turn_to_landscape(wide)
        setter = TableSetter(block, self.style, MARGIN * 0.75, self._sheet.width - MARGIN * 1.5)
        bottom = self._sheet.height - MARGIN
        self.y = 8 + setter.set(self._sheet, self.y, bottom, lambda: self._new_sheet(landscape=wide))

    def _turn_to_landscape(self, wide: bool) -> None:
        """Begin a sheet for the table and take its caption with it, if that is the last line set."""
        caption = (
            self._sheet.texts[-1] if self._sheet.texts and self._sheet.texts[-1].size == _SIZES["caption"] else None
        )
        if caption is not None:
            self._sheet.texts.pop()
        self._new_sheet(landscape=wide)
        if caption is not None:
            x = (self._sheet.width - width(caption.text, caption.size)) / 2
            self._sheet.texts.append(PlacedText(caption.text, x, self.y + caption.size, caption.size))
            self.y += caption.size * _LEADING


def add_furniture(sheets: list[Sheet], title: str, style: Style) -> None:
    """Running head with a rule below it, and page numbers; in the coordinates of the paper."""
    for number, sheet in enumerate(sheets, start=1):
        paper_width, paper_height = sheet.paper if not style.page_rotation else (sheet.width, sheet.height)
        foot = f"第 {number} 页 共 {len(sheets)} 页" if style.justified else f"- {number} -"
        x = (paper_width - width(foot, 9)) / 2
        sheet.furniture.append(PlacedText(foot, x, paper_height - 40, 9))
        if style.running_head:
            sheet.furniture.append(PlacedText(title, (paper_width - width(title, 9)) / 2, 48, 9))
            if not sheet.turn:
                sheet.rules.append(PlacedRule(MARGIN, 53, paper_width - MARGIN, 53))

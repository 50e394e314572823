"""A minimal writer of Office Open XML workbooks (xlsx 文件): streamed row by row, the same bytes for the same rows.

Made for long sheets of text: several times as fast as the general libraries, because a cell is one string. Texts are
inline strings, which no spreadsheet takes for formulas. Values must hold only characters that XML allows.
"""

import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, Self, TextIO
from xml.sax.saxutils import escape, quoteattr

_ESCAPE_LIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # what a spreadsheet would decode as a character
_DATE = (1980, 1, 1, 0, 0, 0)  # the zip format's first; no clock stands in the file
_CREATED = "2000-01-01T00:00:00Z"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"


class Style(NamedTuple):
    """How a cell looks (格式). fill: RGB in hexadecimal or ''. quoted: stays text even after somebody edits it."""

    number: str = "General"
    bold: bool = False
    fill: str = ""
    wrap: bool = False
    centred: bool = False
    underlined: bool = False
    quoted: bool = False


class Cell(NamedTuple):
    """What a cell holds, as it is written (单元格). markup: everything behind the style's number, made below."""

    style: Style
    markup: str


def number_cell(number: str, style: Style) -> Cell:
    """A cell with a number, printed as XML wants it."""
    return Cell(style, f"><v>{number}</v></c>")


def text_cell(text: str, style: Style) -> Cell:
    """A cell with a text, whatever it looks like."""
    return Cell(style, f' t="inlineStr"><is><t xml:space="preserve">{_text(text)}</t></is></c>')


@dataclass(slots=True)
class Layout:
    """What stands around a sheet's rows (版面).

    widths: of the columns, in characters. frozen: columns that stay in sight beside the first row. printed: columns
    that go on paper. large: A3 instead of A4, both across. choices: 0-based column → what may be filled in there.
    """

    widths: Sequence[int]
    frozen: int
    printed: int
    large: bool
    choices: dict[int, Sequence[str]] = field(default_factory=dict)


def column_letters(index: int) -> str:
    """The letters of a column; index is 0-based."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


_LETTERS = tuple(column_letters(index) for index in range(64))


class SheetWriter:
    """One sheet, written from its first row down (工作表)."""

    def __init__(self, book: "BookWriter", name: str, layout: Layout, file: TextIO) -> None:
        self.name = name
        self.layout = layout
        self.rows = 0
        self._book = book
        self._file = file
        file.write(_HEAD + _sheet_head(layout))

    def append(self, cells: Iterable[tuple[int, Cell]], height: float) -> None:
        """One more row: cells with their 0-based columns, left to right; height in points."""
        self.rows += 1
        number, style_number = self.rows, self._book.style_number
        row = "".join(
            f'<c r="{_LETTERS[column]}{number}" s="{style_number(style)}"{markup}' for column, (style, markup) in cells
        )
        self._file.write(f'<row r="{number}" ht="{height:g}" customHeight="1">{row}</row>')

    def finish(self) -> None:
        """Close the sheet; no row may follow."""
        self._file.write(_sheet_foot(self.layout, self.rows))
        self._file.close()


class BookWriter:
    """A workbook being written (工作簿); complete when its context is left without an exception."""

    def __init__(self, path: Path, title: str, font: str) -> None:
        self._path = path
        self._title = title
        self._font = font
        self._styles: dict[Style, int] = {Style(): 0}
        self._sheets: list[SheetWriter] = []

    def __enter__(self) -> Self:
        self._folder = Path(tempfile.mkdtemp(prefix=".xlsx-", dir=self._path.parent))
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            self._pack()
        shutil.rmtree(self._folder)

    def add_sheet(self, name: str, layout: Layout) -> SheetWriter:
        """A further sheet behind those there are; names are unique and at most 31 characters long."""
        file = (self._folder / f"sheet{len(self._sheets) + 1}.xml").open("w", encoding="utf-8", newline="\n")
        self._sheets.append(SheetWriter(self, name, layout, file))
        return self._sheets[-1]

    def style_number(self, style: Style) -> int:
        """The number of a style in this workbook, in order of first use."""
        return self._styles.setdefault(style, len(self._styles))

    def _pack(self) -> None:
        """Put all parts into one file."""
        with zipfile.ZipFile(self._path, "w", zipfile.ZIP_DEFLATED) as package:
            for name, text in self._parts().items():
                package.writestr(zipfile.ZipInfo(name, _DATE), text, zipfile.ZIP_DEFLATED)
            for number in range(1, len(self._sheets) + 1):
                info = zipfile.ZipInfo(f"xl/worksheets/sheet{number}.xml", _DATE)
                info.compress_type = zipfile.ZIP_DEFLATED
                source = self._folder / f"sheet{number}.xml"
                info.file_size = source.stat().st_size
                with source.open("rb") as rows, package.open(info, "w") as part:
                    shutil.copyfileobj(rows, part, 1 << 20)

    def _parts(self) -> dict[str, str]:
        """Everything but the sheets."""
        return {
            "[Content_Types].xml": _HEAD + _content_types(len(self._sheets)),
            "_rels/.rels": _HEAD + _root_relations(),
            "docProps/core.xml": _HEAD + _core(self._title),
            "xl/workbook.xml": _HEAD + _workbook(self._sheets),
            "xl/_rels/workbook.xml.rels": _HEAD + _workbook_relations(len(self._sheets)),
            "xl/styles.xml": _HEAD + _styles(tuple(self._styles), self._font),
        }


def _text(value: str) -> str:
    """A text between tags."""
    return escape(_ESCAPE_LIKE.sub("_x005F_", value) if "_x" in value else value)


def _sheet_head(layout: Layout) -> str:
    """What stands before the rows: fitted to the width of the page, first row and columns frozen."""
    corner = f"{_LETTERS[layout.frozen]}2"
    across = f' xSplit="{layout.frozen}"' if layout.frozen else ""
    pane = "bottomRight" if layout.frozen else "bottomLeft"
    widths = "".join(
        f'<col min="{index}" max="{index}" width="{width}" customWidth="1"/>'
        for index, width in enumerate(layout.widths, 1)
    )
    return (
        f'<worksheet xmlns="{_MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews>'
        f'<sheetView workbookViewId="0"><pane{across} ySplit="1" topLeftCell="{corner}" activePane="{pane}" '
        f'state="frozen"/><selection pane="{pane}"/></sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/><cols>{widths}</cols><sheetData>'
    )


def _sheet_foot(layout: Layout, rows: int) -> str:
    """What stands behind the rows: filter, choices, printing."""
    last = _LETTERS[len(layout.widths) - 1]
    choices = "".join(
        f'<dataValidation type="list" allowBlank="1" sqref="{_LETTERS[column]}2:{_LETTERS[column]}{rows}">'
        f"<formula1>{escape(chr(34) + ','.join(values) + chr(34))}</formula1></dataValidation>"
        for column, values in layout.choices.items()
        if rows > 1
    )
    count = choices.count("<dataValidation ")
    validations = f'<dataValidations count="{count}">{choices}</dataValidations>' if count else ""
    return (
        f'</sheetData><autoFilter ref="A1:{last}{max(rows, 1)}"/>{validations}<printOptions gridLines="1"/>'
        '<pageMargins left="0.4" right="0.4" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
        f'<pageSetup paperSize="{8 if layout.large else 9}" fitToHeight="0" orientation="landscape"/>'
        "<headerFooter><oddFooter>&amp;L&amp;A&amp;R第 &amp;P 页，共 &amp;N 页</oddFooter></headerFooter></worksheet>"
    )


def _workbook(sheets: Sequence[SheetWriter]) -> str:
    """The list of sheets, with what is repeated and printed of each."""
    listed = "".join(
        f'<sheet name={quoteattr(sheet.name)} sheetId="{number}" r:id="rId{number}"/>'
        for number, sheet in enumerate(sheets, 1)
    )
    names = "".join(_defined_names(number, sheet) for number, sheet in enumerate(sheets))
    return (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_DOCUMENT}"><bookViews><workbookView activeTab="0"/></bookViews>'
        f"<sheets>{listed}</sheets><definedNames>{names}</definedNames></workbook>"
    )


def _defined_names(number: int, sheet: SheetWriter) -> str:
    """Filter, print area and repeated row of one sheet; number is 0-based."""
    quoted = escape("'" + sheet.name.replace("'", "''") + "'")
    last, printed = _LETTERS[len(sheet.layout.widths) - 1], _LETTERS[sheet.layout.printed - 1]
    rows = max(sheet.rows, 1)
    return (
        f'<definedName name="_xlnm._FilterDatabase" localSheetId="{number}" hidden="1">'
        f"{quoted}!$A$1:${last}${rows}</definedName>"
        f'<definedName name="_xlnm.Print_Area" localSheetId="{number}">{quoted}!$A$1:${printed}${rows}</definedName>'
        f'<definedName name="_xlnm.Print_Titles" localSheetId="{number}">{quoted}!$1:$1</definedName>'
    )


def _styles(styles: Sequence[Style], font: str) -> str:
    """Fonts, fills, borders and number formats of the styles used."""
    formats = list(dict.fromkeys(style.number for style in styles if style.number != "General"))
    fills = list(dict.fromkeys(style.fill for style in styles if style.fill))
    face = f'<sz val="10"/><color rgb="FF24323D"/><name val={quoteattr(font)}/><family val="2"/>'
    number_formats = "".join(f'<numFmt numFmtId="{n}" formatCode={quoteattr(f)}/>' for n, f in enumerate(formats, 164))
    patterns = "".join(
        f'<fill><patternFill patternType="solid"><fgColor rgb="FF{fill}"/><bgColor indexed="64"/></patternFill></fill>'
        for fill in fills
    )
    cells = "".join(_cell_style(style, formats, fills) for style in styles)
    no_sides = "<left/><right/><top/>"
    return (
        f'<styleSheet xmlns="{_MAIN}">'
        + (f'<numFmts count="{len(formats)}">{number_formats}</numFmts>' if formats else "")
        + f'<fonts count="2"><font>{face}</font><font><b/>{face}</font></fonts>'
        f'<fills count="{len(fills) + 2}"><fill><patternFill patternType="none"/></fill>'
        f'<fill><patternFill patternType="gray125"/></fill>{patterns}</fills>'
        f'<borders count="2"><border>{no_sides}<bottom/><diagonal/></border>'
        f'<border>{no_sides}<bottom style="medium"><color rgb="FF5B6B76"/></bottom><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f'<cellXfs count="{len(styles)}">{cells}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )


def _cell_style(style: Style, formats: Sequence[str], fills: Sequence[str]) -> str:
    """One style by the numbers of its parts."""
    number = 0 if style.number == "General" else 164 + formats.index(style.number)
    fill = fills.index(style.fill) + 2 if style.fill else 0
    centred = ' horizontal="center"' if style.centred else ""
    wrap = ' wrapText="1"' if style.wrap else ""
    quoted = ' quotePrefix="1"' if style.quoted else ""
    return (
        f'<xf numFmtId="{number}" fontId="{int(style.bold)}" fillId="{fill}" borderId="{int(style.underlined)}" '
        f'xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"{quoted}>'
        f'<alignment vertical="top"{centred}{wrap}/></xf>'
    )


def _content_types(sheets: int) -> str:
    """The media type of every part."""
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{_MEDIA}.worksheet+xml"/>'
        for number in range(1, sheets + 1)
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/docProps/core.xml" ContentType="{_CORE_TYPE}"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_MEDIA}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_MEDIA}.styles+xml"/>{overrides}</Types>'
    )


def _root_relations() -> str:
    """What the package holds."""
    return (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_DOCUMENT}/officeDocument" Target="xl/workbook.xml"/>'
        f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
        "</Relationships>"
    )


def _workbook_relations(sheets: int) -> str:
    """Where the workbook's sheets and styles stand."""
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{_DOCUMENT}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number in range(1, sheets + 1)
    )
    return (
        f'<Relationships xmlns="{_PACKAGE}/relationships">{listed}'
        f'<Relationship Id="rId{sheets + 1}" Type="{_DOCUMENT}/styles" Target="styles.xml"/></Relationships>'
    )


def _core(title: str) -> str:
    """Title and a fixed date."""
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{_CREATED}</dcterms:created></cp:coreProperties>'
    )

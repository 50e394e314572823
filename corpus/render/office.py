"""Reports printed by programs that are not ours (他人软件的打印): LibreOffice and Chromium, where they are installed.

What their layout does to a table over a page break no renderer of one's own would think of.
"""

from __future__ import annotations

import html
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from corpus.render.blocks import Block, TableBlock, TableCell

PROGRAMS = {"libreoffice": ("soffice", "libreoffice"), "chromium": ("chromium", "chromium-browser", "google-chrome")}
_SECONDS = 300  # that a program may take for all pages
_STYLE = """
@page { size: A4; margin: 2.5cm }
body { font-family: "Noto Serif CJK SC", "WenQuanYi Zen Hei", serif; font-size: 12pt; line-height: 1.6 }
p { text-indent: 2em; margin: 0; white-space: pre-wrap }
.title { text-align: center; font-size: 20pt; font-weight: bold; text-indent: 0 }
.heading { font-size: 14pt; font-weight: bold }
.caption { text-align: center; font-size: 10.5pt; text-indent: 0 }
.note { font-size: 9pt }
table { border-collapse: collapse; width: 100%; font-size: 10pt; line-height: 1.3 }
td { border: 0.5pt solid black; padding: 2pt 4pt; text-align: center; vertical-align: middle }
"""


def installed(program: str) -> str | None:
    """Where a program of `PROGRAMS` is, None where it or every Chinese font is missing."""
    path = next((found for name in PROGRAMS[program] if (found := shutil.which(name))), None)
    fonts = shutil.which("fc-list")
    listed = subprocess.run([fonts, ":lang=zh"], capture_output=True, check=False).stdout if fonts else b""  # noqa: S603 - ours
    return path if listed.strip() else None


def printed(program: str, reports: Mapping[str, Sequence[Block]]) -> dict[str, bytes]:
    """Each report as the program prints it, by name. Raises FileNotFoundError where it printed none."""
    command = installed(program)
    if command is None:
        raise FileNotFoundError(program)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for report, blocks in reports.items():
            (folder / f"{report}.html").write_text(page_of(blocks), encoding="utf-8")
        pages = sorted(folder.glob("*.html"))
        for arguments in _arguments(program, pages, folder):
            environment = {**os.environ, "HOME": name}
            subprocess.run(  # noqa: S603 - a program of the machine's, on pages of our own
                [command, *arguments], capture_output=True, check=True, timeout=_SECONDS, env=environment
            )
        return {page.stem: page.with_suffix(".pdf").read_bytes() for page in pages}


def _arguments(program: str, pages: Sequence[Path], folder: Path) -> Iterator[list[str]]:
    """The arguments of each run of the program."""
    if program == "libreoffice":
        form = ["--infilter=HTML (StarWriter)", "--convert-to", "pdf:writer_pdf_Export", "--outdir", str(folder)]
        yield ["--headless", *form, *map(str, pages)]
        return
    quiet = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-sync"]
    quiet += ["--disable-component-update", f"--user-data-dir={folder / 'profile'}"]
    for page in pages:
        target = f"--print-to-pdf={page.with_suffix('.pdf')}"
        yield ["--headless", "--no-sandbox", *quiet, "--no-pdf-header-footer", target, page.as_uri()]


def page_of(blocks: Sequence[Block]) -> str:
    """The blocks as a page of HTML; heads of tables are repeated on every sheet."""
    body = "\n".join(_element(block) for block in blocks)
    return f'<!doctype html><html><head><meta charset="utf-8"><style>{_STYLE}</style></head><body>{body}</body></html>'


def _element(block: Block) -> str:
    """A paragraph or a table."""
    if isinstance(block, TableBlock):
        return _table(block)
    if block.role == "break":
        return '<div style="page-break-before: always"></div>'
    return f'<p class="{block.role}">{html.escape(block.text)}</p>'


def _table(block: TableBlock) -> str:
    """A table; a head that a merged cell reaches down from takes in the rows that the cell covers."""
    head = block.header_rows
    while any(cell.row < head < cell.row + cell.row_span for cell in block.cells):
        head += 1
    rows = [
        "<tr>" + "".join(_cell(cell) for cell in block.cells if cell.row == row) + "</tr>"
        for row in range(block.n_rows)
    ]
    grouped = f"<thead>{''.join(rows[:head])}</thead><tbody>{''.join(rows[head:])}</tbody>"
    return f'<table border="1" cellspacing="0">{grouped}</table>'


def _cell(cell: TableCell) -> str:
    """A cell with its spans."""
    text = html.escape(cell.text).replace("\n", "<br>")
    return f'<td rowspan="{cell.row_span}" colspan="{cell.column_span}">{text}</td>'

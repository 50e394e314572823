"""Where one report of a file ends and the next begins (报告分界)."""

import re
from collections.abc import Iterator, Sequence

from extractors.pages import Line
from extractors.segment.forms import form_name, has_funds
from extractors.segment.headings import Label, label_of, looks_closed, ordinal
from extractors.segment.tables.find import FoundTable
from extractors.segment.titles import CHAPTERS, front_start, is_form_title, is_title, opens, subject
from extractors.vocabulary import plain

_OUTER = ("part", "chapter", "cn", "num")
_TITLE_TEXT = 400
_MAX_FRONT_LINES = 80
_SUMMARY = re.compile(r"(?:第[一1]部分)?(?:评价)?(?:报告)?(?:内容)?(?:摘要|概要|提要)")
_MAX_CAPTION = 8  # lines above a form that may head it
_MAX_TITLE_LINES = 6
_PROJECT = re.compile(r"\s*(?:项目|专项)名称\s*[:：]\s*(\S+)")
_PROJECT_FORM, _WHOLE = (
    re.compile(r"项目(?:支出)?(?:预算)?绩效(?:目标)?(?:完成情况)?自评"),
    re.compile(r"整体(?:支出)?绩效"),
)
_MIN_NAME = 4
_ALIKE = 70  # percent
_SOME = 2  # chapters, with which a running report may be over
_SENTENCES = 6  # closed lines that count as a chapter where none is numbered


def boundaries(
    lines: Sequence[Line], dropped: Sequence[bool], in_table: Sequence[bool], tables: Sequence[FoundTable]
) -> list[int]:
    """Indices (0-based) of the lines that begin a report; the first is 0.

    dropped, in_table: parallel to `lines`: lines without content (contents, page marks), lines of tables.
    """
    starts = [0]
    forms = {table.start: name for table in tables if (name := form_name(table.grid))}
    fields = {table.start: at for table in tables if table.start not in forms and (at := _field_above(lines, table))}
    forms.update({start: _named_by(lines[at]) for start, at in fields.items()})
    skipped = [drop or taken for drop, taken in zip(dropped, in_table, strict=True)]
    names, texts = set[str](), list[str]()  # of the running report
    for index, line in enumerate(lines):
        if skipped[index] and index not in forms:
            continue
        start: int | None = None
        if index in forms:
            told = [lines[at] for at in range(starts[-1], index) if not in_table[at]]
            if _is_another_form(lines[starts[-1] : index], told, index, forms, names, any(_outer_labels(texts))):
                start = front_start(lines, dropped, in_table, fields.get(index, index), starts[-1])
        else:
            if is_title(lines, index) and not is_form_title(lines, index) and opens(lines, skipped, index):
                block = front_start(lines, dropped, in_table, index, starts[-1])
                if names and not any(label.style in CHAPTERS for label in _outer_labels(texts)):
                    again = any(_named(lines, block, len(lines), name) for name in names)
                else:
                    again = _told(texts) < _SOME or _is_again(lines, skipped, starts[-1], block, index)
                start = None if again else block
            texts.append(line.text)
        if start is not None:
            starts.append(start)
            names, texts = set(), []
        if index in forms:
            names.add(forms[index])
    return starts


def _outer_labels(texts: Sequence[str]) -> Iterator[Label]:
    """The numbers of chapters that lines begin with."""
    for text in texts:
        label = label_of(text)
        if label is not None and label.style in _OUTER:
            yield label


def _told(texts: Sequence[str]) -> int:
    """How much lines tell, in chapters; sentences count for chapters where none is numbered."""
    chapters = {(label.style, ordinal(label)) for label in _outer_labels(texts)}
    return len(chapters) + sum(map(looks_closed, texts)) // _SENTENCES


def _is_another_form(
    above: Sequence[Line], told: Sequence[Line], index: int, forms: dict[int, str], names: set[str], narrative: bool
) -> bool:
    """Whether the form at `index` is not the running report's own.

    above: the running report's lines above it; told: those outside tables, for a list of several projects names all of
    them. names: of the projects whose forms it has; narrative: whether it has text.
    """
    own = forms[index]
    if names:
        return own not in names
    if narrative and _is_of_project(above):
        return True
    if not narrative or _named(told, 0, len(told), own):
        return False
    return _of_several(forms, index) or (not _is_annex(above) and _is_unheard(above, own))


def _field_above(lines: Sequence[Line], table: FoundTable) -> int:
    """The line (index) above the table of a form's funds that names its project (项目名称：…), 0 for none."""
    if not has_funds(table.grid):
        return 0
    above = range(table.start - 1, max(table.start - _MAX_CAPTION, 0), -1)
    return next((at for at in above if _named_by(lines[at])), 0)


def _named_by(line: Line) -> str:
    """The project that a field of a form names, as compared (plain), or ''."""
    match = _PROJECT.match(line.text)
    return plain(match[1]) if match is not None else ""


def _is_of_project(above: Sequence[Line]) -> bool:
    """Whether a form calls itself that of a project (项目支出绩效自评表), and the report that of a whole body."""
    caption = plain("".join(line.text for line in above[-_MAX_CAPTION:]))
    if not _PROJECT_FORM.search(caption) or _WHOLE.search(caption):
        return False
    title = [line.text for line in above[:_MAX_FRONT_LINES] if line.text.strip()][:_MAX_TITLE_LINES]
    return _WHOLE.search(plain("".join(title))) is not None


def _of_several(forms: dict[int, str], index: int) -> bool:
    """Whether the form at `index` is followed by one of another project: a collection behind a report."""
    following = next((name for start, name in forms.items() if start > index), None)
    return following is not None and following != forms[index]


def _is_annex(above: Sequence[Line]) -> bool:
    """Whether the lines right above a form call it an annex (附件2), whatever project it names."""
    texts = [line.text for line in above[-_MAX_CAPTION:] if line.text.strip()]
    return any(label.style == "annex" for text in texts if (label := label_of(text)) is not None)


def _is_unheard(lines: Sequence[Line], name: str) -> bool:
    """Whether a text says nothing like the name of a form's project: the form stands behind a report of another."""
    from rapidfuzz.fuzz import partial_ratio

    text = plain("".join(line.text for line in lines))
    return len(name) >= _MIN_NAME and partial_ratio(name, text, score_cutoff=_ALIKE) == 0


def _is_summary(lines: Sequence[Line]) -> bool:
    """Whether a text calls itself a summary (摘要) at its top."""
    return any(_SUMMARY.fullmatch(plain(line.text)) for line in lines[:_MAX_FRONT_LINES])


def _named(lines: Sequence[Line], start: int, end: int, name: str) -> bool:
    """Whether the lines at the top of a report, its title above all, name the project of a form or a title."""
    if len(name) < _MIN_NAME:
        return False
    title = ""
    for line in lines[start : min(end, start + _MAX_FRONT_LINES)]:
        title += plain(line.text)
        if len(title) >= _TITLE_TEXT:
            break
    return name in title[:_TITLE_TEXT]


def _is_again(lines: Sequence[Line], skipped: Sequence[bool], top: int, block: int, index: int) -> bool:
    """Whether the title from `block` to `index` is that of the running report, which begins at `top`, printed again:
    above the text behind a summary, or at the head of a page, where no chapter is the first.
    """
    named = _named(lines, top, block, subject(lines[block : index + 1]))
    return named and (_is_summary(lines[top:block]) or not opens(lines, skipped, index, CHAPTERS))

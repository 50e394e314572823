"""The money block of a self-evaluation form printed line by line (自评表资金栏): a head, and a row on each line.

`项目资金（万元） 年初预算数 全年预算数 全年执行数 分值 执行率 得分` and `年度资金总额 620 600 576 10 96.00% 9.6`, the
words parted by blanks. Source of the form: 财预〔2020〕10号.
"""

import re
from collections.abc import Sequence
from itertools import compress

from extractors.pages import Line
from extractors.segment.flow import Piece
from extractors.segment.headings import looks_closed
from extractors.segment.noise import is_page_mark
from extractors.segment.tables.draft import Draft, DraftRow, kind_of, row_of
from extractors.vocabulary import plain

_MONEY = re.compile(
    r"(?:年初|全年|年度|本年|调整后?|当年)?(?:预算|执行|支出|到位|安排|下达|拨付)(?:资金)?(?:总?[数额]|金额)|(?:实际|全年)(?:支出|执行|到位)[数额]?"
)
_RATE = re.compile(r"(?:预算|资金)?(?:执行|支出|到位)率")
_MARK = re.compile(r"分值|权重|得分|自评得分")
_BRACKETS = re.compile(r"\([^()]{0,12}\)$")
_LABEL = re.compile(r"(?:项目|部门|年度|预算|资金).{0,12}(?:\([^()]{1,8}\))?")
_NUMBERS = ("number", "rate", "dash")
_LEAST = 3  # heads, two of them money
_MOST_ROWS = 12
_MOST_BLANK = 2
_LONGEST = 200
_MOST_NAME = 30


def find_form_funds(lines: Sequence[Line], free: Sequence[bool]) -> list[Draft]:
    """All money blocks of this layout. free: parallel to `lines`, whether the line is still unclaimed."""
    drafts = []
    end = 0
    for index in compress(range(len(lines)), free):
        heads = _heads(lines[index].text) if index >= end else None
        if heads is None:
            continue
        rows, end = _rows(lines, free, index + 1, heads[1])
        if rows:
            label, columns = heads
            head = row_of(
                [[(text, lines[index])] if text else [] for text in (label, *columns)], lines[index], lines[index]
            )
            drafts.append(Draft("aligned", [head, *rows], index, end, header_rows=1))
    return drafts


def _heads(text: str) -> tuple[str, tuple[str, ...]] | None:
    """The label in front (`项目资金（万元）` or '') and the heads of a line that is nothing else."""
    if "\t" in text or len(text) > _LONGEST or "率" not in text:
        return None
    words = text.split()
    if len(words) < _LEAST:
        return None
    first = next((at for at, word in enumerate(words) if _is_head(word)), len(words))
    heads = words[first:]
    money = sum(bool(_MONEY.fullmatch(_bare(word))) for word in heads)
    label = "".join(words[:first])
    if len(heads) < _LEAST or money < _LEAST - 1 or not all(map(_is_head, heads)):
        return None
    return (label, tuple(heads)) if not label or _LABEL.fullmatch(plain(label)) else None


def _bare(word: str) -> str:
    return _BRACKETS.sub("", plain(word))


def _is_head(word: str) -> bool:
    bare = _bare(word)
    return bool(_MONEY.fullmatch(bare) or _RATE.fullmatch(bare) or _MARK.fullmatch(bare))


def _rows(lines: Sequence[Line], free: Sequence[bool], start: int, heads: Sequence[str]) -> tuple[list[DraftRow], int]:
    """The rows below the head and the index behind them: names, then as many numbers as heads or fewer."""
    rows: list[DraftRow] = []
    end, index, blank = start, start, 0
    while index < len(lines) and free[index] and len(rows) < _MOST_ROWS and blank <= _MOST_BLANK:
        line = lines[index]
        index += 1
        if not line.text.strip() or is_page_mark(line.text):
            blank += 1
            continue
        row = _row(line, heads)
        if row is None:
            break
        rows.append(row)
        end, blank = index, 0
    return rows, end


def _row(line: Line, heads: Sequence[str]) -> DraftRow | None:
    """One row: its name in the first column, each number below a head; None where they cannot all be placed."""
    words = line.text.split()
    count = 0
    while count < len(words) and kind_of(words[-1 - count]) in _NUMBERS:
        count += 1
    names, numbers = words[: len(words) - count], words[len(words) - count :]
    name = "".join(names)
    if not count or not names or len(name) > _MOST_NAME or looks_closed(name):
        return None
    columns = _columns(numbers, heads)
    if columns is None:
        return None
    cells: list[list[Piece]] = [[(name, line)], *([] for _ in heads)]
    for column, number in zip(columns, numbers, strict=True):
        cells[column + 1] = [(number, line)]
    return row_of(cells, line, line)


def _columns(numbers: Sequence[str], heads: Sequence[str]) -> list[int] | None:
    """The column of each number: one each; or sums below money and a rate below the rate, where some are blank."""
    if len(numbers) == len(heads):
        return list(range(len(heads)))
    money = [column for column, head in enumerate(heads) if _MONEY.fullmatch(_bare(head))]
    rates = [column for column, head in enumerate(heads) if _RATE.fullmatch(_bare(head))]
    if kind_of(numbers[-1]) == "rate" and len(numbers) == len(money) + 1 and rates:
        return [*money, rates[0]]
    return money if len(numbers) == len(money) and all(kind_of(number) != "rate" for number in numbers) else None

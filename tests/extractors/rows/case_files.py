"""Cases as data: a sentence and what it states, read from the text files beside the tests.

> 该指标满分8分，得6分。            the text; `>[标题]` puts it below this heading, `>>` makes it a heading itself,
                                     `>~` puts it into the spender's own evaluation (自评报告)
score-claim weight=8分 score=6分     what it states, in order; `{subject}`, `/role` where there is one
(nothing)                            a text that states nothing of the kinds tested
"""

import re
from dataclasses import dataclass
from pathlib import Path

from extractors.pages import Line
from extractors.rows.context import Context
from extractors.rows.model import Statement
from extractors.segment.model import Flow, Heading

_FOLDER = Path(__file__).with_name("cases")
_TEXT = re.compile(r"^(?P<mark>>>?)(?P<own>~?)(?:\[(?P<heading>[^\]]*)\])?\s*(?P<text>.*)$")


@dataclass(frozen=True)
class Case:
    """One text with the statements expected of it, as lines."""

    text: str
    heading: str
    is_heading: bool
    self_evaluation: bool
    expected: tuple[str, ...]

    def context(self) -> Context:
        """Where the text stands."""
        path = (heading(self.heading),) if self.heading else ()
        return Context(path=path, heading=self.is_heading, self_evaluation=self.self_evaluation)


def flow(text: str, number: int = 1) -> Flow:
    """A flow of one line."""
    return Flow(text, (0,), (Line(text, number=number),))


def heading(title: str, level: int = 2) -> Heading:
    """A heading without label."""
    return Heading(level, "", title, flow(title))


def load(name: str) -> list[Case]:
    """The cases of one file."""
    cases: list[Case] = []
    for block in re.split(r"\n\s*\n", (_FOLDER / name).read_text(encoding="utf-8")):
        lines = [line for line in block.splitlines() if line.strip() and not line.startswith("#")]
        if not lines:
            continue
        match = _TEXT.match(lines[0])
        assert match is not None, lines[0]
        expected = () if lines[1:] == ["(nothing)"] else tuple(lines[1:])
        assert lines[1:], f"no expectation for {lines[0]}"
        cases.append(Case(match["text"], match["heading"] or "", match["mark"] == ">>", bool(match["own"]), expected))
    return cases


def shown(statement: Statement) -> str:
    """A statement as a case writes it."""
    role = f"/{statement.role}" if statement.role else ""
    subject = f" {{{statement.subject.text}}}" if statement.subject else ""
    values = "".join(
        f" {name}={printed.text}{'|' + printed.unit if printed.unit else ''}" for name, printed in statement.values
    )
    return f"{statement.kind}{role}{subject}{values}"

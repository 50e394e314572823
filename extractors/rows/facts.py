"""Matches of the rule matcher as facts in text offsets (匹配到的事实)."""

from extractors.frozen import frozen
from extractors.rows.matcher import Match
from extractors.rows.tokens import Tokens


@frozen
class Fact:
    """One match in text offsets. word: the token that announces the value. span: of the value."""

    kind: str
    name: str
    word: str
    tag: str
    start: int
    end: int
    span: tuple[int, int]


def facts_of(tokens: Tokens, matches: list[Match]) -> list[Fact]:
    """The matches as facts with text offsets, in order."""
    facts: list[Fact] = []
    for match in matches:
        start, end = tokens.spans[match.start][0], tokens.spans[match.end - 1][1]
        facts.append(
            Fact(
                match.kind,
                match.name,
                tokens.words[match.start],
                tokens.tags[match.start],
                start,
                end,
                tokens.spans[match.token],
            )
        )
    return facts

"""The spaCy pipeline (规则匹配): a blank Chinese pipeline whose Matcher runs the patterns of patterns.py.

spaCy is imported when the first sentence needs it; a process pays for that once.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from extractors.rows.patterns import CLAIMS
from extractors.rows.tokens import Tokens

_ITEM = re.compile(r"^(?P<tags>[A-Z_|]+)(?P<op>[?*+]?)(?:=(?P<name>\w+))?$")


@dataclass(frozen=True, slots=True)
class Match:
    """One pattern found. start, end: tokens, half open. name, token: the captured value and its token, or '' and -1."""

    kind: str
    start: int
    end: int
    name: str
    token: int


@dataclass(frozen=True, slots=True)
class _Rules:
    """The compiled patterns: spaCy's vocabulary, its Matcher, and for each rule its kind and captured item."""

    vocab: Any
    matcher: Any
    captures: dict[int, tuple[str, str, int]]


def parse_pattern(line: str) -> tuple[str, list[dict[str, Any]], str, int]:
    """`kind: items` as kind, spaCy's token patterns, captured name and its item (0-based). ValueError if malformed."""
    kind, _, shape = line.partition(":")
    items: list[dict[str, Any]] = []
    name, captured = "", -1
    for position, word in enumerate(shape.split()):
        item = _ITEM.match(word)
        if item is None:
            raise ValueError(f"not a pattern item: {word!r} in {line!r}")
        tags = item["tags"].split("|")
        token: dict[str, Any] = {"TAG": tags[0] if len(tags) == 1 else {"IN": tags}}
        if item["op"]:
            token["OP"] = item["op"]
        items.append(token)
        if item["name"]:
            name, captured = item["name"], position
    return kind.strip(), items, name, captured


@cache
def _rules() -> _Rules:
    """Compile once a process."""
    import spacy
    from spacy.matcher import Matcher

    vocab = spacy.blank("zh").vocab
    matcher = Matcher(vocab)
    captures: dict[int, tuple[str, str, int]] = {}
    for number, line in enumerate(CLAIMS.strip().splitlines()):
        kind, items, name, captured = parse_pattern(line)
        rule = f"{kind}-{number}"
        matcher.add(rule, [items], greedy="LONGEST")
        captures[vocab.strings[rule]] = (kind, name, captured)
    return _Rules(vocab, matcher, captures)


def find(tokens: Tokens) -> list[Match]:
    """The claims in a text's tokens, by place; of two that share a captured token the longer one counts."""
    from spacy.tokens import Doc

    rules = _rules()
    doc = Doc(rules.vocab, words=tokens.words, tags=tokens.tags)
    found: list[Match] = []
    for rule, start, end, alignment in rules.matcher(doc, with_alignments=True):
        kind, name, item = rules.captures[rule]
        token = start + alignment.index(item)
        found.append(Match(kind, start, end, name, token))
    found.sort(key=lambda match: (match.token, match.start - match.end, match.kind))
    kept: list[Match] = []
    for match in found:
        if not kept or kept[-1].token != match.token:
            kept.append(match)
    return kept

"""The spaCy pipeline (规则匹配): a blank Chinese pipeline whose Matcher runs the patterns of patterns.py.

spaCy is imported when the first sentence needs it; a process pays for that once. Tokens that no pattern lets stand
side by side part a text into stretches, and a stretch of known tags is matched but once.
"""

import re
from collections.abc import Iterator, Set
from functools import cache, lru_cache
from itertools import product
from typing import Any

from extractors.frozen import frozen
from extractors.rows.patterns import CLAIMS
from extractors.rows.tokens import Tokens

_NOTHING: Set[str] = frozenset()
_ITEM = re.compile(r"^(?P<tags>[A-Z_|]+)(?P<op>[?*+]?)(?:=(?P<name>\w+))?$")


@frozen
class Match:
    """One pattern found. start, end: tokens, half open. name, token: the captured value and its token, or '' and -1."""

    kind: str
    start: int
    end: int
    name: str
    token: int


@frozen
class _Rules:
    """The compiled patterns: spaCy's vocabulary, its Matcher, and for each rule its kind and captured item.

    follows: tag -> those that can stand right behind it in a match. values: tags of which every match holds one.
    """

    vocab: Any
    matcher: Any
    captures: dict[int, tuple[str, str, int]]
    follows: dict[str, set[str]]
    values: frozenset[str]


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
    follows: dict[str, set[str]] = {}
    values: set[str] = set()
    for number, line in enumerate(CLAIMS.strip().splitlines()):
        kind, items, name, captured = parse_pattern(line)
        rule = f"{kind}-{number}"
        matcher.add(rule, [items], greedy="LONGEST")
        captures[vocab.strings[rule]] = (kind, name, captured)
        for tag, behind in _side_by_side(items):
            follows.setdefault(tag, set()).add(behind)
        values.update(_tags(items[captured]))
    return _Rules(vocab, matcher, captures, follows, frozenset(values))


def _tags(item: dict[str, Any]) -> list[str]:
    """The tags that an item of a pattern allows."""
    tag = item["TAG"]
    return [tag] if isinstance(tag, str) else tag["IN"]


def _side_by_side(items: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """The pairs of tags that can stand side by side in a match of a pattern."""
    for number, item in enumerate(items):
        if item.get("OP") in ("*", "+"):
            yield from product(_tags(item), repeat=2)
        for other in items[number + 1 :]:
            yield from product(_tags(item), _tags(other))
            if other.get("OP") not in ("*", "?"):
                break


def find(texts: list[Tokens]) -> list[list[Match]]:
    """The claims in each of several texts, by place; of two that share a captured token the longer one counts."""
    return [list(_find_in(tokens.tags)) for tokens in texts]


def _find_in(tags: list[str]) -> Iterator[Match]:
    """The claims in one text, stretch by stretch."""
    for start, end in _stretches(tags):
        for match in _matches(tuple(tags[start:end])):
            yield Match(match.kind, start + match.start, start + match.end, match.name, start + match.token)


def _stretches(tags: list[str]) -> Iterator[tuple[int, int]]:
    """The stretches of tokens that a match can lie in, cut where no match goes on; few differ, and most are short."""
    follows, values = _rules().follows, _rules().values
    start, telling, able = 0, False, _NOTHING
    for at, tag in enumerate(tags):
        if tag not in able:
            if telling:
                yield start, at
            start, telling = at, False
        telling = telling or tag in values
        able = follows.get(tag, _NOTHING)
    if telling:
        yield start, len(tags)


@lru_cache(maxsize=4096)
def _matches(tags: tuple[str, ...]) -> tuple[Match, ...]:
    """The claims in one stretch; patterns look at tags alone, so these stand for the words, too."""
    from spacy.tokens import Doc

    rules = _rules()
    found = []
    doc = Doc(rules.vocab, words=list(tags), tags=list(tags))
    for rule, start, end, alignment in rules.matcher(doc, with_alignments=True):
        kind, name, item = rules.captures[rule]
        found.append(Match(kind, start, end, name, start + alignment.index(item)))
    return tuple(_longest(found))


def _longest(matches: list[Match]) -> list[Match]:
    """Matches by captured token, of several the longest."""
    matches.sort(key=lambda match: (match.token, match.start - match.end, match.kind))
    kept: list[Match] = []
    for match in matches:
        if not kept or kept[-1].token != match.token:
            kept.append(match)
    return kept

"""The spaCy pipeline (规则匹配): a blank Chinese pipeline whose Matcher runs the patterns of patterns.py.

spaCy is imported when the first sentence needs it; a process pays for that once.
"""

import re
from bisect import bisect_right
from functools import cache
from itertools import accumulate
from typing import Any

from extractors.frozen import frozen
from extractors.rows.patterns import CLAIMS
from extractors.rows.tokens import Tokens

_BATCH = 5000  # tokens in one spaCy document
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


def find(texts: list[Tokens]) -> list[list[Match]]:
    """The claims in each of several texts, by place; of two that share a captured token the longer one counts.

    Many texts make one spaCy document, an `END` between them, because a document costs more than its tokens.
    """
    found: list[list[Match]] = []
    batch: list[Tokens] = []
    size = 0
    for tokens in texts:
        batch.append(tokens)
        size += len(tokens.words) + 1
        if size > _BATCH:
            found += _find_in(batch)
            batch, size = [], 0
    return found + _find_in(batch)


def _find_in(batch: list[Tokens]) -> list[list[Match]]:
    """The claims in texts that make one document."""
    from spacy.tokens import Doc

    found: list[list[Match]] = [[] for _ in batch]
    if not any(tokens.words for tokens in batch):
        return found
    rules = _rules()
    words = [word for tokens in batch for word in (*tokens.words, "\n")]
    tags = [tag for tokens in batch for tag in (*tokens.tags, "END")]
    starts = list(accumulate((len(tokens.words) + 1 for tokens in batch), initial=0))
    for rule, start, end, alignment in rules.matcher(Doc(rules.vocab, words=words, tags=tags), with_alignments=True):
        kind, name, item = rules.captures[rule]
        text = bisect_right(starts, start) - 1
        base = starts[text]
        found[text].append(Match(kind, start - base, end - base, name, start + alignment.index(item) - base))
    return [_longest(matches) for matches in found]


def _longest(matches: list[Match]) -> list[Match]:
    """Matches by captured token, of several the longest."""
    matches.sort(key=lambda match: (match.token, match.start - match.end, match.kind))
    kept: list[Match] = []
    for match in matches:
        if not kept or kept[-1].token != match.token:
            kept.append(match)
    return kept

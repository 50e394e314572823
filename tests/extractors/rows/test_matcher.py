"""Cutting words and matching claims faster than jieba and spaCy do alone changes nothing that they find."""

from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.rows.lexicon import tag_of_word
from extractors.rows.matcher import Match, _rules, find
from extractors.rows.tokens import Tokens, _segmenter

TAGS = sorted({tag for pair in _rules().follows for tag in pair} | {"COMMA", "END", "MONEY"})
WORDS = sorted(tag_of_word())


def of_spacy(tags: list[str]) -> set[tuple[str, int, int]]:
    """Kind, start and end of everything that the patterns match in a text as a whole."""
    from spacy.tokens import Doc

    rules = _rules()
    return {(rules.captures[rule][0], a, b) for rule, a, b in rules.matcher(Doc(rules.vocab, words=tags, tags=tags))}


@settings(max_examples=60)
@given(st.lists(st.sampled_from(TAGS), max_size=40))
def test_stretches_hold_what_the_whole_text_holds(tags: list[str]) -> None:
    """Every match in a stretch is one of the whole text; each captured token of the text is found in a stretch."""
    whole = of_spacy(tags) if tags else set()
    found: list[Match] = find([Tokens(tags, tags, [])])[0]
    assert {(one.kind, one.start, one.end) for one in found} <= whole
    assert all(any((one.start <= a and b <= one.end) or a <= one.token < b for one in found) for _, a, b in whole)


@settings(max_examples=60)
@given(st.lists(st.one_of(st.sampled_from(WORDS), st.text("坡渠闸桥", max_size=3)), max_size=12).map("".join))
def test_runs_are_cut_as_jieba_cuts_them(run: str) -> None:
    """The best path is the one that jieba computes itself."""
    import jieba

    cutter, _ = _segmenter()
    plain = jieba.Tokenizer()
    plain.FREQ, plain.total, plain.initialized = cutter.FREQ, cutter.total, True
    assert list(cutter.cut(run, HMM=False)) == list(plain.cut(run, HMM=False))

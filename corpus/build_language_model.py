"""Makes the language model of the text repair again (语言模型的训练): counts, never sentences.

    .venv/bin/python -m corpus.build_language_model [SHARED] [--without NAME] [--out FILE]

Reads the project's own prose in `corpus/language`, the sample reports but those on which the repair is measured, the
regulations and the clean seeds under SHARED (default `../shared`), the standard vocabulary and jieba's dictionary.
`--without` leaves one seed out, to measure honestly.
"""

import argparse
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from extractors import vocabulary
from extractors.repair.grammar import LONGEST_WORD, Lexicon
from extractors.repair.language_model import FILE
from extractors.repair.stored import pack_frequencies, pack_strings
from extractors.repair.symbol_counts import ORDER
from extractors.repair.symbols import BREAK, is_han, symbols

PROSE = Path(__file__).parent / "language"
REPORTS = Path(__file__).parent / "reports"
UNSEEN_REPORTS = ("01", "06", "15")  # on which the repair is measured
REGULATIONS = "regulations/compendium.md"
CLEAN_SEEDS = ("000", "001", "002", "003")
FIELD_SHARE = 0.3  # of the field's own words among all words
LEAST_FREQUENT = 10  # of the dictionary's words that are kept, in its own counts
_TAG = re.compile(r"<[^>]*>|[|$#*]")
_HAN_RUN = re.compile(r"[\u4e00-\u9fff]+|[^\u4e00-\u9fff]")


def paragraphs(shared: Path, without: str = "") -> list[str]:
    """All training text as symbols, one paragraph or table cell each."""
    paths = sorted(PROSE.glob("*.txt"))
    paths += [path for path in sorted(REPORTS.glob("*.txt")) if not path.name.startswith(UNSEEN_REPORTS)]
    texts = [_decoded(path.read_bytes()) for path in paths]
    texts.append((shared / REGULATIONS).read_text(encoding="utf-8"))
    for path in sorted((shared / "seeds").glob("*.txt")):
        if path.name.startswith(CLEAN_SEEDS) and not (without and path.name.startswith(without)):
            texts.append(path.read_text(encoding="utf-8"))
    texts += standard_terms()
    lines = (symbols(line) for text in texts for line in _TAG.sub("\n", text).splitlines())
    return [line for line in lines if len(line) > 1]


def _decoded(content: bytes) -> str:
    """One of our own texts: UTF-8, but for those that show how older ones are encoded."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("gb18030")


def standard_terms() -> Iterator[str]:
    """Column heads and indicators of the standard framework."""
    for heads in vocabulary.COLUMN_HEADS.values():
        yield from heads
    for names in (vocabulary.LEVEL1, vocabulary.LEVEL2, vocabulary.LEVEL3):
        yield from names


def run_counts(lines: Iterable[str]) -> dict[str, int]:
    """Kneser-Ney counts: how often the longest runs occur, and after how many different symbols shorter ones do."""
    raw: Counter[str] = Counter()
    for line in lines:
        text = BREAK + line + BREAK
        for start in range(len(text)):
            for end in range(start + 1, min(start + ORDER, len(text)) + 1):
                raw[text[start:end]] += 1
    continued: Counter[str] = Counter(run[1:] for run in raw if len(run) > 1)
    return {
        run: count if len(run) == ORDER or run[0] == BREAK else continued[run] or count for run, count in raw.items()
    }


def dictionary() -> tuple[dict[str, int], dict[str, str]]:
    """Frequency and part of speech of jieba's words."""
    import jieba

    frequency: dict[str, int] = {}
    speech: dict[str, str] = {}
    with jieba.get_dict_file() as lines:
        for line in lines:
            word, count, tag = line.decode("utf-8").split(" ")
            if all(map(is_han, word)) and len(word) <= LONGEST_WORD:
                frequency[word] = int(count)
                speech[word] = tag.strip()
    return frequency, speech


def cut(line: str) -> Iterator[str]:
    """A line of symbols in words."""
    import jieba

    for piece in _HAN_RUN.findall(line):
        if is_han(piece[0]):
            yield from jieba.cut(piece, HMM=False)
        else:
            yield piece


def word_shares(field: Counter[str], frequency: dict[str, int]) -> dict[str, float]:
    """Frequency of each word, the dictionary's mixed with the field's."""
    kept = {word: count for word, count in frequency.items() if count >= LEAST_FREQUENT or len(word) == 1}
    own = {word: count for word, count in field.items() if is_han(word[0])}
    everything, ours = sum(kept.values()), sum(own.values())
    return {
        word: (1 - FIELD_SHARE) * kept.get(word, 0) / everything + FIELD_SHARE * own.get(word, 0) / ours
        for word in sorted(kept.keys() | own.keys())
    }


def piece_masses(shares: dict[str, float]) -> dict[str, list[float]]:
    """For each piece of words up to ORDER: as a word, beginning one, ending one, standing anywhere in one."""
    masses: defaultdict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0, 0.0])
    for word, share in shares.items():
        if len(word) <= ORDER:
            masses[word][0] += share
        for length in range(1, min(len(word), ORDER) + 1):
            masses[word[:length]][1] += share
            masses[word[-length:]][2] += share
            for start in range(len(word) - length + 1):
                masses[word[start : start + length]][3] += share
    return masses


def grammar_arrays(lines: list[str], shares: dict[str, float], speech: dict[str, str]) -> dict[str, Any]:
    """What `grammar_from` reads: parts of speech, their triples, pairs of words."""
    kinds = sorted(set(speech.values()))
    tag_of = Lexicon(
        dict(zip(speech, range(len(speech)), strict=True)), kinds, [kinds.index(tag) for tag in speech.values()], b""
    ).tag
    tags: Counter[str] = Counter()
    triples: Counter[tuple[str, str, str]] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for line in lines:
        words = [BREAK, BREAK, *cut(line), BREAK]
        spoken = [tag_of(word) for word in words]
        tags.update(spoken[1:])
        triples.update(zip(spoken, spoken[1:], spoken[2:], strict=False))
        pairs.update(pairwise(words[1:]))
    within: defaultdict[str, float] = defaultdict(float)
    for word, share in shares.items():
        within[tag_of(word)] += share
    names = sorted(tags.keys() | within.keys())
    place = {name: index for index, name in enumerate(names)}
    lexicon = sorted({word for pair in pairs for word in pair})
    entry = {word: index for index, word in enumerate(lexicon)}
    return {
        "tags": pack_strings(names),
        "tag_counts": np.array([tags[name] for name in names], dtype=np.uint32),
        "tag_triples": np.array(
            sorted((*(place[tag] for tag in key), count) for key, count in triples.items()), dtype=np.uint32
        ).T,
        "lexicon": pack_strings(lexicon),
        "word_pairs": np.array(
            sorted((entry[first], entry[second], count) for (first, second), count in pairs.items()), dtype=np.uint32
        ).T,
        "words": pack_strings(list(shares)),
        "word_tags": np.array([place[tag_of(word)] for word in shares], dtype=np.uint16),
        "word_shares": pack_frequencies([share / within[tag_of(word)] for word, share in shares.items()]),
    }


def run_arrays(counts: dict[str, int]) -> dict[str, Any]:
    """Runs by length, each as a shorter one (`spread`: how many longer ones go on from it) and its last symbol."""
    letters = sorted(run for run in counts if len(run) == 1)
    number = {letter: index for index, letter in enumerate(letters)}
    arrays: dict[str, Any] = {"letters": pack_strings(letters)}
    shorter = [""]
    for length in range(1, ORDER + 1):
        runs = sorted(run for run in counts if len(run) == length)
        spread = Counter(run[:-1] for run in runs)
        arrays[f"last{length}"] = np.array([number[run[-1]] for run in runs], dtype=np.uint16)
        arrays[f"spread{length}"] = np.array([spread[run] for run in shorter], dtype=np.uint16)
        arrays[f"counts{length}"] = np.array([counts[run] for run in runs], dtype=np.uint32)
        shorter = runs
    return arrays


def build(shared: Path, without: str = "") -> dict[str, Any]:
    """All arrays of the model's file."""
    lines = paragraphs(shared, without)
    counts = run_counts(lines)
    frequency, speech = dictionary()
    shares = word_shares(Counter(word for line in lines for word in cut(line)), frequency)
    arrays: dict[str, Any] = {}
    arrays |= run_arrays(counts)
    masses = piece_masses(shares)
    pieces = sorted(masses)
    arrays["pieces"] = pack_strings(pieces)
    for column in range(4):
        arrays[f"mass{column}"] = pack_frequencies([masses[piece][column] for piece in pieces])
    return arrays | grammar_arrays(lines, shares, speech)


def main() -> None:
    """Write the model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", nargs="?", type=Path, default=Path("../shared"))
    parser.add_argument("--without", default="", help="first characters of a seed's name that is left out")
    parser.add_argument("--out", type=Path, default=FILE)
    options = parser.parse_args()
    np.savez_compressed(options.out, **build(options.shared, options.without))
    print(f"{options.out}: {options.out.stat().st_size / 2**20:.2f} MiB")


if __name__ == "__main__":
    main()

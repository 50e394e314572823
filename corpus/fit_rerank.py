"""Fits the weights with which readings are weighed again (重排权重), on clean seeds garbled by simulation.

    .venv/bin/python -m corpus.fit_rerank [SHARED]

Each seed is read with a language model that was made without it. Two figures for each weight are printed: what fits
the simulated lines best, and beside it what `extractors/repair/rerank.py` uses. The real garbled text wants
strangers charged less than the simulated ones do, so the weights in use lie between.
"""

import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np

from corpus.build_language_model import CLEAN_SEEDS, build
from corpus.garble import Garbler, Mechanics, wrap
from extractors.repair import language_model as stored
from extractors.repair import passes
from extractors.repair.fallback import FallbackClass
from extractors.repair.lines import LineReading, text_of
from extractors.repair.rerank import WEIGHTS, traits
from extractors.repair.stretches import RawLine, take_apart

WIDTH = 28  # Chinese characters a line
MECHANICS = (Mechanics(), Mechanics(runs=2, violations=0.05), Mechanics(split=0.6, violations=0.03))
STEPS = 4_000  # of the descent
RATE = 0.3
CALM = 2e-4  # price of a large weight, so that rare traits stay small
NAMES = ("single", "stranger", "again")
_TAG = re.compile(r"<[^>]+>|[|$*#]")
_WORD = re.compile("[\u4e00-\u9fff]{2}")

Case = tuple[Any, int]  # for each reading its score and traits, less those of the best; which reading is true


def cases(shared: Path) -> Iterator[Case]:
    """Every garbled line whose true reading is among those kept, with at least one other."""
    for name in CLEAN_SEEDS:
        (path,) = (shared / "seeds").glob(f"{name}_*.txt")
        text = _TAG.sub("\n", path.read_text(encoding="utf-8"))
        prose = [line for line in text.splitlines() if _WORD.search(line)]
        field = _model(shared, name)
        for seed, mechanics in enumerate(MECHANICS, 1):
            true = list(wrap(prose, WIDTH))
            raw = list(Garbler("\n".join(prose), mechanics, seed).lines(true))
            yield from _document_cases(true, raw, field)


def _model(shared: Path, without: str) -> stored.LanguageModel:
    """The language model of everything but one seed."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.npz"
        np.savez_compressed(path, **build(shared, without))
        with mock.patch.object(stored, "FILE", path):
            stored.language_model.cache_clear()
            model = stored.language_model()
    stored.language_model.cache_clear()
    return model


def _document_cases(true: list[str], raw: list[str], field: stored.LanguageModel) -> Iterator[Case]:
    """The cases of one garbled document; readings are caught right before they are weighed again."""
    caught: list[Any] = []

    def catch(line: RawLine, readings: list[LineReading], fallback: FallbackClass) -> list[LineReading]:
        caught.append([(reading.score, *traits(line, reading, fallback)) for reading in readings])
        return readings

    with mock.patch.object(passes, "rerank", catch):
        read = passes.read_lines([take_apart(line) for line in raw], field)
    for item, line, rows in zip(read, true, caught, strict=True):
        texts = [text_of(item.line, reading) for reading in item.readings]
        plain = "".join(line.split())
        if plain in texts and len(texts) > 1:
            yield np.array(rows) - np.array(rows[0]), texts.index(plain)


def fit(found: list[Case]) -> Any:
    """Weights that make the true readings likeliest (a log-linear model), in nats of the reading's own score."""
    most = max(len(rows) for rows, _ in found)
    size = len(NAMES) + 1
    rows = np.zeros((len(found), most, size))
    missing = np.full((len(found), most), -1e9)
    for place, (values, _) in enumerate(found):
        rows[place, : len(values)] = values
        missing[place, : len(values)] = 0.0
    true = rows[np.arange(len(found)), [truth for _, truth in found]]
    scale = np.sqrt((rows**2).mean((0, 1))) + 1e-9
    weights = np.eye(1, size)[0]
    for _ in range(STEPS):
        exponents = rows @ weights + missing
        chances = np.exp(exponents - exponents.max(1, keepdims=True))
        chances /= chances.sum(1, keepdims=True)
        slope = (true - (chances[:, :, None] * rows).sum(1)).mean(0)
        weights += RATE * (slope / scale**2 - CALM * weights)
    return weights[1:] / weights[0]


def main() -> None:
    """Print the weights."""
    shared = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared")
    found = list(cases(shared))
    sys.stdout.write(f"{len(found)} lines\n")
    for name, fitted, used in zip(NAMES, fit(found), WEIGHTS, strict=True):
        sys.stdout.write(f"{name:10} {fitted:6.2f} {used:6.2f}\n")


if __name__ == "__main__":
    main()

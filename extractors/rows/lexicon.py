"""The field's dictionary (词典): words that carry a meaning in claims, amounts and grades, each with its tag.

The words stand in lexicon.txt. Tags are what the patterns in patterns.py speak of. A word tagged `O` means nothing
here; it is listed because it hides a shorter word (`取得` hides `得`, `折扣` hides `扣`).
"""

from functools import cache
from importlib.resources import files


@cache
def tag_of_word() -> dict[str, str]:
    """word -> tag; a word listed twice keeps its first tag."""
    tags: dict[str, str] = {}
    for line in files("extractors.rows").joinpath("lexicon.txt").read_text(encoding="utf-8").splitlines():
        tag, _, words = line.partition(":")
        if not line.startswith("#"):
            for word in words.split():
                tags.setdefault(word, tag)
    return tags

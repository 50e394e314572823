"""How numbers and units are printed (印刷形式): patterns that find them, never their values."""

import re

# A number: 1,000.00  17.94  -2.58  ９８ is folded by NFKC before matching. Thousands commas only in threes.
NUMBER = r"(?:\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
SIGNED = rf"[-−－]?{NUMBER}"
MONEY_UNIT = (
    r"(?:亿美元|万美元|亿欧元|万欧元|亿港元|万港元|美元|欧元|港元|日元|亿元|千万元|百万元|万元|千元|元|亿|万|千)"
)

NUMBER_RE = re.compile(SIGNED)


# Points and score in brackets behind a name: `目标设定（8分，得7分）`.
WEIGHT_AND_SCORE = re.compile(
    r"\s*[(（\[]\s*(?:(?:权重|分值|满分|共|计)\s*[:：为]?\s*)?(\d{1,3}(?:\.\d+)?)\s*分\s*[,，;；、]\s*"
    r"(?:自评|评价|实际|实)?得分?\s*[:：为]?\s*(\d{1,3}(?:\.\d+)?)\s*分?\s*[)）\]]\s*$"
)


def is_overfull(text: str) -> bool:
    """Whether a spreadsheet printed ### for a number (列宽不足): its column was too narrow, and nobody can read it."""
    return len(text) > 1 and not text.strip("#＃ ")


def prints_score(name: str) -> bool:
    """Whether a name prints its own points and score behind itself, and so needs no columns for them."""
    return "得" in name and WEIGHT_AND_SCORE.search(name) is not None

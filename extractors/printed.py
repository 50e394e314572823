"""How numbers and units are printed (印刷形式): patterns that find them, never their values."""

import re

# A number: 1,000.00  17.94  -2.58  ９８ is folded by NFKC before matching. Thousands commas only in threes.
NUMBER = r"(?:\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
SIGNED = rf"[-−－]?{NUMBER}"
MONEY_UNIT = (
    r"(?:亿美元|万美元|亿欧元|万欧元|亿港元|万港元|美元|欧元|港元|日元|亿元|千万元|百万元|万元|千元|元|亿|万|千)"
)

NUMBER_RE = re.compile(SIGNED)

"""LaTeX leftovers of converters (公式残留): `$\\geq 60\\%$` is printed `≥60%`."""

import re

_SYMBOLS = {
    "geq": "≥", "geqslant": "≥", "ge": "≥", "geqq": "≥", "leq": "≤", "leqslant": "≤", "le": "≤", "leqq": "≤",
    "gt": "＞", "lt": "＜", "neq": "≠", "ne": "≠", "approx": "≈", "sim": "~", "thicksim": "~", "pm": "±",
    "times": "×", "div": "÷", "cdot": "·", "ast": "*", "star": "*", "cdots": "…", "ldots": "…", "dots": "…",
    "sum": "∑", "Sigma": "Σ", "sigma": "σ", "alpha": "α", "beta": "β", "mu": "μ", "Delta": "Δ", "infty": "∞",
    "rightarrow": "→", "to": "→", "leftarrow": "←", "uparrow": "↑", "downarrow": "↓", "Rightarrow": "⇒",
    "checkmark": "√", "surd": "√", "square": "□", "Box": "□", "bigcirc": "○", "circ": "°", "degree": "°",
    "bullet": "•", "textbullet": "•", "prime": "′", "because": "∵", "therefore": "∴", "yen": "¥", "textyen": "¥",
    "quad": " ", "qquad": " ", "left": "", "right": "", "displaystyle": "", "limits": "", "bf": "", "rm": "", "it": "",
    "mid": "|", "lfloor": "⌊", "rfloor": "⌋", "langle": "〈", "rangle": "〉", "colon": ":", "percent": "%",
    "big": "", "Big": "", "bigg": "", "textstyle": "", "par": " ", "hspace": " ", "underline": "", "centering": "",
}  # fmt: skip
_ESCAPED = re.compile(r"\\([%$&#_{}|,;:! \\])")
_SPACING = dict.fromkeys(",;: !", " ") | {"!": "", "\\": " "}
_COMMAND = re.compile(r"\\([A-Za-z]+)\s?")
_WRAPPED = re.compile(
    r"\\(?:text|textrm|textbf|textit|textsf|texttt|mathrm|mathbf|mathit|mathsf|mathbb|mathcal|boldsymbol|bm|operatorname"
    r"|mbox|hbox|underline|overline|emph|textnormal|mathop|pmb)\s*\*?\s*\{([^{}]*)\}"
)
_FRACTION = re.compile(r"\\[dtc]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}")
_CIRCLED = re.compile(r"\\textcircled\s*\{?\s*(?:\\\w+\s*)?\{?\s*(\d{1,2})\s*\}?\s*\}?")
_SUPER = re.compile(r"\^\s*\{([^{}]{0,40})\}|\^\s*([0-9*∘°])")
_SUB = re.compile(r"_\s*\{([^{}]{0,40})\}|_\s*([0-9A-Za-z])")
_MATH = re.compile(
    r"\$\$([^$]{1,2000})\$\$|\$([^$]{1,2000})\$|\\\(((?:[^\\]|\\[^()]){1,2000})\\\)|\\\[((?:[^\\]|\\[^\[\]]){1,2000})\\\]"
)
_PLAIN_MATH = re.compile(r"[\d\s.,，%％+\-−±~=<>≥≤×÷*/^_{}()（）:：①-⑳]*")
_DIGIT_GAP = re.compile(r"(?<=[\d.,%≥≤＞＜=~±×÷+\-])\s+(?=[\d.,%≥≤＞＜=~±×÷+\-])")
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def plain_math(text: str) -> str:
    """`text` with every formula written as plain characters; text without formulas comes back unchanged."""
    if "$" in text or "\\(" in text or "\\[" in text:
        text = _MATH.sub(_formula, text)
    if "\\" in text and _COMMAND.search(text):
        text = _outside(text)
    return text


def _formula(match: re.Match[str]) -> str:
    """One delimited formula; left alone where the dollar signs are money and not delimiters."""
    body = next(group for group in match.groups() if group is not None)
    if "\\" not in body and not _PLAIN_MATH.fullmatch(body):
        bracketed = match.group(0).startswith("\\")
        return f"{match.group(0)[1]}{body}{match.group(0)[-1]}" if bracketed else match.group(0)
    return _spell(body)


def _spell(body: str) -> str:
    """A formula's body in plain characters, without the blanks that mean nothing in a formula."""
    body = _commands(body)
    body = _SUPER.sub(_superscript, body)
    body = _SUB.sub(lambda match: match.group(1) or match.group(2), body)
    body = body.replace("{", "").replace("}", "")
    body = re.sub(r"\s+", " ", body).strip()
    return _DIGIT_GAP.sub("", re.sub(r"(?<=[≥≤＞＜=~±]) | (?=[%≥≤＞＜=~])", "", body))


def _outside(text: str) -> str:
    """Known commands that stand outside of any delimiter; unknown ones stay."""
    text = _FRACTION.sub(r"\1/\2", _WRAPPED.sub(r"\1", text))
    return _COMMAND.sub(lambda match: _SYMBOLS.get(match.group(1), match.group(0)), text)


def _commands(body: str) -> str:
    """Replace commands by the characters they print."""
    body = _CIRCLED.sub(lambda match: _circled(int(match.group(1))), body)
    for _ in range(3):
        body = _FRACTION.sub(r"\1/\2", _WRAPPED.sub(r"\1", body))
    body = _COMMAND.sub(lambda match: _SYMBOLS.get(match.group(1), ""), body)
    return _ESCAPED.sub(lambda match: _SPACING.get(match.group(1), match.group(1)), body)


def _circled(number: int) -> str:
    return chr(0x245F + number) if 1 <= number <= 20 else f"({number})"


def _superscript(match: re.Match[str]) -> str:
    """A superscript: degree sign, digits raised, a bracketed footnote mark raised, anything else as it is."""
    body = (match.group(1) or match.group(2) or "").strip()
    digits = body.strip("[]()①②③④⑤⑥⑦⑧⑨")
    return digits.translate(_SUPERSCRIPTS) if digits.isdecimal() else body

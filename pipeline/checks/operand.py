"""One side of a relation (操作数): a printed value, where it stands, and the fact that it states."""

from decimal import Decimal

from extractors.frozen import frozen
from extractors.provenance import SourceSpan
from normalizers.records import Mention
from pipeline.checks.figures import Figure


@frozen
class Operand:
    """One printed value that takes part in a relation (操作数).

    key: names the fact it states, the same for every mention of it (`i7.score`, `total.score`, `t3r4.spent`), so
    that relations about one fact can be folded. role: as CONTRACT.md's evidence.
    """

    key: str
    role: str
    text: str
    value: Decimal | None
    span: SourceSpan

    @classmethod
    def of(cls, key: str, role: str, mention: Mention) -> "Operand":
        """The operand that a mention gives."""
        value = None if mention.number is None else mention.number.value
        return cls(key, role, mention.text, value, mention.span)

    @classmethod
    def of_figure(cls, figure: Figure, role: str, key: str = "") -> "Operand":
        """The operand that a number of the text gives; its own fact, unless it is told to state another's."""
        return cls(key or figure.key, role, figure.text, figure.value, figure.span)

"""The decorator of the small values that stages hand on."""

import pickle
from dataclasses import field, replace

from extractors.frozen import frozen


@frozen
class Amount:
    """A value as the stages have them."""

    yuan: int
    places: tuple[int, ...] = field(default_factory=tuple)


def test_values_are_compared_and_kept_by_their_fields() -> None:
    """Two values of the same fields are one member of a set; another field makes another value."""
    assert {Amount(1, (2,)), Amount(1, (2,))} == {replace(Amount(3, (2,)), yuan=1)}
    assert Amount(1) != Amount(2)


def test_values_have_no_room_for_other_fields() -> None:
    """A misspelt field is an error, not a new attribute."""
    assert not hasattr(Amount(1), "__dict__")


def test_values_travel_between_processes() -> None:
    """Workers hand them on as they are."""
    assert pickle.loads(pickle.dumps(Amount(1, (2, 3)))) == Amount(1, (2, 3))  # noqa: S301 - our own

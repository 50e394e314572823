"""What is worked out when it is first asked for (惰性属性) and what is read of the same short texts again and again."""

from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import Any, Generic, TypeVar, overload

_Owner = TypeVar("_Owner")
_Value = TypeVar("_Value")


class once(Generic[_Owner, _Value]):  # noqa: N801 - a decorator
    """`functools.cached_property` without the lock that Python 3.11 takes for each; no report is checked by two."""

    def __init__(self, make: Callable[[_Owner], _Value]) -> None:
        """Take the method that works it out; it is called once for each instance, which keeps what it gives."""
        self._make, self._name, self.__doc__ = make, make.__name__, make.__doc__

    @overload
    def __get__(self, instance: None, owner: type[Any]) -> "once[_Owner, _Value]": ...
    @overload
    def __get__(self, instance: _Owner, owner: type[Any]) -> _Value: ...
    def __get__(self, instance: Any, owner: type[Any]) -> Any:
        """Work it out and put it where the next look finds it before this is asked."""
        if instance is None:
            return self
        value = instance.__dict__[self._name] = self._make(instance)
        return value


@lru_cache(maxsize=10_000)
def exact(digits: str) -> Decimal:
    """The number that these digits print, without separators; every rule reads the same ones."""
    return Decimal(digits)

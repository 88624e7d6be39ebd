"""How fast much of the same is looked at."""

from collections.abc import Iterable
from typing import Protocol, TypeVar

T = TypeVar("T")


class Pace(Protocol):
    """Gives some things one after another, as fast as it suits; `iter` gives them at once."""

    def __call__(self, some: Iterable[T], /) -> Iterable[T]:
        """Return them."""

"""Keys as an address or a form sends them."""

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from dubu_plugin.store.access import NotYours

NOBODY: Final = UUID(int=0)
"""The key nobody has, and nothing."""


def key_of(text: str) -> UUID | None:
    """Return a key, or None where the text is none."""
    try:
        return UUID(text)
    except ValueError:
        return None


def key_in(text: str) -> UUID:
    """Return a key.

    :raises NotYours: the text is none, which looks the same as one that is somebody else's.
    """
    found = key_of(text)
    if found is None:
        raise NotYours
    return found


def keys_in(texts: Iterable[str]) -> list[UUID]:
    """Return the keys a form sent.

    :raises NotYours: one of them is none.
    """
    return [key_in(text) for text in texts]


def keys_or_nobody(texts: Iterable[str]) -> frozenset[UUID]:
    """Return the keys a form sent; what is none is the key of nobody."""
    return frozenset(key_of(text) or NOBODY for text in texts)

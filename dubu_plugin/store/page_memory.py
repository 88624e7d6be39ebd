"""What one page has asked once already, so that its parts need not ask again.

A page is put together by parts that do not know of each other: the door, the panel, what the host
asks us for its bar and its tabs. Each asks who is looking; the answer is the same for all of them.
Outside a page nothing is remembered, and what changes something never begins one.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final, TypeVar

T = TypeVar("T")

_MEMORY: Final[ContextVar[dict[Hashable, Any] | None]] = ContextVar("page_memory", default=None)


@contextmanager
def one_page() -> Iterator[None]:
    """Remember for as long as one page is made."""
    token = _MEMORY.set({})
    try:
        yield
    finally:
        _MEMORY.reset(token)


def once(question: Hashable, ask: Callable[[], T]) -> T:
    """Return the answer to a question, asked at most once a page."""
    memory = _MEMORY.get()
    if memory is None:
        return ask()
    if question not in memory:
        memory[question] = ask()
    answer: T = memory[question]
    return answer


def known(question: Hashable, answer: object) -> None:
    """Remember an answer that was found on the way to another."""
    memory = _MEMORY.get()
    if memory is not None:
        memory[question] = answer

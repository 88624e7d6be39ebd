"""A journal on a bad line: what is written gets there, and the answer does not come back."""

import inspect
from collections.abc import Callable
from typing import Any, Final, cast

from dubu_plugin.ports.journal import Journal
from dubu_plugin.ports.journal_errors import Unanswered
from dubu_plugin.ports.journal_objects import Op

WRITES: Final = frozenset(
    name
    for name, member in vars(Journal).items()
    if inspect.isfunction(member) and "op" in inspect.signature(member).parameters
)
"""The names of the operations that write."""


def losing_answers(journal: Journal, times: int = 1) -> Journal:
    """Return the journal, with the answers to its next writes lost.

    :param times: how many; from then on answers come through.
    """
    return cast(Journal, _LosesAnswers(journal, times))


class _LosesAnswers:
    def __init__(self, journal: Journal, times: int) -> None:
        self._journal = journal
        self._left = times

    def __getattr__(self, name: str) -> Any:
        operation = getattr(self._journal, name)
        return self._losing(name, operation) if name in WRITES else operation

    def _losing(self, name: str, operation: Callable[..., object]) -> Callable[..., object]:
        def write(*given: Any, **named: Any) -> object:
            answer = operation(*given, **named)
            if self._left <= 0:
                return answer
            self._left -= 1
            op = next(value for value in (*given, *named.values()) if isinstance(value, Op))
            raise Unanswered(self._journal.name, name, str(op.key))

        return write

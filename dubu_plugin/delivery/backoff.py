"""How long a row waits before it is tried again."""

from datetime import timedelta
from hashlib import sha256
from typing import Final
from uuid import UUID

from dubu_plugin.errors import AdapterError
from dubu_plugin.ports.journal_errors import Throttled

FIRST: Final = timedelta(seconds=5)
LONGEST: Final = timedelta(minutes=15)


def wait(key: UUID, attempts: int, said: AdapterError | None = None) -> timedelta:
    """Return how long to wait after this many attempts: twice as long each time, within bounds.

    A quarter more or less follows from the key, so that what failed together does not come back
    together. What the other system asks for is honoured, within the same bounds.
    """
    plain = min(FIRST * (1 << min(attempts - 1, 20)), LONGEST)
    if isinstance(said, Throttled) and said.after is not None:
        plain = min(max(plain, timedelta(seconds=said.after)), LONGEST)
    spread = sha256(f"{key}:{attempts}".encode()).digest()[0] / 255
    return plain * (0.75 + spread / 2)

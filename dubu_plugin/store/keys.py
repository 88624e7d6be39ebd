"""Names that never change: the keys of writes to the outside, and the lanes they wait in."""

from typing import Final
from uuid import UUID, uuid5

NAMESPACE: Final = UUID("6f1b7c64-9d0e-5c35-a3f5-3f0b5a6d1d0b")


def op_key(entity: UUID, step: str) -> UUID:
    """Return the key of one step of one thing: the same at every try, after every crash."""
    return uuid5(NAMESPACE, f"{entity}:{step}")


def underretning_lane(underretning: UUID) -> str:
    """Return the lane of what must be told before there is a case."""
    return f"underretning:{underretning}"


def sag_lane(sag: UUID) -> str:
    """Return the lane of what must be told about a case."""
    return f"sag:{sag}"

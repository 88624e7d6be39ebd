"""What acts on answering times have at hand."""

from typing import Protocol

from dubu_plugin.domain.afgoerelser import Matters
from dubu_plugin.usecases.means import Writing


class Answering(Writing, Protocol):
    """Also what can be decided, which is what can be applied for."""

    @property
    def matters(self) -> Matters:
        """What can be decided, as the municipality has it."""

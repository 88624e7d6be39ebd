"""Where a plan and its steps have got to. The values are stored."""

from enum import StrEnum


class PlanState(StrEnum):
    """Where a plan on a case has got to."""

    I_GANG = "i_gang"
    FAERDIG = "faerdig"
    """Every step that is not optional is done or declined."""
    BORTFALDET = "bortfaldet"
    """What it was for is not so, or the case is closed."""
    AFLOEST = "afloest"
    """A more fitting plan took its place."""


class StepState(StrEnum):
    """Where a step has got to."""

    AABEN = "aaben"
    UDFOERT = "udfoert"
    FRAVALGT = "fravalgt"
    """Declined, with a reason. Where it happens all the same it is done."""
    BORTFALDET = "bortfaldet"
    """The plan ended, and it was optional or no longer to be done."""

"""The 24-hour assessment: what it must say before it can be saved, by paragraph.

Sources: barnets lov § 136, stk. 2 (danger, and what is done), § 137, stk. 1 (fresh eyes where
support runs), § 137, stk. 3-4 (the conversation at suspicion of abuse), §§ 132, 133 and 135 (who
wrote, since a professional is to be told what came of it, § 138, stk. 2).
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from dubu_plugin.domain.underretning import (
    OVERGREB,
    Fare,
    NaesteSkridt,
    Overgreb,
    Pligt,
)
from dubu_plugin.errors import CaseworkError


class Samtale(StrEnum):
    """Whether the child was talked with because of suspected abuse (§ 137, stk. 3-4)."""

    HOLDT = "holdt"
    AFTALT = "aftalt"
    """It has a day and an hour, and is not held yet: the duty stays open."""
    UNDLADT = "undladt"
    """The child's maturity or the nature of the case speaks against it; the reason is written."""
    IKKE_AKTUEL = "ikke_aktuel"
    """The law does not ask for one."""


_HAS_A_DAY: Final = frozenset({Samtale.HOLDT, Samtale.AFTALT})


@dataclass(frozen=True, slots=True)
class Answers:
    """What somebody answered, as far as the law asks for it."""

    fare: Fare | None
    next_step: NaesteSkridt | None
    reason: str = field(default="", repr=False)
    acute_action: str = field(default="", repr=False)
    concerns: Set[str] = frozenset()
    suspicion: bool | None = None
    """Whether abuse is suspected, as somebody answered; None where nobody was asked or said."""
    conversation: Samtale | None = None
    conversation_at: datetime | None = None
    conversation_reason: str = field(default="", repr=False)
    fresh_eyes: str | None = None

    def as_chosen(self, *, is_unborn: bool = False) -> "Answers":
        """Return what belongs to the choices made; what was typed under another is left out.

        A field that is not asked for any more is not seen by who saves, and is no answer.

        :param is_unborn: the child is not born, so that no talk is asked for.
        """
        asks = self.abuse is not Overgreb.NEJ and not is_unborn
        asked = self.conversation if asks else None
        return replace(
            self,
            acute_action=self.acute_action if self.fare is Fare.AKUT else "",
            conversation=asked,
            conversation_at=self.conversation_at if asked in _HAS_A_DAY else None,
            conversation_reason=self.conversation_reason if asked is Samtale.UNDLADT else "",
        )

    @property
    def agreed_for(self) -> str | None:
        """When an agreed conversation is to be held, as ISO 8601; None where none is agreed.

        The duty of barnets lov § 137, stk. 3, is due then.
        """
        if self.conversation is not Samtale.AFTALT or self.conversation_at is None:
            return None
        return self.conversation_at.isoformat()

    @property
    def abuse(self) -> Overgreb:
        """Whether abuse is suspected, and by whom, as the concerns say it."""
        said = {OVERGREB[code] for code in self.concerns if code in OVERGREB}
        return (
            Overgreb.FORAELDRE
            if Overgreb.FORAELDRE in said
            else (Overgreb.ANDRE if said else Overgreb.NEJ)
        )


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the assessment is made about, and who makes it."""

    assessor: str
    child_is_said: bool
    """Somebody has said which child, or that nobody knows."""
    asks_new_person: bool
    """The case is to be assessed anew with somebody who has not handled it (§ 137, stk. 1)."""
    handled_by: Set[str]
    """Everybody who has handled the case before this underretning."""
    may_take_part: Set[str]
    """Everybody who may open the underretning and is not related to the child."""
    source: str | None
    """The type of notifier, a code of `dubu_plugin.domain.underretning.UNDERRETTERE`."""
    duty: Pligt | None
    received_at: datetime
    now: datetime
    undersoegelse_runs: bool = False
    """A børnefaglig undersøgelse is decided, and not ended."""
    is_correction: bool = False
    """It was assessed before: a duty that is still open has its own line, and holds nothing up."""
    is_unborn: bool = False
    """The child was not born when it was first assessed: there is nobody to talk with."""


def asks_new_person(*, has_indsats: bool, assessed: bool, duty_stands: bool) -> bool:
    """Tell whether an assessment asks for somebody who is new to the case (§ 137, stk. 1).

    Where it is put right, only what is still open is asked for: not what was done, nor what the law
    did not ask for when it was made, as where the support began afterwards.

    :param has_indsats: the child gets support now.
    :param assessed: this underretning was assessed before, about the same child.
    :param duty_stands: the duty is open, or somebody was asked and has not answered.
    """
    return duty_stands if assessed else has_indsats


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is missing, at one field of the form."""

    field: str
    danish: str


class NotComplete(CaseworkError):
    """The law asks for more before the assessment counts as made. Nothing is saved."""

    danish = "Vurderingen er ikke gemt. {problems_text}"

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(",".join(problem.field for problem in problems))
        self.problems = problems
        """What is missing, in the order of the form."""
        self.problems_text = " ".join(problem.danish for problem in problems)

    def at_fields(self) -> Mapping[str, str]:
        """Return what is missing, at each field."""
        return {problem.field: problem.danish for problem in self.problems}

"""The 24-hour assessment: what it must say before it can be saved, by paragraph.

Sources: barnets lov § 136, stk. 2 (danger, and what is done), § 137, stk. 1 (fresh eyes where
support runs), § 137, stk. 3-4 (the conversation at suspicion of abuse), §§ 132, 133 and 135 (who
wrote, since a professional is to be told what came of it, § 138, stk. 2).
"""

from collections.abc import Iterator, Set
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from dubu_plugin.domain.danish import danish_day, long_date
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


SOON: Final = timedelta(days=30)
"""An agreed conversation lies within this. The law gives no number; a later one is a wrong year."""
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


def problems(answers: Answers, about: Circumstances) -> tuple[Problem, ...]:
    """Return what is missing, in the order of the form."""
    checks = (
        _child,
        _source,
        _concerns,
        _danger,
        _suspicion,
        _fresh_eyes,
        _conversation,
        _what_next,
    )
    return tuple(problem for check in checks for problem in check(answers, about))


def _child(answers: Answers, about: Circumstances) -> Iterator[Problem]:
    if not about.child_is_said:
        yield Problem(
            "barn",
            "Vælg, hvilket barn det handler om. Ved ingen det, så vælg »Ukendt barn«.",
        )


def _source(answers: Answers, about: Circumstances) -> Iterator[Problem]:
    if about.source is None:
        yield Problem(
            "underretter",
            "Vælg under »Kilde«, hvem der har underrettet. Vil personen ikke sige, hvem det er, så "
            "vælg »Anonym«.",
        )
    if about.duty is None:
        yield Problem(
            "pligt",
            "Vælg underretningspligt: en fagperson (§ 133) skal have besked om, hvad der er sat i "
            "gang (barnets lov § 138, stk. 2), alle andre (§ 135) skal ikke.",
        )


def _concerns(answers: Answers, about: Circumstances) -> Iterator[Problem]:
    if not answers.concerns:
        yield Problem("bekymring", "Sæt kryds ved mindst én bekymring.")


def _danger(answers: Answers, about: Circumstances) -> Iterator[Problem]:
    if answers.fare is None:
        yield Problem(
            "fare",
            "Svar på, om barnets sundhed eller udvikling er i fare nu, og om der er mistanke om "
            "overgreb (barnets lov § 136, stk. 2, og § 137, stk. 3).",
        )
    if not answers.reason.strip():
        yield Problem(
            "begrundelse", "Skriv, hvorfor du vurderer det sådan (barnets lov § 136, stk. 2)."
        )
    if answers.fare is Fare.AKUT and not answers.acute_action.strip():
        yield Problem(
            "akut",
            "Skriv, hvilken akut hjælp der sættes i gang, og hvornår (barnets lov § 136, stk. 2).",
        )


def _suspicion(answers: Answers, about: Circumstances) -> Iterator[Problem]:
    """Yield what is missing where the suspicion of abuse is not answered, or answered two ways.

    A »no« nobody has said is no answer, so there is none to begin with (§ 137, stk. 3).
    """
    by_whom = answers.abuse is not Overgreb.NEJ
    if answers.suspicion is None and not by_whom and answers.fare is not None:
        yield Problem(
            "fare", "Svar på, om der er mistanke om overgreb (barnets lov § 137, stk. 3)."
        )
    elif answers.suspicion and not by_whom and answers.concerns:
        yield Problem(
            "bekymring",
            "Der er mistanke om overgreb. Sæt også kryds ved, om mistanken er mod forældrene eller "
            "mod andre (barnets lov § 137, stk. 3).",
        )
    elif answers.suspicion is False and by_whom:
        yield Problem(
            "fare",
            "Der er sat kryds ved overgreb, men svaret er, at der ikke er mistanke om det. Ret det "
            "ene eller det andet (barnets lov § 137, stk. 3).",
        )


def _fresh_eyes(answers: Answers, about: Circumstances) -> Iterator[Problem]:
    if not about.asks_new_person:
        return
    who = answers.fresh_eyes
    if not who:
        # Where nobody can be asked yet, the 24 hours run all the same, and the duty stays open.
        if about.may_take_part - about.handled_by and not about.is_correction:
            yield Problem(
                "nye_oejne",
                "Barnet får støtte nu. Vælg en, der ikke har haft sagen før, og som deltager i "
                "genvurderingen (barnets lov § 137, stk. 1).",
            )
    elif who == about.assessor and who in about.handled_by:
        yield Problem(
            "nye_oejne",
            "Du har selv haft sagen før. Vælg en kollega, der ikke har (barnets lov § 137, stk. "
            "1).",
        )
    elif who in about.handled_by:
        yield Problem(
            "nye_oejne",
            "Den kollega har haft sagen før. Vælg en, der ikke har (barnets lov § 137, stk. 1).",
        )
    elif who not in about.may_take_part:
        yield Problem(
            "nye_oejne",
            "Den kollega kan ikke deltage i netop denne sag. Vælg en anden "
            "(barnets lov § 137, stk. 1).",
        )


def _conversation(answers: Answers, about: Circumstances) -> Iterator[Problem]:
    if answers.abuse is Overgreb.NEJ or about.is_unborn:
        return
    match answers.conversation:
        case Samtale.HOLDT:
            if answers.conversation_at is None:
                yield Problem("samtale_tid", "Skriv, hvornår samtalen med barnet blev holdt.")
            elif answers.conversation_at > about.now:
                yield Problem(
                    "samtale_tid",
                    "Samtalen ligger i fremtiden. Vælg »Aftalt«, hvis den ikke er holdt endnu.",
                )
            elif danish_day(answers.conversation_at) < danish_day(about.received_at):
                yield Problem(
                    "samtale_tid",
                    "Den dag ligger før underretningen, som kom "
                    f"{long_date(danish_day(about.received_at))}. Ret dagen. Har I talt med barnet "
                    "om det samme før, så vælg »Undlades«, og skriv hvornår "
                    "(barnets lov § 137, stk. 3-4).",
                )
        case Samtale.AFTALT:
            if answers.conversation_at is None or answers.conversation_at <= about.now:
                yield Problem("samtale_tid", "Skriv, hvornår samtalen er aftalt til.")
            elif answers.conversation_at > about.now + SOON:
                yield Problem(
                    "samtale_tid",
                    f"Samtalen er aftalt til {long_date(danish_day(answers.conversation_at))}. Ved "
                    "mistanke om overgreb kan den ikke vente så længe (barnets lov § 137, stk. 3). "
                    "Ret dagen, eller vælg »Undlades«, og skriv hvorfor.",
                )
        case Samtale.UNDLADT:
            if not answers.conversation_reason.strip():
                yield Problem(
                    "samtale_grund",
                    "Skriv, hvorfor samtalen undlades: barnets modenhed eller sagens karakter "
                    "(barnets lov § 137, stk. 4).",
                )
        case _:
            yield Problem("samtale", _ASK_FOR_CONVERSATION[answers.abuse])


_ASK_FOR_CONVERSATION: Final = {
    Overgreb.ANDRE: (
        "Ved mistanke om overgreb skal der tales med barnet (barnets lov § 137, stk. 3). Skriv, "
        "hvornår samtalen er holdt eller aftalt, eller hvorfor den undlades (stk. 4)."
    ),
    Overgreb.FORAELDRE: (
        "Ved mistanke om overgreb fra forældrene skal der tales med barnet uden deres samtykke, og "
        "uden at de er til stede (barnets lov § 137, stk. 3). Skriv, hvornår samtalen er holdt "
        "eller aftalt, eller hvorfor den undlades (stk. 4)."
    ),
}


_GONE: Final = "Er mistanken væk, så svar, at der ikke er mistanke, og skriv hvorfor."
_SUSPICION: Final = (
    "Ved mistanke om overgreb skal der træffes afgørelse om en børnefaglig undersøgelse (barnets "
    f"lov § 20, stk. 1, nr. 2). Vælg »Undersøgelse«, eller hvad der skal ske først. {_GONE}"
)
_SUSPICION_UNBORN: Final = (
    "Ved mistanke om overgreb kan barnet få brug for støtte, når det er født. Vælg »Screening«, "
    f"eller hvad der skal ske først (barnets lov § 24). {_GONE}"
)


def _what_next(answers: Answers, about: Circumstances) -> Iterator[Problem]:
    if answers.next_step is None:
        yield Problem("naeste", "Vælg, hvad der skal ske nu.")
    elif answers.fare is Fare.AKUT and answers.next_step is not NaesteSkridt.AKUT:
        yield Problem(
            "naeste",
            "Barnet er i fare nu, så der skal ske noget med det samme. Vælg »Akut indsats«, eller "
            "svar, at barnet ikke er i fare nu (barnets lov § 136, stk. 2).",
        )
    elif (
        answers.next_step is NaesteSkridt.INTET
        and answers.abuse is not Overgreb.NEJ
        and not about.undersoegelse_runs
    ):
        yield Problem("naeste", _SUSPICION_UNBORN if about.is_unborn else _SUSPICION)
    elif answers.fare is Fare.IKKE_AKUT and answers.next_step is NaesteSkridt.AKUT:
        yield Problem(
            "naeste",
            "Du har svaret, at barnet ikke er i fare nu. Vælg noget andet end »Akut indsats«, "
            "eller svar, at barnet er i fare nu (barnets lov § 136, stk. 2).",
        )

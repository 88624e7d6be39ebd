"""What a 24-hour assessment lacks before it can be saved, each by its paragraph.

See `dubu_plugin.domain.vurdering` for the sources.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from dubu_plugin.domain.danish import danish_day, long_date
from dubu_plugin.domain.underretning import Fare, NaesteSkridt, Overgreb
from dubu_plugin.domain.vurdering import Answers, Circumstances, Problem, Samtale

SOON: Final = timedelta(days=30)
"""An agreed conversation lies within this. The law gives no number; a later one is a wrong year."""


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

"""The gates an opfølgning passes before it is held: what barnets lov §§ 5, 95 and 96 ask of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter
from typing import Final

from dubu_plugin.domain.danish import listed, long_date
from dubu_plugin.domain.gates.standing import No, months_on, no
from dubu_plugin.domain.maal import MaalStatus
from dubu_plugin.domain.opfoelgning import Next, Valg, departs

YEAR: Final = 12
"""So many months ahead nobody is asked why. The law has no longest interval; the year is ours."""
REASON_WORDS: Final = 2
"""So many words a reason has at least: a letter or a mark is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Everything an opfølgning stands on."""

    held_on: date | None
    earliest: date | None
    """The day of the last one, or the day the first indsats began."""
    today: date
    unborn: bool = False
    talked: bool = False
    """The child was talked with since the last, and the talk stands on the case."""
    placed: bool = False
    """The child lives outside the home (§§ 46 and 47), also where it was noted by hand."""
    said: Mapping[str, str] = field(default_factory=dict, repr=False)
    """What is written, by section."""
    goals: Sequence[str] = ()
    """The goals that are looked at, by the name their status has in the form."""
    of_parents: Mapping[str, int] = field(default_factory=dict)
    """Those of the parents' own plan something is written of, with the number they stand by."""
    statuses: Mapping[str, MaalStatus] = field(default_factory=dict)
    """How far each has come, by the same names."""
    parents: bool = False
    """There are parents to talk with."""
    parents_said: bool = False
    choice: Valg | None = None
    next: Next
    rhythm: int | None = None
    """In months, as it was decided before; None at the first."""
    all_stops: bool = False
    """Every indsats that runs is to stop, so there may be nothing to follow."""
    noted: bool = False
    """Something runs that was noted by hand, and no indsats of ours can be chosen to stop it."""
    fallen: Sequence[str] = ()
    """What runs though Ankestyrelsen has taken the decision it rests on away, in words."""
    granted: Mapping[str, date] = field(default_factory=dict)
    """The last day of what runs by its decision, by what it is called; nothing where some of it has
    none."""
    adult_on: date | None = None
    """The day the child is eighteen."""

    def has(self, section: str) -> bool:
        """Tell whether something is written in a section."""
        return bool(self.said.get(section, "").strip())


def refused(held: Held) -> Sequence[No]:
    """Return what stands in the way, in the order of the form."""
    found = [*paragraf_95_maal(held), *paragraf_79(held)]
    for gate in (paragraf_95_dag, paragraf_5, paragraf_96, paragraf_95_stk_6, paragraf_95_stk_4,
                 rsl_68, paragraf_95_stk_5, paragraf_95_naeste, paragraf_32, paragraf_95_aar,
                 paragraf_95_stk_3):  # fmt: skip
        answer = gate(held)
        if answer is not None:
            found.append(answer)
    return found


def paragraf_95_dag(held: Held) -> No | None:
    """Tell whether the day it was held can be: it has come, and none was held after it."""
    if held.held_on is None:
        return no("dag", "§ 95", "Skriv den dag, I fulgte op.")
    if held.held_on > held.today:
        return no("dag", "§ 95", "Dagen kan ikke ligge efter i dag. Skriv den dag, I fulgte op.")
    if held.earliest is not None and held.held_on < held.earliest:
        return no(
            "dag",
            "§ 95",
            f"Dagen kan ikke ligge før {long_date(held.earliest)}, da indsatsen begyndte, eller da "
            f"der sidst blev fulgt op. Ret datoen.",
        )
    return None


def paragraf_95_maal(held: Held) -> Sequence[No]:
    """Return the goals nobody has said how far have come (§ 95, stk. 1)."""
    return [
        no(name, "§ 95", f"Mål {number}: vælg, hvor langt målet er nået (§ 95).")
        for number, name in enumerate(held.goals, 1)
        if name not in held.statuses
    ]


def paragraf_79(held: Held) -> Sequence[No]:
    """Return the goals of the parents' own plan that have words, and not how far they have come."""
    return [
        no(
            name,
            "§ 79",
            f"Mål {number}: vælg, hvor langt målet er nået, eller slet det, der er skrevet om det.",
        )
        for name, number in held.of_parents.items()
        if name not in held.statuses
    ]


def paragraf_5(held: Held) -> No | None:
    """Tell whether the child's view is there by a talk, or why it is not (§ 5, stk. 3 and 4)."""
    if held.unborn:
        return None
    if not held.talked and not held.has("uden_samtale"):
        return no(
            "uden_samtale",
            "§ 5",
            "Der står ingen samtale med barnet siden sidste opfølgning (§ 5, stk. 3). Notér den, "
            "eller skriv, hvorfor I ikke har talt sammen, og hvordan barnets syn er kommet frem "
            "(§ 5, stk. 4).",
        )
    if not held.has("barnets_syn"):
        return no("barnets_syn", "§ 5", "Skriv barnets syn på, hvordan det går (§ 5, stk. 3).")
    return None


def paragraf_96(held: Held) -> No | None:
    """Tell whether the parents have been talked with where the child is placed."""
    if held.placed and held.parents and not held.parents_said:
        return no(
            "foraeldre",
            "§ 96",
            "Barnet er anbragt, så opfølgningen sker efter kontakt med den, der har forældre"
            "myndigheden (§ 96). Skriv, hvad de siger, eller hvorfor I ikke kunne få fat i dem.",
        )
    return None


def paragraf_95_stk_5(held: Held) -> No | None:
    """Tell whether it is considered what else than the plan says is relevant."""
    if held.has("andre_forhold"):
        return None
    return no(
        "andre_forhold",
        "§ 95",
        "Skriv, om der er kommet andet til end det, der står i planen (§ 95, stk. 5). »Nej« er "
        "også et svar.",
    )


def paragraf_95_stk_4(held: Held) -> No | None:
    """Tell whether it is assessed how it goes on."""
    if held.choice is None:
        return no("valg", "§ 95", "Vælg, hvad opfølgningen fører til (§ 95, stk. 4).")
    if held.choice is Valg.FORTSAET and _none_matters(held):
        return no(
            "valg",
            "§ 95",
            "Ingen af målene er relevante mere, så der er intet, hjælpen kan fortsætte efter, som "
            "den er. Vælg »Justér«, og skriv nye mål i planen, eller vælg noget af det andet (§ "
            "95, stk. 4).",
        )
    if not held.has("vurdering"):
        return no("vurdering", "§ 95", "Skriv den samlede vurdering (§ 95, stk. 4).")
    return None


def rsl_68(held: Held) -> No | None:
    """Tell whether what is to go on as it is has a decision to go on by.

    Ankestyrelsen may have lifted it or sent it back (retssikkerhedsloven § 68).
    """
    if held.choice is not Valg.FORTSAET or not held.fallen:
        return None
    what = listed(held.fallen)
    return no(
        "valg",
        "retssikkerhedsloven § 68",
        f"Afgørelsen om {what} gælder ikke mere, så hjælpen kan ikke fortsætte, som den er. Træf "
        f"en ny afgørelse først, eller vælg »Stop« (retssikkerhedsloven § 68; barnets lov § 32).",
    )


def paragraf_32(held: Held) -> No | None:
    """Tell whether it is followed up before all that is to go on has ended by its decision.

    One help may end as it was decided while another goes on.
    """
    if held.choice is not Valg.FORTSAET or held.next.on is None or not held.granted:
        return None
    what, last = max(held.granted.items(), key=itemgetter(1))
    if last < held.today:
        return no(
            "valg",
            "§ 32",
            f"{what} gjaldt efter afgørelsen kun til {long_date(last)}, så hjælpen kan ikke "
            f"fortsætte, som den er. Træf en ny afgørelse først, eller vælg »Stop« (§ 32).",
        )
    if held.next.on <= last:
        return None
    return no(
        "naeste",
        "§ 32",
        f"{what} gælder efter afgørelsen kun til {long_date(last)}. Vælg en dag senest da, så I "
        f"når at træffe en ny afgørelse, hvis hjælpen skal fortsætte (§§ 32 og 95).",
    )


def _none_matters(held: Held) -> bool:
    """Tell whether every goal has been put aside."""
    states = {held.statuses.get(name) for name in held.goals}
    return states == {MaalStatus.IKKE_RELEVANT}


def paragraf_95_stk_6(held: Held) -> No | None:
    """Tell whether the parents are involved before the plan is changed."""
    if held.placed or held.choice is not Valg.JUSTER or not held.parents or held.parents_said:
        return None
    return no(
        "foraeldre",
        "§ 95",
        "Forældrene er med, før noget i planen ændres (§ 95, stk. 6). Skriv, hvad de siger, eller "
        "hvorfor I ikke kunne få fat i dem.",
    )


def paragraf_95_naeste(held: Held) -> No | None:
    """Tell whether there is a next day, and that it lies ahead."""
    if held.next.on is None:
        if held.choice is Valg.STOP and held.all_stops:
            if not held.noted:
                return None
            return no(
                "naeste",
                "§ 95",
                "En indsats eller anbringelse, der er noteret på sagen, er stadig i gang. Notér "
                "først, at den er ophørt, eller vælg, hvornår I følger op næste gang (§ 95, "
                "stk. 3).",
            )
        return no("naeste", "§ 95", "Vælg, hvornår I følger op næste gang (§ 95, stk. 3).")
    if held.held_on is not None and held.next.on <= max(held.held_on, held.today):
        return no("naeste_dag", "§ 95", "Den næste dag skal ligge efter i dag. Ret datoen.")
    return None


def paragraf_95_aar(held: Held) -> No | None:
    """Tell whether a next day that is more than a year ahead has words for why.

    So far ahead the child is still a child: what comes after is decided before it is eighteen.
    """
    on = held.next.on
    if on is None or held.held_on is None or not is_far(held.held_on, on):
        return None
    if held.adult_on is not None and held.held_on < held.adult_on <= on:
        return no(
            "naeste_dag",
            "§ 95",
            f"Barnet fylder 18 den {long_date(held.adult_on)}. Vælg en dag før (§ 95, stk. 3).",
        )
    why = held.said.get("naeste_grund", "")
    if not why.strip() or gives_reason(why):
        return None
    return no(
        "naeste_grund",
        "§ 95",
        "Der er mere end et år til. Skriv, hvorfor barnet ikke skal ses før (§ 95, stk. 3), eller "
        "vælg en dag før.",
    )


def is_far(day: date, following: date) -> bool:
    """Tell whether the next opfølgning is more than a year after the day of this one."""
    return following > months_on(day, YEAR)


def gives_reason(text: str) -> bool:
    """Tell whether a text is words, and not a letter or a mark that fills the field."""
    words = [word for word in text.split() if sum(map(str.isalpha, word)) > 1]
    return len(words) >= REASON_WORDS


def paragraf_95_stk_3(held: Held) -> No | None:
    """Tell whether a rhythm that is decided now has its reason."""
    if not departs(held.next, held.rhythm) or held.has("naeste_grund"):
        return None
    why = (
        "Begrund, hvornår I følger op fremover (§ 95, stk. 3). Barnet og forældrene får grunden at "
        "vide."
        if held.rhythm is None
        else "Dagen er en anden end den rytme, der er besluttet. Skriv hvorfor (§ 95, stk. 3)."
    )
    return no("naeste_grund", "§ 95", why)

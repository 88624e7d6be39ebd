"""The form of a decision: what stands in it, and what was sent read as what is kept."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from dubu_plugin.domain.afgoerelser import Capacity, Matter, Outcome
from dubu_plugin.domain.danish import danish_day, list_date, unbroken
from dubu_plugin.domain.danish_time import danish
from dubu_plugin.domain.forudsat import WORDS
from dubu_plugin.domain.gates.committee import CHAIRS
from dubu_plugin.domain.gates.content import WITHOUT_CONSENT
from dubu_plugin.domain.gates.help_taken import FIELD as ENDS
from dubu_plugin.domain.gates.presupposed import COMMITTEES
from dubu_plugin.domain.help_taken import HelpTaken
from dubu_plugin.domain.indsatser import ADULT
from dubu_plugin.domain.udfald import may_be_applied_for
from dubu_plugin.errors import FieldsRefused
from dubu_plugin.frister.words import CHOICES
from dubu_plugin.store.afgoerelse import provisional
from dubu_plugin.store.skrift.tekster import Written
from dubu_plugin.usecases.afgoerelse.child_view import NEVER
from dubu_plugin.usecases.afgoerelse.keep import Kept
from dubu_plugin.usecases.afgoerelse.whole import Whole
from dubu_plugin.web.afgoerelse import given_form
from dubu_plugin.web.typed_time import NO_CLOCK, NO_DAY, at_clock, clock_of, day_of

REVISION: Final = "rev-{}"
BEFORE: Final = "foer-{}"
"""What stood in a field that is chosen when the page was drawn."""
DATES: Final = {
    "fra": "starts_on", "til": "ends_on", "udvalg_dag": "committee_on",
    "udtalelse_dag": "statement_on",
}  # fmt: skip
CHAIR_DAY: Final = "formand_dag"
CHAIR_CLOCK: Final = "formand_kl"
ANSWERS: Final = {"plan": "plan", "uenig": "dissent"}
YES: Final = "ja"


class NotReadableHere(FieldsRefused):
    """A date is none, or a number is none."""

    danish = "Afgørelsen er ikke gemt. Ret felterne, og prøv igen."


def sections(it: Whole) -> frozenset[str]:
    """Return the sections that are asked for here, and those something stands in."""
    matter = it.matter
    asked = {"afgoerelse", "oplysninger", "begrundelse", "opfoelgning", "klagevejledning"}
    wanted = {
        "formaal": matter.purpose,
        "varighed": matter.duration,
        "saerlige_forhold": matter.examination_may_wait or matter.is_chairs,
        "straks_grund": matter.may_begin_at_once,
        "udtalelse": matter.statement and it.placed,
        "barnets_syn": it.age is not None,
        "tidligere_syn": it.age is not None and it.view.asks_why,
        "uden_samtale": it.age is not None and it.view.obtained == NEVER,
        "dommerens_mening": matter.is_committees,
        "genbehandling": matter.reviewed,
        "genbehandling_senest": matter.reviewed,
        "genbehandling_hvorfor": matter.reviewed,
        "til_barnet": matter.has_party(it.age),
        "barnet_sagt": writes_to_child(it),
    }
    wanted |= dict.fromkeys(matter.asks, True)
    # The address book may not know of a sibling who lives there, so this can always be written.
    wanted["soeskende"] = matter.basis == WITHOUT_CONSENT
    with_plan = bool(matter.parents_plan and it.siblings)
    wanted["uden_foraeldreplan"] = with_plan and not it.recorded.parents_plan
    wanted["udvalget_orienteres"] = bool(matter.period) and not COMMITTEES.keys().isdisjoint(
        it.there
    )
    wanted["uden_aktindsigt"] = it.recorded.insight_waits
    wanted["undersoegelse_daekker"] = bool(matter.examination and it.examined_long_ago)
    asks_plan = (matter.plan_revised and matter.basis != WITHOUT_CONSENT) or bool(
        matter.youth_plan and it.placed
    )
    wanted["plan_daekker"] = asks_plan and it.plan_is_older
    wanted[CHAIRS] = len(it.waiting) > 1
    wanted["afslag"] = may_be_applied_for(matter) or it.afgoerelse.outcome is Outcome.DELVIST
    wanted["uden_periode"] = wanted["fortsat_samtykke"] = bool(matter.period)
    for lacks in matter.lacks(it.there):
        if instead := WORDS[lacks].instead:
            wanted[instead] = True
    written = {name for name, text in it.said.items() if text}
    return frozenset(asked | {name for name, wants in wanted.items() if wants} | written)


def chairs_choices(it: Whole, today: date) -> list[tuple[str, str]]:
    """Return which of the chairman's decisions the committee can look at, each kind with when the
    oldest of it was made."""
    found: dict[str, str] = {}
    for one in it.waiting:
        words = CHOICES[provisional.OF, one.matter]
        made = list_date(danish_day(one.made_at), today)
        found.setdefault(one.matter, unbroken(f"{words[:1].upper()}{words[1:]}, {made}"))
    return list(found.items())


def writes_to_child(it: Whole) -> bool:
    """Tell whether the child gets a letter of its own, in words for its age."""
    return it.matter.has_party(it.age) and it.age is not None and it.age < ADULT


def values_of(it: Whole) -> dict[str, str]:
    """Return what stands on a decision, by the names of the form."""
    its = it.afgoerelse
    values = {
        "version": str(its.version),
        "udfald": its.outcome or "",
        **given_form.values_of(its.given),
        "plan": _yes_or_no(its.plan),
        "stemmer": "" if its.votes_for is None else str(its.votes_for),
        "protokol": its.protocol or "",
        "uenig": _yes_or_no(its.dissent),
        "straks": YES if its.at_once else "",
        "overleveres": "" if its.child_by_hand is False else YES,
    }
    for name, column in DATES.items():
        day = getattr(its, column)
        values[name] = day.isoformat() if day else ""
    if it.matter.is_chairs:
        values |= _chair(its.chair_at)
    values |= {name: YES if one.named else "" for name, one in help_fields(it).items()}
    for one in it.parts:
        answer, given, purpose = it.consents.get(one.person, ("", None, False))
        values[f"rolle-{one.person}"] = one.capacity
        values[f"samtykke-{one.person}"] = answer
        values[f"samtykkedag-{one.person}"] = given.isoformat() if given else ""
        values[f"samtykkeformaal-{one.person}"] = YES if purpose else ""
    values |= {BEFORE.format(name): value for name, value in values.items() if name != "version"}
    for (place, name), text in it.texts.items():
        if not place:
            values[name] = text.text
            values[REVISION.format(name)] = str(text.revision)
    return values


def kept_of(it: Whole, sent: Mapping[str, str]) -> Kept:
    """Return what was sent as it is kept.

    :raises NotReadableHere: a date is none, or a number is none; each is named.
    """
    wrong: dict[str, str] = {}
    chosen: dict[str, Any] = {}
    for name, column in DATES.items():
        if name in sent:
            chosen[column] = _day(name, sent[name], wrong)
    if "udfald" in sent:
        found = sent["udfald"]
        chosen["outcome"] = Outcome(found) if found in set(Outcome) else None
    if "indsats" in sent:
        chosen["given"] = given_form.given_of(sent, _day, wrong)
    for name, column in ANSWERS.items():
        if name in sent:
            chosen[column] = None if not sent[name] else sent[name] == YES
    if "stemmer" in sent:
        chosen["votes_for"] = _number("stemmer", sent["stemmer"], wrong)
        chosen["protocol"] = sent.get("protokol", "")[:128] or None
    if CHAIR_DAY in sent:
        chosen["chair_at"] = _chair_at(sent, wrong)
    if it.matter.may_begin_at_once:
        chosen["at_once"] = sent.get("straks") == YES
    if writes_to_child(it):
        chosen["child_by_hand"] = sent.get("overleveres") == YES
    takes = [one.id for name, one in help_fields(it).items() if sent.get(name) == YES]
    texts = {
        name: Written(sent[name], int(sent.get(REVISION.format(name)) or 0))
        for name in sections(it)
        if name in sent
    }
    capacities, consents = _people(it, sent, wrong)
    if wrong:
        raise NotReadableHere(wrong)
    return Kept(
        seen=int(sent.get("version") or 0), chosen=chosen, takes=takes, texts=texts,
        capacities=capacities, consents=consents,
    )  # fmt: skip


def help_fields(it: Whole) -> Mapping[str, HelpTaken]:
    """Return the help it takes, or can take, by the name each has in the form."""
    return {f"{ENDS}-{one.id}": one for one in it.helps}


def asks_consent(matter: Matter, age: int | None, capacity: Capacity) -> bool:
    """Tell whether somebody of this capacity is asked to consent."""
    from_child = {"barn_12", "ung_15", "ung"}
    wanted = matter.consents_at(age)
    if capacity is Capacity.BARN:
        return bool(from_child & wanted)
    return capacity.value in wanted


def _people(
    it: Whole, sent: Mapping[str, str], wrong: dict[str, str]
) -> tuple[dict[UUID, Capacity], dict[UUID, tuple[str, date, bool] | None]]:
    capacities: dict[UUID, Capacity] = {}
    consents: dict[UUID, tuple[str, date, bool] | None] = {}
    for one in it.parts:
        role = sent.get(f"rolle-{one.person}", "")
        if role in set(Capacity):
            capacities[one.person] = Capacity(role)
        name = f"samtykke-{one.person}"
        if name not in sent:
            continue
        if sent[name] not in ("givet", "afslaaet"):
            consents[one.person] = None
            continue
        at = f"samtykkedag-{one.person}"
        day = _day(at, sent.get(at, ""), wrong)
        if day is None:
            wrong.setdefault(at, f"Skriv den dag, {one.name} svarede.")
            continue
        purpose = sent.get(f"samtykkeformaal-{one.person}") == YES
        consents[one.person] = (sent[name], day, purpose)
    return capacities, consents


def _day(name: str, text: str, wrong: dict[str, str]) -> date | None:
    if not text:
        return None
    try:
        return day_of(text)
    except ValueError:
        wrong[name] = NO_DAY
        return None


def _chair(at: datetime | None) -> dict[str, str]:
    there = danish(at) if at else None
    return {
        CHAIR_DAY: f"{there:%Y-%m-%d}" if there else "",
        CHAIR_CLOCK: f"{there:%H.%M}" if there else "",
    }


def _chair_at(sent: Mapping[str, str], wrong: dict[str, str]) -> datetime | None:
    """Return when the chairman decided; the day alone is not enough: hours are counted from it."""
    day, clock = _day(CHAIR_DAY, sent[CHAIR_DAY], wrong), sent.get(CHAIR_CLOCK, "").strip()
    if day is None and not clock:
        return None
    try:
        time = clock_of(clock)
    except ValueError:
        wrong[CHAIR_CLOCK] = NO_CLOCK
        return None
    if day is None:
        wrong.setdefault(CHAIR_DAY, NO_DAY)
        return None
    return at_clock(day, time)


def _number(name: str, text: str, wrong: dict[str, str]) -> int | None:
    if not text:
        return None
    if not text.isdecimal() or int(text) > 99:
        wrong[name] = "Skriv antallet af stemmer med et tal."
        return None
    return int(text)


def _yes_or_no(answer: bool | None) -> str:
    return "" if answer is None else YES if answer else "nej"

"""The documents of an opfølgning: the whole of it on the case, and what the parents and the child
are told: what is decided, when the next is, and why (barnets lov § 95, stk. 3).

A parent reads what they said themselves, and nothing of what the child or the other parent did.
Of the goals a parent reads those of the children they have custody of, and the child its own: one
plan can be for several children (§ 91, stk. 3), and who has no custody of a child is told nothing
of it (forvaltningsloven § 27). Of the parents' own plan (§ 77) each parent reads what is theirs,
and the child nothing. From whom somebody is held apart reads none.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from uuid import UUID

from dubu_plugin.documents.letter import Value, Values
from dubu_plugin.documents.shelf import LetterShelf
from dubu_plugin.domain.danish import danish_day, long_date, unbroken
from dubu_plugin.domain.inddragelse import is_child
from dubu_plugin.domain.maal import BOTH, STATUSES
from dubu_plugin.domain.opfoelgning import WORDS_OPENED, meant, meant_to_child
from dubu_plugin.domain.skrift import WHOLE
from dubu_plugin.settings import Municipality
from dubu_plugin.store.family import personer
from dubu_plugin.store.family.personer import Known
from dubu_plugin.store.indsats.opfoelgninger import Opfoelgning
from dubu_plugin.store.plan import maal
from dubu_plugin.store.plan.maal import Maal, Status
from dubu_plugin.store.sag.sager import Sag
from dubu_plugin.store.skrift.tekster import Texts
from dubu_plugin.store.transaction import Work
from dubu_plugin.usecases.dokument.addressed import citizen
from dubu_plugin.usecases.dokument.child_words import first_name, spoken_of
from dubu_plugin.usecases.dokument.law_words import within
from dubu_plugin.usecases.dokument.order.letter import order_letter
from dubu_plugin.usecases.dokument.order.samtykke import written
from dubu_plugin.usecases.dokument.sender import sender
from dubu_plugin.usecases.dokument.vurdering_words import born_text

WHOLE_OF_IT: Final = "opfoelgning"
PARENT: Final = "opfoelgning_brev"
CHILD: Final = "opfoelgning_barn"
YOUNG: Final = "opfoelgning_ung"


@dataclass(frozen=True, slots=True)
class Told:
    """An opfølgning as its documents tell of it."""

    it: Opfoelgning
    texts: Texts = field(repr=False)
    goals: Sequence[Maal] = field(repr=False)
    parents: Mapping[UUID, str] = field(repr=False)
    """What each parent is called, with what they are to the child."""
    law: str
    """What it is held by."""
    letters: LetterShelf
    municipality: Municipality
    of_parents: Collection[UUID] = ()
    """The goals of the parents' own plan."""
    tells: Mapping[UUID, Collection[UUID]] = field(default_factory=dict)
    """The goals that stand in the letter of each who is written to."""
    stops: Sequence[str] = ()
    """The help that is to be decided to stop."""
    assessed: str = ""
    """How the child's needs are looked at again, where they are: the kind of skrift."""

    def said(self, name: str, place: str = WHOLE) -> str:
        """Return what is written at a place."""
        return self.texts[place, name].text if (place, name) in self.texts else ""

    def of_person(self, person: UUID) -> str:
        """Return what a parent says."""
        return self.said("syn", f"person:{person}")


def order_opfoelgning(work: Work, sag: Sag, told: Told) -> UUID:
    """Have the whole of it filed after the commit, and return the letter."""
    house = sender(work.connection, told.municipality, author=work.actor, unit=sag.unit)
    child = _child(work, sag)
    today = danish_day(work.now)
    own = _decided(told)
    values: Values = {
        **house.fields,
        "barn.navn": child.name,
        "barn.foedt": born_text(child.born, child.due_date, today),
        "skrift.lov": unbroken(told.law),
        "skrift.godkendt": unbroken(f"{long_date(today)} af {house.name}"),
        "opfoelgning.dag": own["opfoelgning.dag"],
        "opfoelgning.maal": [row for _, row in _goals(work, sag, told)],
        "opfoelgning.syn": list(_views(told)),
        "opfoelgning.valg": own["opfoelgning.valg"],
        "opfoelgning.aabner": "\n".join(dict.fromkeys(WORDS_OPENED[what]
                                                      for what, _ in told.it.opened)),
        "opfoelgning.vurdering": told.said("vurdering"),
        "opfoelgning.andet": told.said("andre_forhold"),
        "opfoelgning.naeste": own["opfoelgning.naeste"],
        "opfoelgning.grund": own["opfoelgning.grund"],
    }  # fmt: skip
    return order_letter(
        work, WHOLE_OF_IT, letters=told.letters, sag=sag.id, underretning=None, values=values,
        author=work.actor,
    )  # fmt: skip


def order_told(work: Work, sag: Sag, told: Told, to: Collection[UUID]) -> Sequence[UUID]:
    """Have those who are told written to after the commit, and return the letters.

    :param to: parents, and the child itself.
    """
    child = _child(work, sag)
    own = {
        **_decided(told),
        "skrift.lov": within(told.law),
        "barn.fornavn": first_name(child.name),
    }
    goals = list(_goals(work, sag, told))
    return [
        _written(work, sag, told, child, person, own | {
            "opfoelgning.status": [
                {"maal": row["maal"], "naaet": row["naaet"]}
                for one, row in goals
                if one.id in told.tells.get(person, ())
            ],
        })
        for person in sorted(to)
    ]  # fmt: skip


def _written(
    work: Work,
    sag: Sag,
    told: Told,
    child: Known,
    person: UUID,
    own: Mapping[str, Value],
) -> UUID:
    code, theirs = PARENT, told.of_person(person)
    if person == child.id:
        code = CHILD if is_child(child.born, danish_day(work.now)) else YOUNG
        theirs = told.said("barnet_sagt")
    to, _ = citizen(work.connection, person)
    return written(
        work, sag, code, to,
        {**own, "barn.navn": spoken_of(child.name, to.name), "opfoelgning.dit_syn": theirs},
        letters=told.letters, municipality=told.municipality,
    )  # fmt: skip


def _child(work: Work, sag: Sag) -> Known:
    found = personer.by_id(work.connection, sag.child_id)
    return found or Known(sag.child_id, personer.UNKNOWN_CHILD)


def _decided(told: Told) -> dict[str, Value]:
    it = told.it
    kinds = {what for what, _ in it.opened}
    return {
        "opfoelgning.dag": _day(it.held_on),
        "opfoelgning.valg": meant(it.choice, kinds, told.stops, told.assessed),
        "opfoelgning.til_barnet": meant_to_child(it.choice, kinds),
        "opfoelgning.naeste": _day(it.next_on),
        "opfoelgning.grund": told.said("naeste_grund"),
    }


def _goals(work: Work, sag: Sag, told: Told) -> Iterator[tuple[Maal, dict[str, str]]]:
    """Yield each goal that has its status, and what is told of it: a sibling's by its name."""
    ids = [one.id for one in told.goals]
    statuses = maal.statuses(work.connection, ids)
    for number, one in enumerate(told.goals, 1):
        found = statuses[one.id]
        mine = next((it for it in found if it.opfoelgning == told.it.skrift), None)
        if mine is None:
            continue
        before = [it for it in found if it.opfoelgning != told.it.skrift]
        whose = _whose(work, sag, told, one)
        yield (
            one,
            {
                "nummer": unbroken(f"Mål {number}"),
                "maal": f"{whose}: {one.text}" if whose else one.text,
                "naaet": STATUSES[mine.status],
                "tal": "" if mine.barnets_tal is None else str(mine.barnets_tal),
                "foer": "\n".join(_before(it) for it in before),
                "tegn": one.said.get("indikator", ""),
                "ord": told.said("ord", one.place),
            },
        )


def _whose(work: Work, sag: Sag, told: Told, goal: Maal) -> str:
    """Return the name of the sibling or the parent whose goal it is; empty for the child's own."""
    if goal.person == sag.child_id:
        return BOTH if goal.id in told.of_parents else ""
    who = personer.by_id(work.connection, goal.person)
    return who.name if who else ""


def _before(it: Status) -> str:
    number = "" if it.barnets_tal is None else f", barnets tal {it.barnets_tal}"
    return unbroken(f"{STATUSES[it.status]}{number} ({long_date(danish_day(it.at))})")


def _views(told: Told) -> Iterator[dict[str, str]]:
    rows = [
        ("Barnet", told.said("barnets_syn")),
        ("Hvorfor der ikke er talt med barnet", told.said("uden_samtale")),
        *((name, told.of_person(person)) for person, name in told.parents.items()),
        ("Forældrene", told.said("foraeldrenes_syn")),
    ]
    for title, text in rows:
        if text:
            yield {"titel": title, "tekst": text}


def _day(day: date | None) -> str:
    return unbroken(long_date(day)) if day else ""

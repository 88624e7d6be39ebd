"""The gate of what is noted by hand: it reads the row of the hændelse, and what the case knows.

The days clocks start at are said, and can be: nothing is ever counted from another day.
What is written, decided or given on a page of the case is finished there: a note by hand would say
that it is, and it is not. What was done elsewhere is noted, and says where it lies. A child that
lives somewhere by a placement noted by hand goes home by the same rules as another.

Source: barnets lov §§ 18-20, 46, 47, 91, 95, 98-100, 108, 142 and 143; lov om retssikkerhed og
administration § 72.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.afgoerelser import Matters
from dubu_plugin.domain.alder import birthday
from dubu_plugin.domain.danish import danish_day, long_date, unbroken
from dubu_plugin.domain.gates import indsats as gates
from dubu_plugin.domain.gates.opfoelgning import gives_reason
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.indsatser import ADULT, Skift
from dubu_plugin.domain.skrift import SkriftKind as K
from dubu_plugin.domain.skrift import SkriftState
from dubu_plugin.frister.rule import Subject
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.store.afgoerelse import afgoerelser, locks
from dubu_plugin.store.indsats import indsatser
from dubu_plugin.store.indsats.running import running
from dubu_plugin.store.sag import noted
from dubu_plugin.store.skrift import skrifter
from dubu_plugin.store.tables import personer, sager
from dubu_plugin.store.transaction import Work
from dubu_plugin.usecases.afgoerelse.told_as import tells
from dubu_plugin.usecases.sag import recordable
from dubu_plugin.usecases.sag.by_hand import DAY, DAYS, EARLIEST, ByHand, Lives, Written, by_hand
from dubu_plugin.usecases.sag.recordable import Without

TITLES: Final[Mapping[K, str]] = {
    K.SCREENING: "Screeningen",
    K.AFDAEKNING: "Afdækningen",
    K.HANDICAPUDREDNING: "Udredningen",
    K.BOERNEFAGLIG_UNDERSOEGELSE: "Undersøgelsen",
    K.FORELOEBIG_VURDERING: "Den foreløbige vurdering",
    K.BARNETS_PLAN: "Barnets plan",
    K.UNGEPLAN: "Ungeplanen",
    K.FORAELDREHANDLEPLAN: "Forældrehandleplanen",
    K.OPFOELGNING: "Opfølgningen",
}
RUNS_HERE: Final = (
    "Den er sat i gang under »Indsatser« på sagen. Afslut den dér, så grunden kommer med."
)
DECIDED_HERE: Final = (
    "Afgørelsen forberedes her på sagen. Træf den dér, når det, loven kræver før den, er på plads. "
    "Skal den ikke træffes, så opgiv den dér."
)
ANOTHER: Final = (
    "Den afgørelse forberedes her på sagen, og den træffes dér. Er det en anden, som blev truffet "
    "før, så skriv i notatet hvilken, og hvor den ligger."
)
WHERE_DECIDED: Final = (
    "Der er ingen afgørelse om hjemgivelse på sagen fra den dag eller før (§ 100). Træf den under "
    "»Afgørelser«. Er den truffet et andet sted, så skriv i notatet hvem, hvornår, og hvor den "
    "ligger."
)
LIVES_WHERE: Final = (
    "Skriv i notatet, hvor barnet bor fra nu, og hvem der har afgjort det (§§ 98 og 100). Er det "
    "flyttet hjem, så notér i stedet »Barnet hjemgivet«."
)


class Page(StrEnum):
    """Where on the case something is done."""

    SKRIFT = "skrift"
    OPFOELGNING = "opfoelgning"
    AFGOERELSE = "afgoerelse"
    INDSATSER = "indsatser"


@dataclass(frozen=True, slots=True)
class Place:
    """The page where it is done, which tells it itself."""

    page: Page
    id: UUID | None
    title: str
    """What is there, in the definite form."""
    sentence: str
    field: str = ""
    """The field of the note it is said at; empty is the whole form."""
    passes: bool = False
    """It may be another than the one there, and is noted where it is written which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """A note somebody makes by hand."""

    sag: UUID
    what: H
    day: date
    """The Danish day it happened."""
    answers: Mapping[str, str] = field(default_factory=dict)
    """As they are typed, by the name of the fact."""
    said: Mapping[str, object] = field(default_factory=dict)
    """The same as the deadline rules read them."""
    about: Mapping[Subject, str] = field(default_factory=dict)
    """Which complaint, decision …, by its key."""
    why: str = field(default="", repr=False)
    """What is written about it."""
    corrects: bool = False
    """It is noted already, and is put right: its words stand."""


def refused(work: Work, matters: Matters, note: Hand) -> Mapping[str, str]:
    """Return why something is not noted by hand so, by the field it is said at."""
    row, connection = by_hand(note.what), work.connection
    wrong = dict(_days(work.rules, note))
    there = its_place(connection, matters, note)
    if there is not None and not (there.passes and gives_reason(note.why)):
        wrong["notat" if there.passes else there.field] = there.sentence
    for (name, answer), sentence in row.noted_as.items():
        if note.answers.get(name) == answer and not note.corrects:
            wrong.setdefault(name, unbroken(sentence))
    if row.ends is Subject.ANBRINGELSE:
        wrong = {**wrong, **_lives(connection, note, row)}
    words = row.words
    asked = words is not None and (words.anew or not note.corrects)
    if words and asked and words.lacks and there is None and not note.why.strip():
        wrong.setdefault("notat", words.lacks)
    return wrong


def its_place(connection: sa.Connection, matters: Matters, note: Hand) -> Place | None:
    """Return where on the case it is done; None where it is noted by hand."""
    row = by_hand(note.what)
    if row.ends is not None:
        return _runs_here(connection, note, row.ends)
    if note.corrects:
        return None
    if row.written is not None:
        return _written_here(connection, note, row.written)
    return next(_decided_here(connection, matters, note), None)


def _days(rules: RuleBook, note: Hand) -> Mapping[str, str]:
    """Return what is wrong with the days clocks start at: nothing is counted from another day."""
    found = {
        name: DAYS.get(name, DAY).missing
        for name in recordable.lacking(rules, note.what, note.day, note.said)
    }
    for asked in recordable.questions(rules, note.what, note.day):
        if asked.answer is not date or asked.without is not Without.REFUSED:
            continue
        given = note.said.get(asked.name)
        when = date.fromisoformat(str(given)) if given else None
        if when is None:
            continue
        if when > note.day and not DAYS.get(asked.name, DAY).may_come:
            found[asked.name] = "Dagen kan ikke ligge efter den dag, det skete. Ret datoen."
        elif when < note.day - EARLIEST:
            found[asked.name] = "Datoen ligger for langt tilbage. Ret året."
    return found


def _runs_here(connection: sa.Connection, note: Hand, ends: Subject) -> Place | None:
    """Return that an indsats which was begun on its page ends there, with its reason."""
    runs = {str(one.id) for one in indsatser.of_sag(connection, note.sag) if one.runs}
    if ends is Subject.ANBRINGELSE:
        things = running(connection, note.sag)
        placed = {one.key for one in things if one.what is H.ANBRINGELSE_IVAERKSAT}
        found, at = bool(runs & placed), ""
    else:
        found, at = note.about.get(ends, "") in runs, ends.value
    return Place(Page.INDSATSER, None, "Indsatserne", RUNS_HERE, at) if found else None


def _written_here(connection: sa.Connection, note: Hand, written: Written) -> Place | None:
    """Return what is written on the case that is finished on its page, and so tells it itself."""
    found = skrifter.of_sag(connection, note.sag, *written.kinds)
    stands = (one for one in found if one.state is SkriftState.GODKENDT and written.anew)
    its = next((one for one in found if one.is_open), None) or next(stands, None)
    if its is None:
        return None
    title = TITLES[its.kind]
    done = "Opgiv den" if note.what is H.UNDERSOEGELSE_OPGIVET else "Gør den færdig"
    said = (
        f"{title} skrives her på sagen. {done} dér, så det, der er skrevet, følger med."
        if its.is_open
        else f"{title} er skrevet her på sagen. Skriv en ny version dér, og få den godkendt."
    )
    page = Page.OPFOELGNING if its.kind is K.OPFOELGNING else Page.SKRIFT
    return Place(page, its.id, title, said)


def _decided_here(connection: sa.Connection, matters: Matters, note: Hand) -> Iterator[Place]:
    """Yield the decisions prepared on the case that tell it themselves when they are made.

    What happened before one was begun to be prepared is another, and it is said where that lies.
    """
    for one in afgoerelser.of_sag(connection, note.sag):
        begun = danish_day(one.begun_at)
        matter = matters.get(one.matter, begun) if one.is_open else None
        if matter is None or not tells(matter, note.what, note.answers):
            continue
        before = note.day < begun
        said = ANOTHER if before else DECIDED_HERE
        yield Place(Page.AFGOERELSE, one.id, "Afgørelsen", said, passes=before)


def _lives(connection: sa.Connection, note: Hand, row: ByHand) -> Mapping[str, str]:
    """Return what is wrong with a placement that ends by hand, or a child that goes home so."""
    locked = locks.locked(connection, note.sag)
    kept = gates.rsl_72(Skift.OPHOER, rests=False, locked=locked.values(), has_place=True)
    if kept is not None and not note.corrects:
        return {kept.field: kept.sentence}
    said = bool(note.why.strip()) or note.corrects
    if row.lives is Lives.SOMEWHERE:
        known = said or _lives_elsewhere(connection, note)
        return {} if known else {"notat": unbroken(LIVES_WHERE)}
    decided = [
        one for one in afgoerelser.in_force(connection, note.sag) if one.matter in gates.HOME
    ]
    first = max((one.starts_on for one in decided if one.starts_on), default=None)
    if first is not None and note.day < first:
        return {
            "sket": unbroken(
                f"Hjemgivelsen er besluttet fra {long_date(first)} (§ 100), så barnet kan ikke "
                "være hjemgivet før. Ret datoen, eller træf en ny afgørelse."
            )
        }
    if said or _is_decided(connection, note):
        return {}
    return {"notat": unbroken(WHERE_DECIDED)}


def _is_decided(connection: sa.Connection, note: Hand) -> bool:
    """Tell whether it is told that it was decided, since the child came to live there."""
    begun = [danish_day(one.occurred_at) for one in running(connection, note.sag)
             if one.what is H.ANBRINGELSE_IVAERKSAT]  # fmt: skip
    since = max(begun, default=date.min)
    days = noted.days_of(connection, note.sag, H.HJEMGIVELSE_BESLUTTET)
    return any(since <= one <= note.day for one in days)


def _lives_elsewhere(connection: sa.Connection, note: Hand) -> bool:
    """Tell whether another placement runs, or nobody places the child any more: it is 18."""
    runs = running(connection, note.sag)
    placed = [one for one in runs if one.what is H.ANBRINGELSE_IVAERKSAT]
    born: date | None = connection.scalar(
        sa.select(personer.c.born)
        .join(sager, sager.c.child_id == personer.c.id)
        .where(sager.c.id == note.sag)
    )
    return len(placed) > 1 or (born is not None and birthday(born, ADULT) <= note.day)

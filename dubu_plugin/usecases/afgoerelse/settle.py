"""Keep what Ankestyrelsen decided, and what becomes of the decision that was complained of.

What is lifted or sent back gives nothing from that day; what is changed is carried out as
Ankestyrelsen said. What is sent back is begun anew, with a deadline of its own.

Source: retssikkerhedsloven §§ 3 a and 68; barnets lov § 105.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.access import Act, Asker
from dubu_plugin.domain.afgoerelser import FALLEN, IN_FORCE, AfgoerelseState
from dubu_plugin.domain.danish import danish_day, long_date, unbroken
from dubu_plugin.domain.danish_time import start_of_day
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.indsatser import IndsatsState
from dubu_plugin.domain.skrift import LONGEST, cleaned
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.afgoerelse import afgoerelser
from dubu_plugin.store.afgoerelse.afgoerelser import Afgoerelse
from dubu_plugin.store.afgoerelse.klager import Klage, KlageState, Ruling
from dubu_plugin.store.deadlines.states import State
from dubu_plugin.store.egne import svarfrister
from dubu_plugin.store.indsats import indsatser
from dubu_plugin.store.indsats.indsatser import Indsats
from dubu_plugin.store.indsats.taken_away import to_resume
from dubu_plugin.store.tables import frister
from dubu_plugin.usecases.acting import acting
from dubu_plugin.usecases.afgoerelse.of_committee import fallen, of_committee
from dubu_plugin.usecases.afgoerelse.on_afgoerelse import Deciding, tell_journal
from dubu_plugin.usecases.afgoerelse.on_klage import KlageNotClear, NotNow, OnKlage, on_klage
from dubu_plugin.usecases.afgoerelse.place_shown import show_place
from dubu_plugin.usecases.afgoerelse.prepare import NotToday, begun
from dubu_plugin.usecases.svarfrist.counted import FACT, day_of

NOON: Final = timedelta(hours=12)
FOLLOW: Final = ("ANKE-FOELG", "ANKE-IGEN")
"""The deadline rules of what is to be done after Ankestyrelsen."""
ENDED: Final = "hjaelp_ophoert"
"""What says that help ended by the decision that is sent back: it is to be given again."""
BECOMES: Final[Mapping[Ruling, AfgoerelseState]] = {
    Ruling.OPHAEVET: AfgoerelseState.OPHAEVET,
    Ruling.AENDRET: AfgoerelseState.AENDRET,
    Ruling.HJEMVIST: AfgoerelseState.HJEMVIST,
}
"""What a decision is after a ruling; after the others it stands as it was made."""
TITLES: Final[Mapping[Ruling, str]] = {
    Ruling.STADFAESTET: "Stadfæstet",
    Ruling.AENDRET: "Ændret",
    Ruling.OPHAEVET: "Ophævet",
    Ruling.HJEMVIST: "Hjemvist til ny behandling",
    Ruling.AFVIST: "Afvist",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruled:
    """What Ankestyrelsen decided."""

    ruling: Ruling | None
    came_on: date | None
    """The Danish day its decision came."""
    words: str = field(default="", repr=False)
    """What it decided in place of ours."""
    counts_from: date | None = None
    """The Danish day that counts from."""
    anew: bool | None = None
    """The municipality makes a new decision; asked where a decision is lifted."""


def settle(
    klage: UUID, ruled: Ruled, *, sag: UUID, product: Deciding, asker: Asker, now: datetime
) -> UUID | None:
    """Keep what Ankestyrelsen decided, and return the decision that is begun anew, or None.

    :raises KlageNotClear: something is left out or cannot be.
    :raises NotNow: Ankestyrelsen does not have the complaint.
    :raises NotYours: the policy says no, or there is no such complaint.
    """
    with acting(product.store, asker, Act.WRITE, "sag", sag, now=now) as work:
        here = on_klage(work, sag, klage, product, {KlageState.SENDT})
        ruling, day, words = _insist(here, ruled)
        here.change(
            KlageState.AFGJORT, ended_at=now, ruling=ruling, ruled_on=day,
            ruled_words=words or None,
            ruled_from=ruled.counts_from if ruling is Ruling.AENDRET else None,
        )  # fmt: skip
        its = stands_now(work.connection, here.klage)
        stood = ruling in BECOMES and its.state in IN_FORCE
        if stood:
            ended = None if ruling is Ruling.AENDRET else day
            afgoerelser.ruled(work.connection, its.id, BECOMES[ruling], ended)
        when = _when(here, day)
        back = stood and ruling is Ruling.HJEMVIST
        again = {ENDED: True} if back and to_resume(work.connection, sag, its.id) else {}
        here.happened(H.KLAGE_AFGJORT, when, ankestyrelsen=ruling.value, **again)
        of_committee(here, its, ruling, when)
        if stood and BECOMES[ruling] in FALLEN:
            fallen(here, its, when)
        elif stood:
            here.happened(H.AFGOERELSE_AENDRET, when, afgoerelse=str(its.id))
        if back:
            here.happened(
                H.HJEMVISNING_MODTAGET, when, i_stedet_for=str(its.id), **_due(here, when)
            )
        tell_journal(
            work, sag, klage, "afgjort", "Ankestyrelsen har afgjort klagen",
            f"{TITLES[ruling]}: {here.matter.title} ({here.matter.law}).",
        )  # fmt: skip
        if not stood:
            return None
        show_place(work, sag, its.matter, day)
        anew = back or (ruling is Ruling.OPHAEVET and ruled.anew)
        return _begun_anew(here, its, product) if anew else None


def _due(here: OnKlage, when: datetime | None) -> dict[str, str]:
    """Return the day the municipality's own time for it gives, counted anew (RSL § 3 a)."""
    times = svarfrister.standing(here.work.connection)
    day = day_of(times, here.matter.code, when or here.work.now)
    return {FACT: day.isoformat()} if day else {}


def follow(klage: UUID, *, sag: UUID, product: Deciding, asker: Asker, now: datetime) -> None:
    """Keep that what Ankestyrelsen decided is done.

    :raises KlageNotClear: something rests on the decision still that was lifted, or what ended by
        it is not given again.
    :raises NotNow: nothing was to be done, or it is.
    :raises NotYours: the policy says no, or there is no such complaint.
    """
    with acting(product.store, asker, Act.WRITE, "sag", sag, now=now) as work:
        here = on_klage(work, sag, klage, product, {KlageState.AFGJORT})
        if not is_to_follow(work.connection, klage):
            raise NotNow
        if here.klage.ruling in (Ruling.OPHAEVET, Ruling.HJEMVIST):
            its = stands_now(work.connection, here.klage)
            lifted = here.klage.ruling is Ruling.OPHAEVET
            if lifted and resting_on(work.connection, its):
                raise KlageNotClear(
                    fulgt="Noget hviler endnu på afgørelsen. Afslut eller opgiv det først; det "
                    "står med link øverst på siden."
                )
            if to_resume(work.connection, sag, its.id):
                raise KlageNotClear(
                    fulgt="Hjælp, der ophørte ved afgørelsen, er ikke begyndt igen fra dagen "
                    "efter, at den stoppede. Begynd den igen først; det står med link øverst på "
                    "siden. Skal familien ikke have den længere, så afslut den bagefter med "
                    "den grund."
                )
        here.happened(H.ANKEAFGOERELSE_FULGT)


def is_to_follow(connection: sa.Connection, klage: UUID) -> bool:
    """Tell whether it is still to be done what Ankestyrelsen decided about a complaint."""
    its = frister.c
    open_one = sa.select(its.id).where(
        its.subject_id == klage, its.rule.in_(FOLLOW), its.state == State.AABEN
    )
    return connection.scalar(open_one.limit(1)) is not None


def stands_now(connection: sa.Connection, klage: Klage) -> Afgoerelse:
    """Return what a complaint is about now: a decision that was made anew is the new one.

    One that fell is itself, whatever is made in its place: Ankestyrelsen said nothing of that.

    :raises NotYours: there is no such decision.
    """
    its = found = afgoerelser.in_place_of(connection, klage.afgoerelse)
    while its is not None and its.id != klage.afgoerelse and its.replaces is not None:
        its = afgoerelser.by_id(connection, its.replaces)
        if its is not None and its.ended_on is not None:
            found = its
    if found is None:
        raise NotYours
    return found


def resting_on(connection: sa.Connection, its: Afgoerelse) -> Sequence[Indsats]:
    """Return what rests on a decision and is given or planned."""
    return [
        one
        for one in indsatser.of_sag(connection, its.sag)
        if one.afgoerelse == its.id and one.state in (IndsatsState.PLANLAGT, IndsatsState.I_GANG)
    ]


def _insist(here: OnKlage, ruled: Ruled) -> tuple[Ruling, date, str]:
    words, ruling, day = cleaned(ruled.words), ruled.ruling, ruled.came_on
    today = danish_day(here.work.now)
    first = danish_day(here.klage.sent_at) if here.klage.sent_at else today
    wrong: dict[str, str] = {}
    if ruling is None:
        wrong["afgoerelse"] = "Vælg, hvad Ankestyrelsen har afgjort."
    if day is None or not first <= day <= today:
        wrong["kom"] = unbroken(
            f"Skriv den dag, Ankestyrelsens afgørelse kom. Den ligger fra {long_date(first)} til i "
            f"dag."
        )
    if len(words) > LONGEST:
        wrong["nyt"] = "Teksten er for lang. Skriv det vigtigste."
    if ruling is Ruling.AENDRET and not words:
        wrong["nyt"] = "Skriv, hvad Ankestyrelsen har bestemt i stedet for jeres afgørelse."
    if ruling is Ruling.AENDRET and ruled.counts_from is None:
        wrong["gaelder_fra"] = "Skriv den dag, det gælder fra."
    if ruling is Ruling.OPHAEVET and ruled.anew is None:
        wrong["ny"] = "Vælg, om kommunen skal træffe en ny afgørelse."
    if wrong or ruling is None or day is None:
        raise KlageNotClear(**wrong)
    return ruling, day, words


def _when(here: OnKlage, day: date) -> datetime | None:
    if day == danish_day(here.work.now):
        return None
    noon = start_of_day(day) + NOON
    return max(noon, here.klage.sent_at) if here.klage.sent_at else noon


def _begun_anew(here: OnKlage, its: Afgoerelse, product: Deciding) -> UUID | None:
    """Begin a new decision with what the old one said; none where the case cannot have it now."""
    if here.sag.is_closed:
        return None
    try:
        return begun(here.work, here.sag, its.matter, product=product, in_place_of=its)
    except NotToday:
        return None

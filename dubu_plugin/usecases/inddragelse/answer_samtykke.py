"""What somebody answered who was asked for consent: yes, no, and that it is withdrawn."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from dubu_plugin.domain.access import Asker
from dubu_plugin.domain.danish import danish_day, moment_text
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.inddragelse import (
    CONSENTS,
    TO_ASK,
    Grundlag,
    NotWhole,
    SamtykkeState,
    UdtalelseState,
    Way,
)
from dubu_plugin.domain.skrift import cleaned
from dubu_plugin.errors import CaseworkError
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.inddragelse import samtykker, udtalelser
from dubu_plugin.store.inddragelse.samtykker import Samtykke
from dubu_plugin.store.inddragelse.udtalelser import Udtalelse
from dubu_plugin.store.keys import op_key, sag_lane
from dubu_plugin.store.sag.sager import Sag
from dubu_plugin.store.transaction import Work
from dubu_plugin.usecases.inddragelse.consents import consents
from dubu_plugin.usecases.means import Writing
from dubu_plugin.usecases.skrift.on_skrift import on_sag

LONGEST: Final = 2000


class AnsweredAlready(CaseworkError):
    """Somebody has noted an answer meanwhile, or it is not one that can be withdrawn."""

    danish = "Det er besvaret allerede. Vis siden igen, og se, hvad der står."


@dataclass(frozen=True, slots=True)
class _On:
    work: Work
    sag: Sag
    samtykke: Samtykke


def give(
    sag: UUID,
    samtykke: UUID,
    way: Way,
    at: datetime | None = None,
    *,
    product: Writing,
    asker: Asker,
    now: datetime,
) -> None:
    """Note that the consent is given. A no may become a yes.

    :param at: when; now where it is not said.
    :raises NotWhole: the moment lies ahead, or before it was asked for.
    :raises AnsweredAlready, CaseClosed: see there.
    :raises NotYours: the policy says no, or the case has no such consent.
    """
    with _on(sag, samtykke, product=product, asker=asker, now=now) as here:
        if here.samtykke.state not in {SamtykkeState.SPURGT, SamtykkeState.AFSLAAET}:
            raise AnsweredAlready
        when = _moment(at, now)
        _change(here, SamtykkeState.GIVET, answered_at=when, way=way, said="")
        _happened(here, H.SAMTYKKE_GIVET, when)
        _tell(here, "givet", f"Samtykket er givet {moment_text(when)}.")


def refuse(
    sag: UUID,
    samtykke: UUID,
    said: str,
    without_reason: str = "",
    at: datetime | None = None,
    *,
    product: Writing,
    asker: Asker,
    now: datetime,
) -> None:
    """Note that the consent is refused, and why it is asked without, where it is (RSL § 11 c).

    :raises NotWhole: the moment lies ahead, or a text is too long.
    :raises AnsweredAlready, CaseClosed: see there.
    :raises NotYours: the policy says no, or the case has no such consent.
    """
    words, reason = _texts(said, without_reason)
    with _on(sag, samtykke, product=product, asker=asker, now=now) as here:
        if here.samtykke.state is not SamtykkeState.SPURGT:
            raise AnsweredAlready
        when = _moment(at, now)
        _change(here, SamtykkeState.AFSLAAET, answered_at=when, said=words, without_reason=reason)
        _happened(here, H.SAMTYKKE_AFSLAAET, when)
        without = " Vi spørger uden samtykke efter RSL § 11 c." if reason else ""
        _tell(here, "afslaaet", f"Samtykket er ikke givet ({moment_text(when)}).{without}")


def withdraw(
    sag: UUID,
    samtykke: UUID,
    said: str = "",
    at: datetime | None = None,
    *,
    product: Writing,
    asker: Asker,
    now: datetime,
) -> Sequence[Udtalelse]:
    """Note that it is withdrawn, and return the requests that stop because of it.

    They are those that rest on it. Where it is of somebody whose consent is asked for today, they
    are also those to the same sources that rest on another's: each must consent (RSL § 11 a).

    :raises NotWhole: the moment lies ahead, or a text is too long.
    :raises AnsweredAlready: it is not given.
    :raises CaseClosed: the case is closed.
    :raises NotYours: the policy says no, or the case has no such consent.
    """
    words, _ = _texts(said, "")
    with _on(sag, samtykke, product=product, asker=asker, now=now) as here:
        if here.samtykke.state is not SamtykkeState.GIVET:
            raise AnsweredAlready
        when = _moment(at, now)
        _change(here, SamtykkeState.TRUKKET, withdrawn_at=when, said=words)
        stopped = _resting(here, danish_day(now))
        for one in stopped:
            udtalelser.change(
                here.work.connection, one.id, one.version, state=UdtalelseState.STANDSET
            )
        _happened(here, H.SAMTYKKE_TRUKKET, when)
        standing = f" {len(stopped)} anmodninger er standset." if stopped else ""
        _tell(here, "trukket", f"Samtykket er trukket tilbage {moment_text(when)}.{standing}")
        return stopped


def _resting(here: _On, today: date) -> Sequence[Udtalelse]:
    """Return the requests that have nothing to rest on now that a consent is withdrawn."""
    connection, its = here.work.connection, here.samtykke
    left = consents(connection, here.sag.id, here.sag.child_id, today)
    without: set[str] = set()
    if left.has(its.id) and its.asked.kind in TO_ASK:
        without = {one for one in its.asked.sources if left.covering(one) is None}
    return [
        one
        for one in udtalelser.of_sag(connection, here.sag.id)
        if one.is_open
        and one.asked.basis is Grundlag.SAMTYKKE
        and (one.asked.samtykke == its.id or one.asked.source in without)
    ]


@contextmanager
def _on(
    sag: UUID, samtykke: UUID, *, product: Writing, asker: Asker, now: datetime
) -> Iterator[_On]:
    with on_sag(sag, product=product, asker=asker, now=now) as (work, ours):
        found = samtykker.by_id(work.connection, samtykke)
        if found is None or found.sag != sag:
            raise NotYours
        yield _On(work, ours, found)


def _moment(at: datetime | None, now: datetime) -> datetime:
    if at is None:
        return now
    if at > now:
        raise NotWhole({"dag": "Dagen kan ikke ligge efter i dag."})
    return at


def _texts(*texts: str) -> tuple[str, ...]:
    kept = tuple(cleaned(text) for text in texts)
    if any(len(text) > LONGEST for text in kept):
        raise NotWhole({"sagt": "Skriv det kortere: højst 2000 tegn."})
    return kept


def _change(here: _On, state: SamtykkeState, **values: object) -> None:
    samtykker.change(here.work.connection, here.samtykke, state=state, **values)


def _happened(here: _On, what: H, when: datetime) -> None:
    here.work.happened(
        what,
        occurred_at=when,
        sag=here.sag.id,
        person=here.sag.child_id,
        responsible=here.sag.responsible,
        unit=here.sag.unit,
        data={
            "samtykke": str(here.samtykke.id),
            "art": here.samtykke.asked.kind,
            "giver": here.samtykke.asked.giver_role,
        },
    )


def _tell(here: _On, what: str, body: str) -> None:
    """Have the journal get the note nobody has to write; it names nobody."""
    here.work.tell(
        "add_note",
        lane=sag_lane(here.sag.id),
        key=op_key(here.samtykke.id, f"{what}:{here.samtykke.version}"),
        payload={
            "sag": str(here.sag.id),
            "title": f"Samtykke: {CONSENTS[here.samtykke.asked.kind].lower()}",
            "body": body,
            "occurred_at": here.work.now.isoformat(),
        },
    )

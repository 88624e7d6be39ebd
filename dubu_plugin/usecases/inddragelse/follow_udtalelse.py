"""What becomes of a request: chased, received, given up, or asked on without consent."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from dubu_plugin.domain.access import Asker
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.hverdage import Profile, hverdag_from
from dubu_plugin.domain.inddragelse import Grundlag, NotWhole, UdtalelseState, paragraf_11c
from dubu_plugin.domain.skrift import LONGEST, cleaned
from dubu_plugin.errors import CaseworkError
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.inddragelse import samtykker, udtalelser
from dubu_plugin.store.inddragelse.udtalelser import Udtalelse
from dubu_plugin.store.sag.sager import Sag
from dubu_plugin.store.transaction import Work
from dubu_plugin.usecases.dokument.order.samtykke import order_udtalelse
from dubu_plugin.usecases.inddragelse import awaiting, cite
from dubu_plugin.usecases.inddragelse.ask_udtalelser import dimensions
from dubu_plugin.usecases.inddragelse.consents import consents
from dubu_plugin.usecases.skrift.on_skrift import Skriver, happened, on_sag

CHASED_DAYS: Final = 7
"""How many days somebody is given who is asked again."""
LONGEST_REASON: Final = 2000


class EndedAlready(CaseworkError):
    """It has come, is given up, or waits for somebody to decide what it rests on."""

    danish = "Der er sket noget med anmodningen imens. Vis siden igen, og se, hvad der står."


class ConsentIsOver(CaseworkError):
    """The consent the request rests on has run out, or is of somebody who is asked no more."""

    danish = (
        "Samtykket, anmodningen bygger på, gælder ikke mere: Det er udløbet, forældremyndigheden "
        "er en andens, eller den unge er fyldt 18. Bed om et nyt, opgiv anmodningen, og spørg igen."
    )


class ReceivedByAnother(CaseworkError):
    """Somebody else has written the statement in meanwhile."""

    danish = (
        "En anden har skrevet udtalelsen ind, mens du skrev. Det, du har skrevet, står her "
        "endnu. Sæt det sammen, og gem igen."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """A statement that has come."""

    on: date | None = None
    """None is today."""
    document_key: str = ""
    document_title: str = field(default="", repr=False)
    said: Mapping[str, str] = field(default_factory=dict, repr=False)
    """By dimension; what it says besides stands under ''."""


@dataclass(frozen=True, slots=True)
class _On:
    work: Work
    sag: Sag
    one: Udtalelse


def chase(sag: UUID, udtalelse: UUID, *, product: Skriver, asker: Asker, now: datetime) -> date:
    """Send a second letter, and return the day the answer is to come now.

    :raises ConsentIsOver, EndedAlready, CaseClosed: see there.
    :raises NotYours: the policy says no, or the case has no such request.
    """
    with _on(sag, udtalelse, product=product, asker=asker, now=now) as here:
        if here.one.state is not UdtalelseState.SPURGT:
            raise EndedAlready
        today = danish_day(now)
        if not _rests(here, today):
            raise ConsentIsOver
        due = hverdag_from(today + timedelta(days=CHASED_DAYS), Profile.DUTY)
        rows = [
            {"titel": f"{one.title}.", "hjaelp": one.about}
            for one in dimensions(here.work.connection, sag, product, today)
            if one.code in here.one.asked.headings
        ]
        letter = order_udtalelse(
            here.work, here.sag, here.one.asked, rows,
            letters=product.letters, municipality=product.settings.municipality,
            chases=danish_day(here.one.asked_at), due=due,
        )  # fmt: skip
        awaiting.end(here.work, here.one)
        udtalelser.change(
            here.work.connection,
            udtalelse,
            here.one.version,
            due=due,
            chased_at=now,
            chased=here.one.chased + 1,
            letter_id=letter,
            erindring_id=awaiting.remind(here.work, sag, here.one.asked.organisation, due),
            ventegrund_id=awaiting.begin(here.work, sag, here.one.asked, due),
        )
        _happened(here, H.UDTALELSE_RYKKET)
        return due


def receive(
    sag: UUID,
    udtalelse: UUID,
    came: Came,
    seen: int,
    *,
    product: Skriver,
    asker: Asker,
    now: datetime,
) -> None:
    """Store a statement that has come; every open skrift cites it from then on.

    It can be put right in the same way afterwards.

    :param seen: the version that was on the screen.
    :raises NotWhole: there is neither a document nor a text, or the day lies ahead.
    :raises ReceivedByAnother: somebody has changed it meanwhile.
    :raises EndedAlready: it is given up.
    :raises CaseClosed: the case is closed.
    :raises NotYours: the policy says no, or the case has no such request or dimension.
    """
    today = danish_day(now)
    said = {place: cleaned(text) for place, text in came.said.items()}
    wrong = _wrong(came, said, today)
    if wrong:
        raise NotWhole(wrong)
    with _on(sag, udtalelse, product=product, asker=asker, now=now) as here:
        if here.one.state is UdtalelseState.OPGIVET:
            raise EndedAlready
        if here.one.version != seen:
            raise ReceivedByAnother
        there = dimensions(here.work.connection, sag, product, today)
        if not set(said) <= {"", *here.one.asked.headings, *(one.code for one in there)}:
            raise NotYours
        first = here.one.state is not UdtalelseState.MODTAGET
        udtalelser.put_answer(here.work.connection, udtalelse, said)
        udtalelser.change(
            here.work.connection,
            udtalelse,
            seen,
            state=UdtalelseState.MODTAGET,
            ended_at=now,
            received_on=came.on or today,
            document_key=came.document_key[:128],
            document_title=cleaned(came.document_title)[:200],
        )
        awaiting.end(here.work, here.one)
        new = udtalelser.by_id(here.work.connection, udtalelse)
        assert new is not None
        cite.udtalelse(here.work, new)
        if first:
            _happened(here, H.UDTALELSE_MODTAGET)


def give_up(
    sag: UUID, udtalelse: UUID, reason: str, *, product: Skriver, asker: Asker, now: datetime
) -> None:
    """Wait for it no longer; the reason stands on it.

    :raises NotWhole: there is no reason, or it is too long.
    :raises EndedAlready: it has come, or is given up.
    :raises CaseClosed: the case is closed.
    :raises NotYours: the policy says no, or the case has no such request.
    """
    said = cleaned(reason)
    if not said or len(said) > LONGEST_REASON:
        raise NotWhole({"hvorfor": "Skriv, hvorfor der ikke ventes på den, med højst 2000 tegn."})
    with _on(sag, udtalelse, product=product, asker=asker, now=now) as here:
        if not here.one.is_open:
            raise EndedAlready
        udtalelser.change(
            here.work.connection, udtalelse, here.one.version,
            state=UdtalelseState.OPGIVET, ended_at=now, ended_reason=said,
        )  # fmt: skip
        awaiting.end(here.work, here.one)
        _happened(here, H.UDTALELSE_OPGIVET)


def ask_on_without(
    sag: UUID, udtalelse: UUID, reason: str, *, product: Skriver, asker: Asker, now: datetime
) -> None:
    """Have a request that stopped with its consent stand again without one (RSL § 11 c).

    :raises NotWhole: it is not written why that is necessary.
    :raises EndedAlready: it has not stopped.
    :raises CaseClosed: the case is closed.
    :raises NotYours: the policy says no, or the case has no such request.
    """
    said = cleaned(reason)
    wrong = paragraf_11c(Grundlag.UDEN_SAMTYKKE, said, covered=False)
    if wrong or len(said) > LONGEST_REASON:
        raise NotWhole({"hvorfor": "".join(wrong.values()) or "Skriv det kortere."})
    with _on(sag, udtalelse, product=product, asker=asker, now=now) as here:
        if here.one.state is not UdtalelseState.STANDSET:
            raise EndedAlready
        udtalelser.change(
            here.work.connection, udtalelse, here.one.version,
            state=UdtalelseState.SPURGT, basis=Grundlag.UDEN_SAMTYKKE, samtykke_id=None,
            basis_reason=said,
        )  # fmt: skip
        _happened(here, H.UDTALELSE_BEDT_OM, grundlag=Grundlag.UDEN_SAMTYKKE)


def _rests(here: _On, today: date) -> bool:
    """Tell whether a request still has something to rest on: its own consent, or another now."""
    rests_on = here.one.asked.samtykke
    consent = rests_on and samtykker.by_id(here.work.connection, rests_on)
    if not consent:
        return True
    left = consents(here.work.connection, here.sag.id, here.sag.child_id, today)
    is_own = consent.holds(today) and left.has(consent.id)
    return is_own or left.covering(here.one.asked.source) is not None


def _wrong(came: Came, said: Mapping[str, str], today: date) -> Mapping[str, str]:
    wrong = {}
    if came.on is not None and came.on > today:
        wrong["modtaget"] = "Dagen kan ikke ligge efter i dag."
    if not any(said.values()) and not came.document_key and not came.document_title.strip():
        wrong["dokument"] = "Vælg dokumentet på sagen, eller skriv ind, hvad der står."
    if any(len(text) > LONGEST for text in said.values()):
        wrong["svar"] = "Teksten er for lang til ét felt. Læg den som et dokument på sagen."
    return wrong


@contextmanager
def _on(
    sag: UUID, udtalelse: UUID, *, product: Skriver, asker: Asker, now: datetime
) -> Iterator[_On]:
    with on_sag(sag, product=product, asker=asker, now=now) as (work, ours):
        found = udtalelser.by_id(work.connection, udtalelse)
        if found is None or found.sag != sag:
            raise NotYours
        yield _On(work, ours, found)


def _happened(here: _On, what: H, **data: str) -> None:
    happened(
        here.work, here.sag, what,
        udtalelse=str(here.one.id), kilde=here.one.asked.source, **data,
    )  # fmt: skip

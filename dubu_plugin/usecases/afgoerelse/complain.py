"""A complaint about a decision: received, looked at again, kept or withdrawn, and settled.

Source: retssikkerhedsloven §§ 66-68 and 72; bekendtgørelse 861 of 2025, §§ 11-13.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.access import Act, Asker
from dubu_plugin.domain.access import decide as may
from dubu_plugin.domain.afgoerelser import AfgoerelseState, act_of
from dubu_plugin.domain.danish import danish_day, long_date
from dubu_plugin.domain.danish_time import start_of_day
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.skrift import LONGEST, cleaned
from dubu_plugin.errors import CaseworkError
from dubu_plugin.store import access, letter_again
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.afgoerelse import afgoerelser, klager, partshoeringer
from dubu_plugin.store.afgoerelse.klager import Genvurdering, KlageState
from dubu_plugin.store.canonical import JSON
from dubu_plugin.store.deadlines.answering import WHOSE
from dubu_plugin.store.sag import sager
from dubu_plugin.usecases.acting import acting
from dubu_plugin.usecases.afgoerelse import window
from dubu_plugin.usecases.afgoerelse.on_afgoerelse import Deciding, matter_of, tell_journal
from dubu_plugin.usecases.afgoerelse.on_klage import (
    KlageNotClear,
    NotNow,
    OnKlage,
    not_heeded,
    on_klage,
)
from dubu_plugin.usecases.afgoerelse.prepare import begun
from dubu_plugin.usecases.afgoerelse.window import LOOK
from dubu_plugin.usecases.dokument.order.klage import (
    order_kvittering,
    order_oversendelse,
    order_venter,
)
from dubu_plugin.usecases.skrift.on_skrift import CaseClosed

NOON: Final = timedelta(hours=12)
FORMS: Final = ("skriftligt", "mundtligt")

OPEN: Final = frozenset(
    {
        KlageState.MODTAGET, KlageState.GENVURDERET, KlageState.FASTHOLDT, KlageState.PAA_VEJ,
        KlageState.SENDT,
    }
)  # fmt: skip
"""Where a complaint can be taken back."""


class NotYoursToReassess(CaseworkError):
    """What a reassessment comes to is chosen by who may make the decision."""

    danish = (
        "Det er ikke gemt. Din leder træffer afgørelsen og vælger derfor også, hvad genvurderingen "
        "kommer frem til. Det, du har skrevet, står her endnu."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A complaint as it came."""

    person: UUID
    day: date
    form: str
    words: str = field(repr=False)
    told_on: date | None = None
    """The Danish day who complains got the decision; asked where no letter says so."""


def receive(
    sag: UUID,
    afgoerelse: UUID,
    received: Received,
    *,
    product: Deciding,
    asker: Asker,
    now: datetime,
) -> UUID:
    """Register a complaint, have its receipt sent, and return its key. A closed case can have one.

    :raises KlageNotClear: who, when, how or what is left out, or cannot be.
    :raises NotYours: the policy says no, or there is no such decision.
    """
    with acting(product.store, asker, Act.WRITE, "sag", sag, now=now) as work:
        connection = work.connection
        ours, its = sager.by_id(connection, sag), afgoerelser.by_id(connection, afgoerelse)
        if ours is None or its is None or its.sag != sag:
            raise NotYours
        if its.state in (AfgoerelseState.FORBEREDES, AfgoerelseState.OPGIVET):
            raise NotYours
        matter = matter_of(product, its, danish_day(now))
        last = window.last_day(connection, afgoerelse, received.day, received.person)
        words = _insist(connection, its, received, now, asks_told=last is None)
        if last is None and received.told_on is not None:
            last = window.last_day_from(received.told_on)
        late = last is not None and received.day > last
        straight_on = window.goes_straight_on(matter, late=late)
        due_on = window.look_by(matter, received.day, late=late)
        # Where it is refused there is nothing a complaint could keep from being set in motion.
        suspensive = bool(matter.suspensive) and its.gives and not its.at_once
        when = min(now, start_of_day(received.day) + NOON)
        number = klager.add(
            connection, sag=sag, afgoerelse=afgoerelse, person=received.person, received_at=when,
            form=received.form, words=words, late=late, window_ends_on=last, due_on=due_on,
            suspensive=suspensive, by=asker.key,
        )  # fmt: skip
        klage = klager.by_id(connection, number)
        assert klage is not None
        here = OnKlage(work, ours, klage, matter)
        facts: dict[str, JSON] = {"opsaettende": suspensive, WHOSE: str(received.person)}
        if straight_on or matter.notice:
            facts["svarfrist"] = due_on.isoformat()
        here.happened(H.KLAGE_MODTAGET, when, **facts)
        order_kvittering(
            work, klage, matter, ours, letters=product.letters,
            municipality=product.settings.municipality,
        )  # fmt: skip
        tell_journal(work, sag, number, "modtaget", "Klage modtaget",
                     f"Klage over: {matter.title} ({matter.law}).")  # fmt: skip
        return number


def reassess(
    klage: UUID,
    outcome: Genvurdering | None,
    reasons: str,
    *,
    sag: UUID,
    product: Deciding,
    asker: Asker,
    now: datetime,
    apart_seen: bool = False,
) -> UUID | None:
    """Keep what the municipality's own look came to (retssikkerhedsloven § 66).

    Where the complaint is right in some or all, a new decision is begun with everything the old one
    said, and its key is returned. The old one stands, and the complaint is open, until the new one
    is made. Where another's complaint has had one made already, it is that which is made anew.
    Where it is not right, the complaint is to be sent on.

    :param apart_seen: see `put_off`: the reasons are told as they are written, and stand then.
    :raises NotYoursToReassess: another decides the matter.
    :raises KlageNotClear: what it came to, or why, is left out.
    :raises NotNow: it is looked at already, came too late to be, or is about what the committee
        decided.
    :raises CaseClosed: a new decision takes an open case.
    :raises NotYours: the policy says no, or there is no such complaint.
    """
    words = cleaned(reasons)
    if outcome is None:
        raise KlageNotClear(udfald="Vælg, hvad genvurderingen er kommet frem til.")
    if not words or len(words) > LONGEST:
        raise KlageNotClear(genvurdering="Skriv, hvad du har set på igen, og hvorfor det er sådan.")
    with acting(product.store, asker, Act.WRITE, "sag", sag, now=now) as work:
        here = on_klage(work, sag, klage, product, {KlageState.MODTAGET})
        if window.goes_straight_on(here.matter, late=here.klage.late):
            raise NotNow
        about = access.subject(work.connection, asker, "sag", sag)
        if about is None or not may(asker, act_of(here.matter), about):
            raise NotYoursToReassess
        if wrong := not_heeded(here, danish_day(now), seen=apart_seen):
            raise KlageNotClear(**wrong)
        if outcome is not Genvurdering.INTET and here.sag.is_closed:
            raise CaseClosed
        state = KlageState.FASTHOLDT if outcome is Genvurdering.INTET else KlageState.GENVURDERET
        old = afgoerelser.in_place_of(work.connection, here.klage.afgoerelse)
        assert old is not None
        here.change(
            state, outcome=outcome, reassessment=words, reassessed_at=now, reassessed_by=asker.key,
            afgoerelse_id=old.id,
        )  # fmt: skip
        if outcome is Genvurdering.INTET:
            # It is met by sending the complaint on, and by nothing less (BEK 861, § 11, stk. 1).
            return None
        return begun(work, here.sag, old.matter, product=product, in_place_of=old)


def put_off(
    klage: UUID,
    until: date | None,
    waits_for: str,
    *,
    sag: UUID,
    product: Deciding,
    asker: Asker,
    now: datetime,
    apart_seen: bool = False,
) -> None:
    """Tell who complains what the new look waits for, and when it is expected (§ 11, stk. 2).

    It is said again where it takes longer still. What has a notice cannot wait (stk. 3).

    :param until: the Danish day it is expected to be ready.
    :param apart_seen: somebody has seen that it tells nothing of who is held apart, or of a hidden
        place.
    :raises KlageNotClear: the day or the reason is left out, or cannot be.
    :raises NotNow, NotYours: see `reassess`.
    """
    today, words = danish_day(now), cleaned(waits_for)
    with acting(product.store, asker, Act.WRITE, "sag", sag, now=now) as work:
        here = on_klage(work, sag, klage, product, {KlageState.MODTAGET})
        if here.matter.notice or window.goes_straight_on(here.matter, late=here.klage.late):
            raise NotNow
        wrong: dict[str, str] = {}
        due = max(today, here.klage.due_on)
        if until is None or not due < until <= due + LOOK:
            wrong["klar"] = (
                f"Skriv en dag efter fristen: efter {long_date(due)} og senest "
                f"{long_date(due + LOOK)}. Trækker det længere ud, så giv besked igen."
            )
        if not words or len(words) > LONGEST:
            wrong["mangler"] = "Skriv, hvad genvurderingen venter på. Klageren læser det."
        wrong |= not_heeded(here, today, seen=apart_seen)
        if wrong or until is None:
            raise KlageNotClear(**wrong)
        here.change(KlageState.MODTAGET, due_on=until)
        here.happened(H.KLAGE_GENVURDERING_UDSAT, svarfrist=until.isoformat())
        order_venter(
            work, here.klage, here.matter, here.sag, until=until, waits_for=words,
            letters=product.letters, municipality=product.settings.municipality,
        )  # fmt: skip


def withdraw(klage: UUID, *, sag: UUID, product: Deciding, asker: Asker, now: datetime) -> None:
    """Keep that the citizen took the complaint back.

    What is on its way to Ankestyrelsen and has not left the house stays here, with the file.

    :raises NotNow, NotYours: see `reassess`.
    """
    with acting(product.store, asker, Act.WRITE, "sag", sag, now=now) as work:
        here = on_klage(work, sag, klage, product, OPEN)
        if here.klage.state is KlageState.PAA_VEJ:
            told = letter_again.with_new(work.connection, here.klage.besked)
            klager.keep_back(work.connection, [here.klage.letter, *told])
            klager.let_package_go(work.connection, klage)
            tell_journal(work, sag, klage, "trukket", "Klage trukket tilbage",
                         f"Klage over: {here.matter.title} ({here.matter.law}). Det, der ikke er "
                         "sendt til Ankestyrelsen, bliver ikke sendt.")  # fmt: skip
        here.change(KlageState.TRUKKET, ended_at=now)
        here.happened(H.KLAGE_TRUKKET)


def send_on(
    klage: UUID,
    *,
    sag: UUID,
    product: Deciding,
    asker: Asker,
    now: datetime,
    apart_seen: bool = False,
) -> None:
    """Have the complaint, the reassessment and the file put together for Ankestyrelsen.

    The complainant is told at the same time (BEK 861, § 11, stk. 1, 2. pkt.). Ankestyrelsen has it
    when the letter is sent (`dubu_plugin.usecases.dokument.letter_states`), and not before.

    :param apart_seen: see `put_off`; what the own look came to is told as it is written.
    :raises KlageNotClear: nobody has said so.
    :raises NotNow: it is not looked at yet, and came in time; or it is sent.
    :raises NotYours: the policy says no, or there is no such complaint.
    """
    with acting(product.store, asker, Act.WRITE, "sag", sag, now=now) as work:
        here = on_klage(work, sag, klage, product, {KlageState.FASTHOLDT, KlageState.MODTAGET})
        straight_on = window.goes_straight_on(here.matter, late=here.klage.late)
        if here.klage.state is KlageState.MODTAGET and not straight_on:
            raise NotNow
        if here.klage.reassessment and (
            wrong := not_heeded(here, danish_day(now), seen=apart_seen)
        ):
            raise KlageNotClear(**wrong)
        here.change(KlageState.PAA_VEJ)
        order_oversendelse(
            work, here.klage, here.matter, here.sag, letters=product.letters,
            settings=product.settings,
        )  # fmt: skip


def _insist(
    connection: sa.Connection,
    its: afgoerelser.Afgoerelse,
    received: Received,
    now: datetime,
    *,
    asks_told: bool,
) -> str:
    """Return the words as they are kept.

    :param asks_told: no letter says when the time to complain began.
    :raises KlageNotClear: something is left out, or cannot be.
    """
    parties = {one.person for one in partshoeringer.of_afgoerelse(connection, its.id)}
    words = cleaned(received.words)
    wrong: dict[str, str] = {}
    if received.person not in parties:
        wrong["klager"] = "Vælg, hvem der klager."
    if received.day > danish_day(now) or (its.decided_on and received.day < its.decided_on):
        wrong["modtaget"] = "Dagen kan ikke ligge efter i dag eller før afgørelsen."
    if received.form not in FORMS:
        wrong["form"] = "Vælg, hvordan klagen kom."
    if not words or len(words) > LONGEST:
        wrong["klage"] = "Skriv, hvad der klages over, med klagerens egne ord."
    if asks_told and "modtaget" not in wrong:
        wrong |= _told(its, received)
    if wrong:
        raise KlageNotClear(**wrong)
    return words


def _told(its: afgoerelser.Afgoerelse, received: Received) -> dict[str, str]:
    """Return what is wrong with the day the decision was got, where the letters do not say it.

    It is asked where the complaint may be late.
    """
    made, told = its.decided_on, received.told_on
    if told is None:
        if made is None or received.day <= window.last_day_from(made):
            return {}
        return {
            "fik": "Brevet er ikke noteret sendt, og der er gået over 4 uger siden afgørelsen. "
            "Skriv, hvilken dag klageren fik den. Klagefristen regnes fra den dag."
        }
    if told > received.day or (made is not None and told < made):
        return {"fik": "Dagen skal ligge fra afgørelsens dag til den dag, klagen kom."}
    return {}

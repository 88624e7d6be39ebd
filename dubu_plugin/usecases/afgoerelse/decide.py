"""Make a decision: every gate opens, the law of the day is kept, the parties are told."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from dubu_plugin.domain.access import Act, Asker, Subject
from dubu_plugin.domain.access import decide as may
from dubu_plugin.domain.afgoerelser import Matter, Outcome, act_of
from dubu_plugin.domain.alder import age_on
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.danish_time import start_of_day
from dubu_plugin.domain.gates.again import AGAIN, OWN_DAY, look_again
from dubu_plugin.domain.gates.handicap import TRAINING, looked_at_on
from dubu_plugin.domain.gates.indsats import MOVES, PLACES
from dubu_plugin.domain.gates.passing import refused
from dubu_plugin.domain.gates.standing import No
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.udfald import HOME
from dubu_plugin.errors import CaseworkError
from dubu_plugin.store import access
from dubu_plugin.store.afgoerelse import afgoerelser, before_decision, provisional
from dubu_plugin.store.canonical import JSON
from dubu_plugin.store.deadlines.answering import ANSWERS
from dubu_plugin.store.indsats.indsats_beside import is_asked_for
from dubu_plugin.store.indsats.looked_at import looked_at_before
from dubu_plugin.store.skrift import skrifter, tekster
from dubu_plugin.usecases.afgoerelse import parties
from dubu_plugin.usecases.afgoerelse.anew import made_anew
from dubu_plugin.usecases.afgoerelse.answered import answered
from dubu_plugin.usecases.afgoerelse.not_approved import approved, not_approved
from dubu_plugin.usecases.afgoerelse.on_afgoerelse import (
    Deciding,
    OnAfgoerelse,
    child_of,
    on_afgoerelse,
    tell_journal,
)
from dubu_plugin.usecases.afgoerelse.told_as import committee_about
from dubu_plugin.usecases.afgoerelse.whole import Whole, whole
from dubu_plugin.usecases.dokument.heeded import unheeded
from dubu_plugin.usecases.dokument.order.afgoerelse import order_afgoerelse

NOON: Final = timedelta(hours=12)
ALSO_WHERE_REFUSED: Final = frozenset({H.UNGESTOETTE_BESLUTTET})
"""What has happened whether it is granted or not."""
UNDECIDED: Final = "AKUT-STED"
"""The deadline rule of a child that lives where it was moved by what fell."""


class NotYoursToDecide(CaseworkError):
    """The one who asks prepares the decision, and another makes it."""

    danish = (
        "Afgørelser efter {paragraph} træffes af din leder, eller skrives ind af lederen, når "
        "udvalget har truffet dem. Alt er gemt. Fremlæg afgørelsen for lederen."
    )

    def __init__(self, paragraph: str) -> None:
        super().__init__(paragraph)
        self.paragraph = paragraph


class GatesShut(CaseworkError):
    """The law asks for something that is not in place."""

    danish = "Afgørelsen kan ikke træffes endnu. Alt, du har skrevet, er gemt."

    def __init__(self, lacking: Sequence[No]) -> None:
        super().__init__(", ".join(one.law for one in lacking))
        self.lacking = lacking
        """What, in the order a decision is written."""

    def at_fields(self) -> Mapping[str, str]:
        """Return what shuts each gate, at its field where it has one."""
        return {one.field or f"port-{at}": one.sentence for at, one in enumerate(self.lacking)}


def decide(
    sag: UUID,
    afgoerelse: UUID,
    *,
    product: Deciding,
    asker: Asker,
    now: datetime,
    apart_seen: bool = False,
) -> Sequence[UUID]:
    """Have a decision stand as it is written, and return the letters to the parties.

    :param apart_seen: somebody has seen that no letter tells of who is held apart, or of a hidden
        place.
    :raises NotYoursToDecide: the asker prepares it, and another makes it.
    :raises GatesShut: the law asks for something that is not in place.
    :raises Decided, CaseClosed: see there.
    :raises NotYours: the policy says no, or there is no such decision.
    """
    with on_afgoerelse(sag, afgoerelse, product=product, asker=asker, now=now) as here:
        connection = here.work.connection
        about = access.subject(connection, asker, "sag", sag)
        if about is None or not may(asker, act_of(here.matter), about):
            raise NotYoursToDecide(here.matter.paragraph)
        child = child_of(connection, here.sag.child_id)
        age = None if child.born is None else age_on(child.born, danish_day(now))
        parties.end_gone(here.work, here.id, here.matter, child, age)
        all_of_it = whole(connection, product, here.afgoerelse, child, now)
        lacking = list(refused(all_of_it.standing(product.indsatser)))
        if no := unheeded(connection, sag, child.id, all_of_it.day, seen=apart_seen):
            lacking.append(no)
        if lacking:
            raise GatesShut(lacking)
        return _made(here, all_of_it, product)


def may_decide(asker: Asker, subject: Subject | None, act: Act) -> bool:
    """Tell whether somebody may make a decision that takes this act."""
    return subject is not None and bool(may(asker, act, subject))


def _made(here: OnAfgoerelse, it: Whole, product: Deciding) -> Sequence[UUID]:
    work, matter, its = here.work, it.matter, it.afgoerelse
    day = it.decided_on
    rows = (product.indsatser.indsats(one.code, day) for one in its.given)
    afgoerelser.made(
        work.connection, its, law=matter.law, laws={one.code: one.law for one in rows if one},
        day=day, by=work.actor, now=work.now,
    )  # fmt: skip
    digest = tekster.digest(it.texts)
    skrifter.approve(work.connection, here.skrift, digest, by=work.actor, now=work.now)
    here.happened(H.SKRIFT_GODKENDT, skrift=str(here.id), art=here.skrift.kind,
                  version=here.skrift.version, digest=digest)  # fmt: skip
    _tell_rules(here, it, _when(here, it))
    not_approved(here, it)
    made_anew(here)
    letters = []
    for part in it.parts:
        letter = order_afgoerelse(
            work, it, part, here.sag, letters=product.letters, catalogue=product.indsatser,
            municipality=product.settings.municipality,
        )  # fmt: skip
        if letter is not None:
            afgoerelser.keep_letter(work.connection, here.id, part.person, letter)
            letters.append(letter)
    body = f"Truffet efter {matter.law}. Afgørelsen ligger på sagen som dokument."
    tell_journal(work, here.sag.id, here.id, "truffet", f"Afgørelse: {matter.title}", body)
    return letters


def _when(here: OnAfgoerelse, it: Whole) -> datetime | None:
    """Return when it was decided, where that was before it is typed in; None is now.

    A committee decides at noon of the meeting's day. The hours of the chairman's decision count.
    """
    day = it.decided_on
    if it.matter.is_chairs:
        return it.afgoerelse.chair_at
    if day == it.day:
        return None
    return max(start_of_day(day) + NOON, here.skrift.begun_at)


def _tell_rules(here: OnAfgoerelse, it: Whole, when: datetime | None) -> None:
    """Record what the deadline rules follow from a decision."""
    matter, its = it.matter, it.afgoerelse
    gives = its.outcome is not Outcome.AFSLAG
    day = it.decided_on
    facts: dict[str, JSON] = {
        "forhold": matter.code,
        "medhold": its.outcome is Outcome.MEDHOLD,
        "afgoerelsesdato": day.isoformat(),
        "tilbud": gives and bool(matter.indsatser),
        # What Ankestyrelsen sent back is answered by what is made in its place alone.
        "i_stedet_for": str(its.replaces or its.id),
    }
    if gives and matter.basis:
        facts |= {"grundlag": matter.basis, "plan": bool(its.plan)}
    if gives and its.ends_on:
        facts["ende"] = its.ends_on.isoformat()
    if it.age is not None and before_decision.waits_for_view(here.work.connection, here.sag.id):
        # The talk was before the preparation, or it is written why there was none (§ 5).
        told = it.view.obtained.since or it.said.get("tidligere_syn")
        here.happened(H.BARNETS_HOLDNING_INDHENTET if told else H.BOERNESAMTALE_UNDLADT)
    here.happened(H.AFGOERELSE_BEGRUNDET)
    here.happened(H.AFGOERELSE_TRUFFET, when, **facts)
    if matter.is_committees:
        more: dict[str, JSON] = {}
        if gives and matter.reviewed:
            again, own = it.said.get(AGAIN, ""), it.said.get(OWN_DAY, "")
            more |= look_again(again, own)
        more["angaar"] = committee_about(matter)
        # It takes the place of what the chairman decided of the same, and of nothing else (§ 143).
        if same := _provisional_of(here, matter):
            more[ANSWERS] = same
        here.happened(H.UDVALGSAFGOERELSE_TRUFFET, when, **facts, **more)
    places = gives and matter.code in MOVES | PLACES and not matter.is_chairs
    if places and is_asked_for(here.work.connection, here.sag.id, UNDECIDED):
        here.happened(H.AFGOERELSE_OM_STED)
    answered(here)
    if gives:
        _look_again(here, it, day)
    if matter.code == HOME and not gives:
        here.happened(H.HJEMGIVELSE_VURDERET)
    if matter.haendelse is H.FORELOEBIG_AFGOERELSE_GODKENDT:
        if gives:
            approved(here, it, when, facts)
    elif matter.haendelse is not None and (gives or matter.haendelse in ALSO_WHERE_REFUSED):
        here.happened(matter.haendelse, when, **facts, **_its_own(it, gives=gives))


def _provisional_of(here: OnAfgoerelse, matter: Matter) -> list[JSON]:
    """Return what says that the chairman decided what the committee decides now."""
    found = provisional.of_case(here.work.connection, here.sag.id)
    return [str(one.haendelse) for one in found if one.matter == matter.code]


def _look_again(here: OnAfgoerelse, it: Whole, day: date) -> None:
    """Record when help to a child with a disability is looked at again, and what is approved.

    A day that comes sooner on the case stands: all of the help is looked at then.
    """
    its = it.afgoerelse
    if any(one.code == TRAINING for one in its.given):
        here.happened(H.HJEMMETRAENING_GODKENDT)
    again = looked_at_on(it.matter, its.starts_on, its.ends_on, day)
    if again is None or looked_at_before(here.work.connection, here.sag.id, again):
        return
    here.happened(H.OPFOELGNING_PLANLAGT, naeste_opfoelgning=again.isoformat())


def _its_own(it: Whole, *, gives: bool) -> dict[str, JSON]:
    matter, its = it.matter, it.afgoerelse
    facts: dict[str, JSON] = {"bevilget": gives and bool(matter.indsatser)}
    if matter.provisional:
        facts[provisional.OF] = matter.provisional
    if matter.examined:
        facts["undersoegelse"] = matter.examined
        if its.starts_on:
            facts["kendskab"] = its.starts_on.isoformat()
    if matter.period and its.ends_on is None:
        facts["uden_periode"] = True
    elif matter.period and its.starts_on:
        facts["periode_fra"] = its.starts_on.isoformat()
    if matter.haendelse is H.SAMVAER_FASTSAT:
        facts["samvaer_afbrudt"] = False
    return facts

"""Hold an opfølgning: it stands, the goals have their status, the next day is set (§ 95)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final
from uuid import UUID

from dubu_plugin.domain.access import Asker
from dubu_plugin.domain.alder import birthday
from dubu_plugin.domain.danish import danish_day, unbroken
from dubu_plugin.domain.gates.opfoelgning import Held, refused
from dubu_plugin.domain.gates.standing import months_on
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.indsatser import ADULT
from dubu_plugin.domain.maal import MaalStatus
from dubu_plugin.domain.opfoelgning import (
    DECIDES,
    HIGHEST,
    LAW_OF_CHAPTER_8,
    LOWEST,
    OF_PARENTS,
    OTHER_DAY,
    USUAL_OF_CHAPTER_8,
    Next,
    Revised,
    Valg,
    offered,
)
from dubu_plugin.domain.skrift import WHOLE, SkriftKind
from dubu_plugin.errors import CaseworkError, FieldsRefused
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.family import personer
from dubu_plugin.store.family.personer import Known
from dubu_plugin.store.indsats import opfoelgninger
from dubu_plugin.store.indsats.opfoelgninger import Opfoelgning
from dubu_plugin.store.sag.sager import Sag
from dubu_plugin.store.skrift import skrifter, tekster
from dubu_plugin.store.skrift.tekster import Texts
from dubu_plugin.store.transaction import Work
from dubu_plugin.usecases.afgoerelse.on_afgoerelse import Deciding
from dubu_plugin.usecases.dokument.heeded import not_heeded
from dubu_plugin.usecases.dokument.order.opfoelgning import Told, order_opfoelgning, order_told
from dubu_plugin.usecases.indsats.on_indsats import moment
from dubu_plugin.usecases.indsats.rests import granted_to
from dubu_plugin.usecases.opfoelgning.followed import Followed, followed, is_of_chapter_8, told_of
from dubu_plugin.usecases.opfoelgning.keep import (
    OF_GOAL,
    OF_PARENT,
    FollowedMeanwhile,
    place_of_person,
)
from dubu_plugin.usecases.opfoelgning.opens import decided_first, insist, opened, parents_plan
from dubu_plugin.usecases.plan.next_look import look_anew
from dubu_plugin.usecases.skrift.on_skrift import happened, on_sag

ASKS: Final[Mapping[Valg, str]] = {
    Valg.JUSTER: "juster",
    Valg.STOP: "stop",
    Valg.NY_VURDERING: "vurder",
}
"""The section that says what a choice is to open."""


class OpfoelgningNotClear(FieldsRefused):
    """Something is left out, or the law keeps it back."""

    danish = "Opfølgningen er ikke gemt endnu. Ret felterne, og prøv igen."


class OthersAreTold(CaseworkError):
    """Somebody who is ticked is not told of it any more."""

    danish = (
        "Opfølgningen er gemt som kladde og ikke sendt. Hvem der får beslutningen at vide, er "
        "ændret, siden du åbnede siden: Barnet er fyldt 18, eller familien eller "
        "forældremyndigheden er en anden. Se, hvem der får den nu, og gem igen."
    )


@dataclass(frozen=True, slots=True)
class Said:
    """What is written, as it is understood."""

    words: Mapping[str, str] = field(repr=False)
    """The sections, by code."""
    held_on: date | None
    choice: Valg | None
    next: Next
    statuses: Mapping[UUID, tuple[MaalStatus, int | None]]
    parents_said: bool

    @property
    def asked(self) -> str:
        """What the choice is to open, as the form says it."""
        return self.words.get(ASKS.get(self.choice, ""), "") if self.choice else ""

    def revised(self, its: Followed) -> Revised:
        """Return whether the parents' own plan is to be revised, where the law asks (§ 79)."""
        said = self.words.get(OF_PARENTS, "")
        known = next((one for one in Revised if one == said), Revised.SENERE)
        return known if its.asks_parents_plan else Revised.SENERE


def hold(
    sag: UUID,
    *,
    product: Deciding,
    asker: Asker,
    now: datetime,
    to: Collection[UUID] = (),
    apart_seen: bool = False,
) -> Opfoelgning:
    """Have the opfølgning that is written in stand, and begin what its choice opens.

    :param to: the parents, and the child, who are written to (§ 95, stk. 3).
    :param apart_seen: somebody has seen that the letters tell nothing of who is held apart, or of
        a hidden place.
    :raises OpfoelgningNotClear: something is left out; what is written stays as it is.
    :raises FollowedMeanwhile: none is written in, so another has held it.
    :raises CaseClosed: the case is closed.
    :raises OthersAreTold: one of those is told of it no more; what is written stays as it is.
    :raises NotYours: the policy says no, there is no such case, or one of those is nobody known.
    """
    with on_sag(sag, product=product, asker=asker, now=now) as (work, ours):
        its = followed(work.connection, asker, sag, ours.child_id, now)
        if its.kept.open is None:
            raise FollowedMeanwhile
        texts = its.texts
        child = personer.by_id(work.connection, ours.child_id)
        born = child.born if child else None
        if gone := set(to) - told_of(its, ours.child_id, born, now).keys():
            known = all(personer.by_id(work.connection, one) for one in gone)
            raise OthersAreTold if known else NotYours
        wrong: dict[str, str] = {}
        said = understood(texts, its, wrong)
        wrong |= _refused(work, product, its, said, child)
        if said.choice is not None:
            wrong |= insist(its, said.choice, said.asked)
        if to:
            wrong |= not_heeded(work.connection, ours, danish_day(now), seen=apart_seen)
        if wrong:
            raise OpfoelgningNotClear(wrong)
        first = _first(work, product, its, said)
        it = _stand(work, ours, its, texts, said, first, product)
        form = product.forms.of(SkriftKind.OPFOELGNING)
        of_chapter_8 = is_of_chapter_8(its, product.indsatser, danish_day(now))
        told = Told(
            it, texts, its.goals, its.parent_names, LAW_OF_CHAPTER_8 if of_chapter_8 else form.law,
            product.letters, product.settings.municipality,
            [one.id for one in its.goals if its.is_of_parents(one)],
            {person: [one.id for one in its.goals if its.is_told(person, one)] for person in to},
            assessed=said.asked if said.choice is Valg.NY_VURDERING else "",
            stops=_names(work, product, its, first) if DECIDES in dict(it.opened) else (),
        )  # fmt: skip
        order_opfoelgning(work, ours, told)
        order_told(work, ours, told, to)
        return it


def understood(texts: Texts, its: Followed, wrong: dict[str, str]) -> Said:
    """Return what is written; what is no date, status or number is put among what is wrong."""
    words = {name: text.text for (place, name), text in texts.items() if place == WHOLE}
    held_on = _day(words.get("dag", ""), "dag", wrong)
    choice = next((one for one in Valg if one == words.get("valg")), None)
    statuses = {}
    for one in its.goals:
        status = _text(texts, one.place, "status")
        number = _number(_text(texts, one.place, "tal"), f"{one.id}-tal", wrong)
        found = next((known for known in MaalStatus if known == status), None)
        if found is not None:
            statuses[one.id] = found, number
    return Said(
        words=words,
        held_on=held_on,
        choice=choice,
        next=_next(words, held_on, its, wrong),
        statuses=statuses,
        parents_said=any(
            _text(texts, place_of_person(number), OF_PARENT) for number in its.parent_names
        )
        or bool(words.get("foraeldrenes_syn")),
    )


def _stand(
    work: Work,
    sag: Sag,
    its: Followed,
    texts: Texts,
    said: Said,
    first: Mapping[UUID, str],
    product: Deciding,
) -> Opfoelgning:
    assert its.kept.open is not None
    assert said.held_on is not None
    assert said.choice is not None
    skrift = skrifter.by_id(work.connection, its.kept.open)
    assert skrift is not None
    digest = tekster.digest(texts)
    at = moment(said.held_on, work.now)
    skrifter.approve(work.connection, skrift, digest, by=work.actor, now=work.now)
    opfoelgninger.put_status(work.connection, skrift.id, said.statuses, by=work.actor, at=at)
    happened(work, sag, H.SKRIFT_GODKENDT, skrift=str(skrift.id), art=skrift.kind,
             version=skrift.version, digest=digest)  # fmt: skip
    following = {"naeste_opfoelgning": said.next.on.isoformat()} if said.next.on else {}
    work.happened(
        H.OPFOELGNING_AFHOLDT,
        occurred_at=at,
        sag=sag.id,
        person=sag.child_id,
        responsible=sag.responsible,
        unit=sag.unit,
        data={"skrift": str(skrift.id), "valg": said.choice, **following},
    )
    if its.plan is not None:
        look_anew(work, sag.id, its.plan.skrift, until=said.held_on)
    for shared in its.shared:
        look_anew(work, sag.id, shared.skrift, until=said.held_on, person=sag.child_id)
    if its.parents_plan is not None and any(
        one.id in said.statuses for one in its.goals if its.is_of_parents(one)
    ):
        look_anew(work, sag.id, its.parents_plan.skrift, until=said.held_on)
    if said.revised(its) is Revised.NEJ:
        work.happened(
            H.FORAELDREHANDLEPLAN_VURDERET, occurred_at=at, sag=sag.id, person=sag.child_id,
            responsible=sag.responsible, unit=sag.unit,
        )  # fmt: skip
    new = Opfoelgning(
        skrift=skrift.id,
        sag=sag.id,
        plan=its.plan.skrift if its.plan else None,
        plan_version=its.plan.approved if its.plan else None,
        held_on=said.held_on,
        choice=said.choice,
        opened=[
            *opened(work, sag, its, said.choice, said.asked, first=first, product=product),
            *(parents_plan(work, sag, its) if said.revised(its) is Revised.JA else ()),
        ],
        samtale=its.talk.id if its.talk else None,
        next_on=said.next.on,
        months=said.next.months,
        made_at=work.now,
        made_by=work.actor,
    )
    opfoelgninger.add(work.connection, new)
    return new


def _first(work: Work, product: Deciding, its: Followed, said: Said) -> Mapping[UUID, str]:
    """Return the decision each help takes before it stops; only where something is to stop."""
    if said.choice is not Valg.STOP:
        return {}
    return decided_first(work, its, said.asked, said.held_on, product=product)


def _names(
    work: Work, product: Deciding, its: Followed, first: Mapping[UUID, str]
) -> Sequence[str]:
    today = danish_day(work.now)
    rows = (product.indsatser.indsats(one.code, today) for one in its.running if one.id in first)
    return list(dict.fromkeys(row.title for row in rows if row))


def _refused(
    work: Work, product: Deciding, its: Followed, said: Said, child: Known | None
) -> Mapping[str, str]:
    today = danish_day(work.now)
    fallen: list[str] = []
    granted: dict[str, date] = {}
    is_open = its.noted
    for one in its.running:
        row = product.indsatser.indsats(one.code, today)
        what = row.title if row else one.code
        stands, last = granted_to(work.connection, one)
        if one.afgoerelse is None:
            is_open = True  # the end of what was decided elsewhere is only what is expected
        elif not stands:
            fallen.append(what)
        elif last is None:
            is_open = True
        else:
            granted[what] = max(last, granted.get(what, last))
    stops = set(filter(None, said.words.get("stop", "").split(",")))
    held = Held(
        held_on=said.held_on,
        earliest=its.since,
        today=today,
        unborn=child is not None and child.is_unborn,
        talked=its.talk is not None,
        placed=its.placed,
        said=said.words,
        goals=[f"{one.id}-status" for one in its.of_children],
        of_parents={
            f"{one.id}-status": number
            for number, one in enumerate(its.goals, 1)
            if its.is_of_parents(one) and any(_text(its.texts, one.place, name) for name in OF_GOAL)
        },
        statuses={f"{goal}-status": status for goal, (status, _own) in said.statuses.items()},
        parents=bool(its.parents),
        parents_said=said.parents_said,
        choice=said.choice,
        next=said.next,
        rhythm=its.rhythm,
        noted=its.noted,
        # What is decided first goes on meanwhile, and is followed.
        all_stops=stops >= {str(one.id) for one in its.running}
        and not _first(work, product, its, said),
        fallen=fallen,
        granted={} if is_open else granted,
        adult_on=birthday(child.born, ADULT) if child and child.born else None,
    )
    return {one.field: one.sentence for one in refused(held)}


def _next(
    words: Mapping[str, str], held_on: date | None, its: Followed, wrong: dict[str, str]
) -> Next:
    """Return the next day: a rhythm from the day it was held, or a day of its own."""
    chosen, other = words.get("naeste", ""), words.get("naeste_dag", "")
    months = {
        str(number): number for number, _ in offered(date.min, its.rhythm, USUAL_OF_CHAPTER_8)
    }
    if chosen in months and held_on is not None:
        return Next(months_on(held_on, months[chosen]), months[chosen])
    if chosen == OTHER_DAY:
        return Next(_day(other, "naeste_dag", wrong), None)
    return Next(None, None)


def _day(text: str, name: str, wrong: dict[str, str]) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        wrong[name] = "Skriv en rigtig dato, for eksempel 2026-10-26."
        return None


def _number(text: str, name: str, wrong: dict[str, str]) -> int | None:
    if not text:
        return None
    if text.isdecimal() and len(text) <= 2 and LOWEST <= int(text) <= HIGHEST:
        return int(text)
    wrong[name] = unbroken(f"Barnets eget tal er fra {LOWEST} til {HIGHEST}.")
    return None


def _text(texts: Texts, place: str, name: str) -> str:
    return texts[place, name].text if (place, name) in texts else ""

"""What an undersøgelse grew from, where the undersøgelse is given up: it is written in again, with
what was written in the undersøgelse meanwhile, so that nothing stands where nobody reads it.
"""

from collections.abc import Mapping
from uuid import UUID

from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.domain.skrift import EARLY, FORHOLD, WHOLE, SkriftKind, place_of_behov
from dubu_plugin.metode.skriftform import SkriftForm
from dubu_plugin.store.canonical import JSON
from dubu_plugin.store.sag import sager
from dubu_plugin.store.sag.sager import Sag
from dubu_plugin.store.skrift import behov, kilder, skrifter, tekster
from dubu_plugin.store.skrift.behov import TEXT
from dubu_plugin.store.skrift.skrift_again import take_up_again
from dubu_plugin.store.skrift.skrifter import Skrift
from dubu_plugin.store.skrift.tekster import At, Texts, Written
from dubu_plugin.store.transaction import Work
from dubu_plugin.usecases.skrift.on_skrift import Skriver, happened


def carried_back(work: Work, sag: Sag, left: Skrift, product: Skriver) -> Skrift | None:
    """Take up what a skrift that is given up grew from, and return it; None where it stands."""
    source = skrifter.by_id(work.connection, left.grown_from) if left.grown_from else None
    if source is None or not source.is_carried_on:
        return None
    stood = take_up_again(work.connection, source)
    if sag.step == left.kind:
        sager.change(work.connection, sag.id, step=source.kind)
    pour(work, left, source, product.forms.of(source.kind))
    said: dict[str, JSON] = {"tilstand": stood}
    if source.kind is SkriftKind.AFDAEKNING:
        said["udfald"] = source.kind
    happened(work, sag, Haendelse.SKRIFT_GENOPTAGET, skrift=str(source.id), art=source.kind,
             version=source.version, **said)  # fmt: skip
    return source


def carried_again(work: Work, sag: Sag, again: Skrift, product: Skriver) -> None:
    """Carry on once more what a skrift grew from, where the skrift is taken up again."""
    source = skrifter.by_id(work.connection, again.grown_from) if again.grown_from else None
    if source is None or not source.is_open or source.kind not in EARLY:
        return
    pour(work, source, again, product.forms.of(again.kind))
    carry_on(work, sag, source, again)


def carry_on(work: Work, sag: Sag, source: Skrift, into: Skrift) -> None:
    """Store and record that what grew from a skrift is written in instead of it."""
    skrifter.carry_on(work.connection, source)
    happened(work, sag, Haendelse.SKRIFT_VIDEREFOERT, skrift=str(source.id), art=source.kind,
             version=source.version, blev=str(into.id))  # fmt: skip


def pour(work: Work, left: Skrift, into: Skrift, form: SkriftForm, *, over: bool = True) -> None:
    """Write what one skrift says in another of the same family, where that has a field for it.

    Needs and sources are those they are in the other, or new there. What is empty takes nothing
    away.

    :param form: of the one that is written in.
    :param over: also over what stands; else only where nothing does.
    """
    said = tekster.read(work.connection, left.id, left.version)
    there = tekster.read(work.connection, into.id, into.version)
    ats: dict[At, At] = {
        (place, name): (place, name)
        for place, name in said
        if (place and ":" not in place and form.method is not None)
        or (not place and name in form.by_code)
    }
    for number, place in _needs(work, left, into, said, there).items():
        ats[place_of_behov(number), TEXT] = place, TEXT
    new = {
        to: Written(said[at].text, there[to].revision if to in there else 0)
        for at, to in ats.items()
        if said[at].text and (over or to not in there or not there[to].text)
    }
    new = {to: one for to, one in new.items() if to not in there or there[to].text != one.text}
    chosen = there.get((WHOLE, FORHOLD))
    if form.chosen_dimensions:
        touched = [place for place, _ in new if place and ":" not in place]
        before = [one for one in (chosen.text if chosen else "").split(",") if one]
        after = ",".join(dict.fromkeys([*before, *touched]))
        new[WHOLE, FORHOLD] = Written(after, chosen.revision if chosen else 0)
    tekster.write(work.connection, into.id, into.version, new, by=work.actor, now=work.now)
    kilder.carry(work.connection, left.id, into.id, by=work.actor, now=work.now)


def _needs(work: Work, left: Skrift, into: Skrift, said: Texts, there: Texts) -> dict[UUID, str]:
    """Return where each need of one stands in the other; one that is not there is added."""
    known = behov.ever_of(work.connection, into.id, there)
    family = {one.id for one in (left, into)} | {left.grown_from, into.grown_from}
    grew = behov.same_as(work.connection, [one for one in family if one is not None])
    at = {_root(one.id, grew): one.id for one in known}
    found: dict[UUID, str] = {}
    for need in behov.of_skrift(work.connection, left.id, said):
        same = at.get(_root(need.id, grew))
        same = same or behov.add(work.connection, into.id, need.dimension, same_as=need.id)
        found[need.id] = place_of_behov(same)
    return found


def _root(need: UUID, grew: Mapping[UUID, UUID]) -> UUID:
    """Return the need that one grew from at first: two with the same are one."""
    while need in grew:
        need = grew[need]
    return need

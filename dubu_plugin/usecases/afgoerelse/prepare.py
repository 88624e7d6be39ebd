"""Prepare a decision: what it is about, who its parties are, and what it begins with."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from dubu_plugin.domain.access import Asker
from dubu_plugin.domain.afgoerelser import AfgoerelseState, Matter
from dubu_plugin.domain.alder import age_on
from dubu_plugin.domain.danish import danish_day, unbroken
from dubu_plugin.domain.forudsat import WORDS, Forudsat
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.help_taken import named_first
from dubu_plugin.domain.skrift import WHOLE, SkriftKind
from dubu_plugin.errors import CaseworkError
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.afgoerelse import afgoerelser, help_taken, provisional
from dubu_plugin.store.afgoerelse.afgoerelser import Afgoerelse
from dubu_plugin.store.canonical import JSON
from dubu_plugin.store.family import personer
from dubu_plugin.store.family.personer import Known
from dubu_plugin.store.indsats.taken_away import taken_still
from dubu_plugin.store.sag.sager import Sag
from dubu_plugin.store.skrift import skrifter, tekster
from dubu_plugin.store.skrift.tekster import Written
from dubu_plugin.store.transaction import Work
from dubu_plugin.usecases.afgoerelse import parties
from dubu_plugin.usecases.afgoerelse.anew import not_made
from dubu_plugin.usecases.afgoerelse.child_view import SECTION
from dubu_plugin.usecases.afgoerelse.circumstances import there
from dubu_plugin.usecases.afgoerelse.guidance import guidance
from dubu_plugin.usecases.afgoerelse.help_taken import help_of
from dubu_plugin.usecases.afgoerelse.of_udredning import VIEW, approved_udredning, of_udredning
from dubu_plugin.usecases.afgoerelse.on_afgoerelse import Deciding, on_afgoerelse, tell_journal
from dubu_plugin.usecases.dokument.childs_home import lives_at_parents
from dubu_plugin.usecases.skrift.on_skrift import happened, on_sag

FROM: Final[Mapping[SkriftKind, str]] = {
    SkriftKind.HANDICAPUDREDNING: VIEW,
    SkriftKind.BOERNEFAGLIG_UNDERSOEGELSE: "barnets_holdning",
    SkriftKind.AFGOERELSE: SECTION,
}
"""What a decision begins with the child's view of, the best first: the section it stands in."""
ANEW: Final = frozenset(
    {
        "klagevejledning", SECTION, "barnet_sagt", "tidligere_syn", "uden_samtale",
        "uden_aktindsigt", "undersoegelse_daekker", "plan_daekker",
    }
)  # fmt: skip
"""What of it is not taken over as it was: it was about that day."""


class NotToday(CaseworkError):
    """What was chosen cannot be decided for the child today."""

    danish = "Vælg en af de afgørelser, der kan træffes for barnet i dag."
    field = "forhold"


class NotPossible(CaseworkError):
    """What was chosen presupposes something that is not there."""

    danish = "{sentence}"
    field = "forhold"

    def __init__(self, sentence: str, law: str) -> None:
        super().__init__(law)
        self.sentence = sentence


def prepare(sag: UUID, matter: str, *, product: Deciding, asker: Asker, now: datetime) -> UUID:
    """Begin a decision, and return its key. One of the kind that is being prepared is it, save
    where the committee is to look at several by themselves.

    What Ankestyrelsen sent back is begun with everything it said.

    :raises NotToday: the law of the day has no such decision for a child of the age.
    :raises NotPossible: it presupposes something that is not there, as that the child is placed.
    :raises CaseClosed: the case is closed.
    :raises NotYours: the policy says no, or there is no such case.
    """
    with on_sag(sag, product=product, asker=asker, now=now) as (work, ours):
        back = _sent_back(work, sag, matter)
        return begun(work, ours, matter, product=product, in_place_of=back)


def begun(
    work: Work,
    sag: Sag,
    code: str,
    *,
    product: Deciding,
    in_place_of: Afgoerelse | None = None,
    takes: Collection[UUID] = (),
) -> UUID:
    """Do the same in a transaction that is open.

    :param in_place_of: the decision it is made anew, which it begins with everything of.
    :param takes: the help it is to take from the family.
    """
    child = personer.by_id(work.connection, sag.child_id)
    if child is None:
        raise NotYours
    day = danish_day(work.now)
    age = None if child.born is None else age_on(child.born, day)
    matter = next((one for one in product.matters.open(day, age) if one.code == code), None)
    if matter is None:
        raise NotToday
    # One that is begun about something else is not what is made in this one's place.
    old = in_place_of.id if in_place_of else None
    drafts = [
        one for one in afgoerelser.of_sag(work.connection, sag.id)
        if one.is_open and one.matter == code and one.replaces == old
    ]  # fmt: skip
    if drafts and len(drafts) >= _at_once(work, sag, matter):
        if takes:
            afgoerelser.change(work.connection, drafts[0], {}, seen=drafts[0].version)
            _name_help(work, drafts[0].id, matter, takes, product=product)
        return drafts[0].id
    if in_place_of is None and matter.presupposes:
        found = there(work.connection, product.indsatser, child, day)
        if (why := why_not(matter, found)) is not None:
            law = matter.presupposes[why]
            raise NotPossible(unbroken(WORDS[why].sentence.format(law=law)), law)
    new = skrifter.begin(work.connection, sag, SkriftKind.AFGOERELSE, by=work.actor, now=work.now)
    by_hand = lives_at_parents(work.connection, child, day) if matter.has_party(age) else None
    afgoerelser.begin(work.connection, new.id, sag.id, code, child_by_hand=by_hand)
    if in_place_of is not None:
        afgoerelser.to_replace(work.connection, in_place_of.id, new.id)
        takes = taken_still(work.connection, in_place_of)
    if takes or in_place_of is None:
        _name_help(work, new.id, matter, takes, product=product)
    parties.add_missing(work, new.id, matter, child, age)
    _write_first(work, sag, new.id, matter, in_place_of)
    happened(work, sag, H.SKRIFT_BEGYNDT, skrift=str(new.id), art=new.kind, version=new.version)
    _told(work, sag, new.id, matter, child)
    return new.id


def _name_help(
    work: Work, new: UUID, matter: Matter, takes: Collection[UUID], *, product: Deciding
) -> None:
    """Have a decision name the help it is to take, beside what it names already."""
    its = afgoerelser.by_id(work.connection, new)
    assert its is not None
    helps = help_of(work.connection, product.indsatser, its, matter, danish_day(work.now))
    named = {one.id for one in helps if one.named}
    help_taken.name(work.connection, new, named | named_first(helps, takes), work.now)


def _at_once(work: Work, sag: Sag, matter: Matter) -> int:
    """Return how many of a kind are prepared at the same time: the committee looks at each decision
    of its chairman's by itself, and at all of them in one meeting (§ 143, stk. 4)."""
    if matter.haendelse is not H.FORELOEBIG_AFGOERELSE_GODKENDT:
        return 1
    return max(1, len(provisional.waiting(work.connection, sag.id)))


def why_not(matter: Matter, found: Collection[Forudsat]) -> Forudsat | None:
    """Return what keeps a decision from being prepared, or None.

    What is applied for is decided all the same, as a refusal; and what can be told in words instead
    is asked for in the decision itself.
    """
    if matter.applied_for:
        return None
    return next((one for one in matter.lacks(found) if not WORDS[one].instead), None)


def give_up(sag: UUID, afgoerelse: UUID, *, product: Deciding, asker: Asker, now: datetime) -> None:
    """Leave a decision unmade. What is written stays, and its deadlines end.

    :raises Decided, CaseClosed: see there.
    :raises NotYours: the policy says no, or there is no such decision.
    """
    with on_afgoerelse(sag, afgoerelse, product=product, asker=asker, now=now) as here:
        afgoerelser.give_up(here.work.connection, here.id)
        skrifter.give_up(here.work.connection, here.skrift)
        not_made(here)
        here.happened(H.AFGOERELSE_OPGIVET)
        title = f"Afgørelse opgivet: {here.matter.title}"
        body = f"Den var under forberedelse efter {here.matter.law}."
        tell_journal(here.work, here.sag.id, here.id, "opgivet", title, body)


def _sent_back(work: Work, sag: UUID, code: str) -> Afgoerelse | None:
    """Return the decision of the kind that Ankestyrelsen sent back, until a new one is made."""
    for one in afgoerelser.of_sag(work.connection, sag):
        if one.matter == code and one.state is AfgoerelseState.HJEMVIST:
            return one
    return None


def _write_first(
    work: Work, sag: Sag, new: UUID, matter: Matter, in_place_of: Afgoerelse | None
) -> None:
    """Write what a decision begins with: nobody types what stands somewhere already."""
    words = {"klagevejledning": guidance(matter)}
    if matter.reviewed:
        words["genbehandling"] = "et_aar"
    if in_place_of is not None:
        old = tekster.read(work.connection, in_place_of.id, 1, places={WHOLE})
        words |= {name: text.text for (_, name), text in old.items() if name not in ANEW}
    else:
        words |= of_udredning(work.connection, sag.id, matter)
    texts = {(WHOLE, name): Written(text, 0) for name, text in words.items() if text}
    tekster.write(work.connection, new, 1, texts, by=work.actor, now=work.now)
    for kind, skrift, version in _sources(work, sag, in_place_of):
        ats = {(WHOLE, FROM[kind]): (WHOLE, SECTION)}
        if tekster.copy(work.connection, skrift, version, new, ats, by=work.actor, now=work.now):
            break


def _sources(
    work: Work, sag: Sag, in_place_of: Afgoerelse | None
) -> Iterator[tuple[SkriftKind, UUID, int]]:
    """Yield where the child's view may stand already."""
    if in_place_of is not None:
        yield SkriftKind.AFGOERELSE, in_place_of.id, 1
        return
    if udredning := approved_udredning(work.connection, sag.id):
        yield SkriftKind.HANDICAPUDREDNING, *udredning
    for bfu in skrifter.of_sag(work.connection, sag.id, SkriftKind.BOERNEFAGLIG_UNDERSOEGELSE)[:1]:
        yield SkriftKind.BOERNEFAGLIG_UNDERSOEGELSE, bfu.id, bfu.version


def _told(work: Work, sag: Sag, new: UUID, matter: Matter, child: Known) -> None:
    """Record that it is prepared: what must be in place before it is asked for from now on."""
    happened(
        work, sag, H.AFGOERELSE_FORBEREDT, afgoerelse=str(new), forhold=matter.code, medhold=False
    )
    if matter.is_committees and matter.basis == "tvang":
        facts: dict[str, JSON] = {"afgoerelse": str(new), "grundlag": "tvang"}
        if child.born is None and child.due_date is not None:
            facts |= {"ufoedt": True, "termin": child.due_date.isoformat()}
        happened(work, sag, H.ANBRINGELSE_FORBEREDT, **facts)

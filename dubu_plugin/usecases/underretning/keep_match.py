"""Keep what was found of a child: who it is, who is likely, the family, the host's cases."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from dubu_plugin.domain.custody import holders
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.domain.match import Candidate, ChildState
from dubu_plugin.ports.journal_objects import Case
from dubu_plugin.ports.persons import Person, Relation, Tie
from dubu_plugin.store.family import netvaerk, personer
from dubu_plugin.store.family.kinship import OF_UNBORN
from dubu_plugin.store.search import words as search_words
from dubu_plugin.store.search.words import Weight
from dubu_plugin.store.transaction import Work
from dubu_plugin.store.underretning import underretninger
from dubu_plugin.store.underretning.underretninger import Underretning
from dubu_plugin.usecases.means import Means
from dubu_plugin.usecases.sag.birth import born_as, keep_person, the_newborn
from dubu_plugin.usecases.sag.tell_book import tell_family
from dubu_plugin.usecases.sag.tell_parties import tell_parties
from dubu_plugin.usecases.underretning.give_up import give_up_closed
from dubu_plugin.usecases.underretning.outside import see_to_case
from dubu_plugin.usecases.underretning.perhaps_same import Said, may_be, spoken_of
from dubu_plugin.usecases.underretning.place import place


@dataclass(frozen=True, slots=True)
class Found:
    """What the address book and the host answered. Keys are the address book's."""

    child: str | None = None
    """The one child that CPR number and name agree on."""
    candidates: Sequence[Candidate] = ()
    people: Mapping[str, Person] = field(default_factory=dict, repr=False)
    families: Mapping[str, Sequence[Relation]] = field(default_factory=dict, repr=False)
    further: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """For a child: everybody its family is related to, so that their doors are shut too."""
    cases: Mapping[str, Sequence[tuple[Case, bool]]] = field(default_factory=dict, repr=False)
    """The host's cases on somebody, and whether each is about them."""
    said: Said = field(default_factory=Said)
    """What the text says by which a child without a number may be known."""


def keep_match(work: Work, means: Means, underretning: UUID, found: Found) -> None:
    """Keep what was found. Where CPR number and name agree the child is set; else a person chooses.

    So they do where the number may be that of a child that has a case here without one.
    A person who has said which child it is, while this was being looked up, is not overruled.
    """
    about = underretninger.by_id(work.connection, underretning)
    if about is None:
        return
    _see_to_birth(work, about, found)
    ids = {key: keep_person(work, one) for key, one in found.people.items()}
    keep_families(work, found, ids)
    _match(work, means, about, found, ids)
    give_up_closed(work)
    see_to_case(work, about.id)


def _match(
    work: Work, means: Means, about: Underretning, found: Found, ids: Mapping[str, UUID]
) -> None:
    if about.child_id is not None:
        underretninger.change_quietly(work.connection, about.id, matched_at=work.now)
        share_with_child(work, about.child_id)
        if about.sag_id is not None:
            tell_parties(work, about.sag_id)
        return
    rows = [
        (ids[one.person.key], one.score, ",".join(one.reasons))
        for one in found.candidates
        if one.person.key in ids
    ]
    child = personer.by_id(work.connection, ids[found.child]) if found.child else None
    same = may_be(work.connection, child) if child else ()
    rows += spoken_of(work.connection, found.said, same)
    underretninger.set_candidates(work.connection, about.id, rows)
    # While it was looked up, somebody may have said that it is no underretning at all: then it is
    # not put on a case. Registered as one again, the child is looked for once more.
    if child is not None and not same and about.state != underretninger.OTHER:
        _found(work, means, about, child.id)
        return
    state = ChildState.SUGGESTED if rows else ChildState.UNKNOWN
    underretninger.change_quietly(work.connection, about.id, child_state=state, matched_at=work.now)


def _see_to_birth(work: Work, about: Underretning, found: Found) -> None:
    """Let the child that has no number be the one its mother has got."""
    child = personer.by_id(work.connection, about.child_id) if about.child_id else None
    if child is None or not child.has_no_number or child.mother_id is None:
        return
    mother = personer.by_id(work.connection, child.mother_id)
    family = found.families.get(mother.host_key or "", ()) if mother else ()
    newborn = the_newborn(child, family)
    if newborn is not None:
        born_as(work, child, newborn)


def _found(work: Work, means: Means, about: Underretning, child: UUID) -> None:
    known = personer.by_id(work.connection, child)
    assert known is not None
    underretninger.change_quietly(
        work.connection,
        about.id,
        child_id=child,
        child_state=ChildState.FOUND,
        matched_at=work.now,
    )
    sag = place(work, means, about, known)
    work.happened(
        Haendelse.BARN_FUNDET,
        sag=sag.id,
        underretning=about.id,
        person=child,
        data={"indsats": sag.has_indsats},
    )
    search_words.index(work.connection, "underretning", about.id, {Weight.NAME: known.name})


def keep_families(work: Work, found: Found, ids: Mapping[str, UUID]) -> None:
    """Keep who belongs together, the host's cases on them, and whose doors that shuts.

    :param ids: our keys of everybody that was found, by the address book's.
    """
    for key, relations in found.families.items():
        family = [(ids[one.person.key], one.tie) for one in relations if one.person.key in ids]
        _keep_family(work, ids[key], family)
    for key, cases in found.cases.items():
        personer.keep_cases(work.connection, ids[key], cases, now=work.now)
    related = {
        ids[key]: {one.person.key for one in relations} | found.further.get(key, frozenset())
        for key, relations in found.families.items()
    }
    personer.close_doors(work.connection, ids, related)


def _keep_family(work: Work, person: UUID, family: Sequence[tuple[UUID, Tie]]) -> None:
    """Keep somebody's family as the address book has it now.

    A book that does not know the mother of a child whose birth was noted here has not heard of its
    family yet: what we know of that stays. So does whoever is noted to have custody: that is taken
    from nobody because the book says nothing of them.
    """
    known = personer.by_id(work.connection, person)
    mother = known.mother_id if known else None
    if mother is not None and mother not in {other for other, _ in family}:
        ours = personer.family_of(work.connection, person)
        family = [*((one.person.id, one.tie) for one in ours), *family]
    before, now = personer.ties_of(work.connection, person), dict(family)
    today = danish_day(work.now)
    holding = holders(netvaerk.parts(work.connection, person, today)) & before.keys()
    left = {one: before[one] for one in holding if one not in now}
    personer.keep_ties(work.connection, person, [*now.items(), *left.items()])
    tell_family(work, person, before, now, left)


def share_with_child(work: Work, child: UUID) -> None:
    """Give a child that is expected its mother, and her family as its own; so too one that is born
    and that the address book does not know."""
    known = personer.by_id(work.connection, child)
    if known is None or known.mother_id is None or known.host_key is not None:
        return
    hers = [
        (one.person.id, OF_UNBORN.get(one.tie, Tie.OTHER))
        for one in personer.family_of(work.connection, known.mother_id)
    ]
    personer.keep_ties(work.connection, child, [(known.mother_id, Tie.MOTHER), *hers])

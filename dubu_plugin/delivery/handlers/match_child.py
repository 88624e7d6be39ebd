"""Look the child of an underretning up, with its family and the host's cases on them.

Only reads the other systems, so that it can be tried again at any time.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from dubu_plugin.delivery.handling import Delivery, Done
from dubu_plugin.domain import match
from dubu_plugin.domain.cpr import Cpr
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.folding import name_key
from dubu_plugin.domain.match import Candidate, Likely, Reason
from dubu_plugin.domain.sought import Sought, numbers_in, sought_in
from dubu_plugin.ports.persons import Person, Tie
from dubu_plugin.store.database import Store
from dubu_plugin.store.family import personer
from dubu_plugin.store.transaction import Work
from dubu_plugin.store.underretning import underretninger
from dubu_plugin.store.underretning.underretninger import Underretning
from dubu_plugin.usecases.underretning.around import Around
from dubu_plugin.usecases.underretning.keep_match import Found, keep_match
from dubu_plugin.usecases.underretning.perhaps_same import Said

MOST_NUMBERS: Final = 12
"""CPR numbers looked up out of one text. More is a list of some sort, not an underretning."""
MOST_NAMES: Final = 4
MOST_MENTIONED: Final = 8
"""Names that merely stand in the text, looked up besides those that are said to be the child's."""
MOST_ADDRESSES: Final = 4
MOST_AT_HOME: Final = 40
"""Persons at one address that are looked at: the youngest of a block of flats."""
FAMILIES: Final = 3
"""How many likely children have their family fetched."""
MOST_PAGES: Final = 5
LONGEST_CHILDHOOD: Final = timedelta(days=366 * match.OF_AGE)
"""Who is older than this is surely grown; how well somebody fits tells the rest."""
NAMED: Final = frozenset({Reason.CPR, Reason.NAME, Reason.MENTIONED, Reason.NAME_ALIKE})
PARENTS: Final = frozenset({Tie.MOTHER, Tie.FATHER})


class MatchChild:
    """``match_child {underretning}``."""

    def deliver(self, d: Delivery) -> Done:
        """See `Handler.deliver`."""
        number = d.id("underretning")
        about, subject, chosen = _asked(d, number)
        if about is None:
            return Done()
        lookup = Lookup(d.ports)
        if about.child_id:
            found = lookup.around(chosen, about, subject)
        else:
            sought = sought_of(d.store, about, subject)
            found = replace(lookup.through(about, sought, subject), said=_said(about, sought))

        def then(work: Work) -> None:
            keep_match(work, d, number, found)

        return Done(found.child, then)

    def probe(self, d: Delivery) -> Done | None:
        """See `Handler.probe`. Nothing was written anywhere, so it is simply done again."""
        return None


def _asked(d: Delivery, number: UUID) -> tuple[Underretning | None, str, personer.Known | None]:
    """Return the underretning, its subject line, and the person a human has chosen.

    Of a child that has no number it is the mother who can be looked up.
    """
    with d.store.read() as connection:
        about = underretninger.by_id(connection, number)
        if about is None:
            return None, "", None
        post = underretninger.post_by_id(connection, about.post_id)
        chosen = personer.by_id(connection, about.child_id) if about.child_id else None
        if chosen is not None and chosen.has_no_number and chosen.mother_id is not None:
            chosen = personer.by_id(connection, chosen.mother_id)
    return about, (post.subject if post else None) or "", chosen


def sought_of(store: Store, about: Underretning, subject: str) -> Sought:
    """Return what is asked for: what the text says, and the names in it of children we know.

    Those are found however they are written there, and are proposed, as any other name is.
    """
    writers = tuple(name for name in (about.notifier_name,) if name)
    sought = sought_in(f"{subject}\n{about.text}", writers=writers)
    grown = danish_day(about.received_at) - LONGEST_CHILDHOOD
    own = {key for key in map(name_key, writers) if key}
    with store.read() as connection:
        known = personer.children_named(connection, sought.pairs - own, born_after=grown)
    return replace(sought, mentioned=tuple(dict.fromkeys((*known, *sought.mentioned))))


def _said(about: Underretning, sought: Sought) -> Said:
    """Return by what a child that has no number may be known; who writes may be its mother."""
    days = {*sought.born, *(one.born for one in sought.cprs)}
    own = {key for key in [name_key(about.notifier_name or "")] if key}
    numbers = frozenset(one.digits for one in sought.cprs)
    return Said(frozenset(days), numbers, sought.pairs | own)


class Lookup(Around):
    """The questions one matching asks, each of them once."""

    def around(self, chosen: personer.Known | None, about: Underretning, subject: str) -> Found:
        """Find what is known around somebody a person has chosen, and whose numbers are said."""
        for _ in self._by_cpr(numbers_in(f"{subject}\n{about.text}")[0]):
            """Met, so that it is known afterwards which number is nobody's."""
        person = self._of(chosen) if chosen else None
        if person is not None:
            self.with_family(person)
        return self.found()

    def through(self, about: Underretning, sought: Sought, subject: str) -> Found:
        """Find the child through what the text says, and what is known around those likely."""
        text = f"{subject}\n{about.text}"
        on = danish_day(about.received_at)
        by_cpr = list(self._by_cpr(sought.cprs))
        candidates = match.ranked(self._candidates(by_cpr, sought, on=on))
        numbered = [likely(one) for one in by_cpr]
        child = match.the_child(numbered, sought, text, on=on, others=candidates)
        near = [child] if child else [one.person for one in candidates[:FAMILIES]]
        for one in near:
            self.with_family(self.people[one.key])
        return self._found(child.key if child else None, candidates)

    def _found(self, child: str | None, candidates: Sequence[Candidate]) -> Found:
        return Found(child, candidates, self.people, self.families, self.further, self.cases)

    def _of(self, known: personer.Known) -> Person | None:
        person = self.persons.by_key(known.host_key) if known.host_key else None
        if person is None and known.cpr is not None:
            person = self.persons.by_cpr(known.cpr)
        return self.met(person)

    def _by_cpr(self, numbers: Sequence[Cpr]) -> Iterator[Person]:
        for number in numbers[:MOST_NUMBERS]:
            person = self.met(self.persons.by_cpr(number))
            if person is not None:
                yield person

    def _candidates(
        self, by_cpr: Sequence[Person], sought: Sought, *, on: date
    ) -> Iterator[Candidate]:
        """Yield those the text may mean: named by number, by name, or as somebody's child."""
        for person in by_cpr:
            fit = match.fits(likely(person), sought, on=on)
            grown = not likely(person).is_child_on(on)
            if not grown or Reason.PREGNANT in fit.reasons:
                yield fit
            if grown:
                yield from self._children_of(person, sought, on=on)
        for person in self._named(sought):
            fit = match.fits(likely(person), sought, on=on)
            age = likely(person).age_on(on)
            grown = age is not None and age >= match.OF_AGE
            expects = sought.unborn and bool(NAMED & set(fit.reasons))
            if fit.score >= match.WORTH_SHOWING and (not grown or expects):
                self.met(person)
                yield fit
            elif grown and {Reason.NAME, Reason.ADDRESS} <= set(fit.reasons):
                yield from self._children_of(person, sought, on=on)

    def _named(self, sought: Sought) -> Iterator[Person]:
        """Yield whoever has one of the names, and whoever lives at one of the addresses."""
        born = sought.born[0] if sought.born else None
        address = sought.addresses[0] if sought.addresses else None
        said = (*sought.names, *sought.perhaps)[:MOST_NAMES]
        for name in dict.fromkeys((*said, *sought.mentioned[:MOST_MENTIONED])):
            yield from self.persons.search(name, address=address, born=born)
        for place in sought.addresses[:MOST_ADDRESSES]:
            yield from self.persons.living_at(place, limit=MOST_AT_HOME)

    def _children_of(self, parent: Person, sought: Sought, *, on: date) -> Iterator[Candidate]:
        for one in self.related(parent.key):
            child = likely(one.person)
            if one.tie is Tie.CHILD and child.is_child_on(on):
                fit = match.fits(child, sought, on=on)
                score = fit.score + match.WEIGHTS[Reason.PARENT]
                if score >= match.WORTH_SHOWING:
                    self.met(one.person)
                    yield Candidate(child, score, (*fit.reasons, Reason.PARENT))


def likely(person: Person) -> Likely:
    """Return a person as matching sees them; a protected address is not matched on."""
    return Likely(
        person.key,
        person.name,
        person.cpr,
        person.born or (person.cpr.born if person.cpr else None),
        "" if person.protected_address else person.address or "",
    )

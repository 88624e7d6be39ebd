"""Look the child of an underretning up, with its family and the host's cases on them.

Only reads the other systems, so that it can be tried again at any time.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final
from uuid import UUID

from dubu_plugin.delivery.handling import Delivery, Done
from dubu_plugin.domain import match
from dubu_plugin.domain.cpr import Cpr
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.match import Candidate, Likely, Reason, Sought
from dubu_plugin.ports.journal import Case
from dubu_plugin.ports.persons import Person, Relation, Tie
from dubu_plugin.store import personer, underretninger
from dubu_plugin.store.transaction import Work
from dubu_plugin.store.underretninger import Underretning
from dubu_plugin.usecases.underretning.keep_match import Found, keep_match

MOST_NUMBERS: Final = 12
"""CPR numbers looked up out of one text. More is a list of some sort, not an underretning."""
MOST_NAMES: Final = 4
FAMILIES: Final = 3
"""How many likely children have their family fetched."""
MOST_PAGES: Final = 5
PARENTS: Final = frozenset({Tie.MOTHER, Tie.FATHER})


class MatchChild:
    """``match_child {underretning}``."""

    def deliver(self, d: Delivery) -> Done:
        """See `Handler.deliver`."""
        number = d.id("underretning")
        about, subject, chosen = _asked(d, number)
        if about is None:
            return Done()
        lookup = Lookup(d)
        found = lookup.around(chosen) if about.child_id else lookup.through(about, subject)

        def then(work: Work) -> None:
            keep_match(work, d, number, found)

        return Done(found.child, then)

    def probe(self, d: Delivery) -> Done | None:
        """See `Handler.probe`. Nothing was written anywhere, so it is simply done again."""
        return None


def _asked(d: Delivery, number: UUID) -> tuple[Underretning | None, str, personer.Known | None]:
    """Return the underretning, its subject line, and the person a human has chosen.

    Of a child that is not born it is the mother who can be looked up.
    """
    with d.store.read() as connection:
        about = underretninger.by_id(connection, number)
        if about is None:
            return None, "", None
        post = underretninger.post_by_id(connection, about.post_id)
        chosen = personer.by_id(connection, about.child_id) if about.child_id else None
        if chosen is not None and chosen.is_unborn and chosen.mother_id is not None:
            chosen = personer.by_id(connection, chosen.mother_id)
    return about, (post.subject if post else None) or "", chosen


class Lookup:
    """The questions one matching asks, each of them once."""

    def __init__(self, d: Delivery) -> None:
        self.persons = d.ports.persons
        self.journal = d.ports.journal
        self.people: dict[str, Person] = {}
        self.families: dict[str, Sequence[Relation]] = {}
        self.further: dict[str, frozenset[str]] = {}
        self.cases: dict[str, Sequence[tuple[Case, bool]]] = {}
        self._relations: dict[str, Sequence[Relation]] = {}

    def around(self, chosen: personer.Known | None) -> Found:
        """Find what is known around somebody a person has chosen."""
        person = self._of(chosen) if chosen else None
        if person is not None:
            self._with_family(person)
        return self._found(None, ())

    def through(self, about: Underretning, subject: str) -> Found:
        """Find the child through what the text says, and what is known around those likely."""
        text = f"{subject}\n{about.text}"
        sought = match.sought_in(text)
        on = danish_day(about.received_at)
        by_cpr = list(self._by_cpr(sought.cprs))
        child = match.the_child([likely(one) for one in by_cpr], sought, text, on=on)
        candidates = match.ranked(self._candidates(by_cpr, sought, on=on))
        near = [child] if child else [one.person for one in candidates[:FAMILIES]]
        for one in near:
            self._with_family(self.people[one.key])
        return self._found(child.key if child else None, candidates)

    def _found(self, child: str | None, candidates: Sequence[Candidate]) -> Found:
        return Found(child, candidates, self.people, self.families, self.further, self.cases)

    def _of(self, known: personer.Known) -> Person | None:
        person = self.persons.by_key(known.host_key) if known.host_key else None
        if person is None and known.cpr is not None:
            person = self.persons.by_cpr(known.cpr)
        return self._met(person)

    def _met(self, person: Person | None) -> Person | None:
        if person is not None:
            self.people[person.key] = person
        return person

    def _by_cpr(self, numbers: Sequence[Cpr]) -> Iterator[Person]:
        for number in numbers[:MOST_NUMBERS]:
            person = self._met(self.persons.by_cpr(number))
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
        born = sought.born[0] if sought.born else None
        address = sought.addresses[0] if sought.addresses else None
        for name in (*sought.names, *sought.perhaps)[:MOST_NAMES]:
            for person in self.persons.search(name, address=address, born=born):
                grown = likely(person).age_on(on) is not None and not likely(person).is_child_on(on)
                fit = match.fits(likely(person), sought, on=on)
                if fit.score >= match.WORTH_SHOWING and (not grown or sought.unborn):
                    self._met(person)
                    yield fit

    def _children_of(self, parent: Person, sought: Sought, *, on: date) -> Iterator[Candidate]:
        for one in self._related(parent.key):
            child = likely(one.person)
            if one.tie is Tie.CHILD and child.is_child_on(on):
                fit = match.fits(child, sought, on=on)
                score = fit.score + match.WEIGHTS[Reason.PARENT]
                if score >= match.WORTH_SHOWING:
                    self._met(one.person)
                    yield Candidate(child, score, (*fit.reasons, Reason.PARENT))

    def _related(self, key: str) -> Sequence[Relation]:
        if key not in self._relations:
            self._relations[key] = self.persons.relations(key)
        return self._relations[key]

    def _with_family(self, child: Person) -> None:
        """Fetch somebody's family, half-siblings included, and the host's cases on all of them."""
        family = {one.person.key: one for one in self._related(child.key)}
        further: set[str] = set()
        for one in tuple(family.values()):
            if one.tie not in PARENTS:
                continue
            for theirs in self._related(one.person.key):
                further.add(theirs.person.key)
                if theirs.tie is Tie.CHILD and theirs.person.key != child.key:
                    family.setdefault(theirs.person.key, Relation(Tie.SIBLING, theirs.person))
        self.families[child.key] = tuple(family.values())
        self.further[child.key] = frozenset(further - {child.key})
        for person in (child, *(one.person for one in family.values())):
            self._met(person)
            if person.cpr is not None and person.key not in self.cases:
                self.cases[person.key] = tuple(self._cases_on(person.cpr))

    def _cases_on(self, cpr: Cpr) -> Iterator[tuple[Case, bool]]:
        after: str | None = None
        for _ in range(MOST_PAGES):
            page = self.journal.find_cases(cpr, primary_only=False, after=after)
            for case in page.items:
                about = case.primary_party
                yield case, about is not None and about.cpr == cpr
            after = page.next
            if after is None:
                return


def likely(person: Person) -> Likely:
    """Return a person as matching sees them; a protected address is not matched on."""
    return Likely(
        person.key,
        person.name,
        person.cpr,
        person.born or (person.cpr.born if person.cpr else None),
        "" if person.protected_address else person.address or "",
    )

"""The host says the same as we do of who has a case, and of who the child's parents are."""

from uuid import UUID, uuid4

import sqlalchemy as sa

from dubu_plugin.ports.journal_errors import Conflict
from dubu_plugin.ports.journal_objects import CaseChange, Op, Ref
from dubu_plugin.store.tables import personer, sager, ties
from dubu_plugin.testing.installation import Installation


def opened(it: Installation, **more: str | None) -> UUID:
    """Return a case the host has opened."""
    sag = it.sag(**more)
    it.tell(sag, "open_case")
    it.deliver()
    return sag


def taken_by(it: Installation, sag: UUID, who: str) -> UUID:
    """Give a case to somebody here, and have the host told."""
    with it.store.write(actor="anne", now=it.now) as work:
        work.connection.execute(
            sa.update(sager).where(sager.c.id == sag).values(responsible=who, unit="boern-syd")
        )
    return it.tell(sag, "change_case")


def with_mother(it: Installation, sag: UUID) -> None:
    """Let the child's mother be known, at a protected address, and a sister."""
    with it.store.write(actor="anne", now=it.now) as work:
        child = work.connection.scalar(sa.select(sager.c.child_id).where(sager.c.id == sag))
        for name, cpr, tie in (
            ("Sanne Testvad", "2303881990", "mor"),
            ("Viggo Prøvesen", "0212214991", "soeskende"),
        ):
            person = uuid4()
            work.connection.execute(
                sa.insert(personer).values(
                    id=person, name=name, cpr=cpr, protected_address=True, seen_at=it.now
                )
            )
            work.connection.execute(
                sa.insert(ties).values(person_id=child, other_id=person, tie=tie)
            )


def test_the_host_learns_who_has_taken_the_case(it: Installation) -> None:
    sag = opened(it, responsible=None)
    (folder,) = it.journal.folders.values()
    assert folder.case.responsible == "bo"
    key = taken_by(it, sag, "anne")
    it.deliver()
    assert it.row(key).state == "udfoert"
    assert (folder.case.responsible, folder.case.unit) == ("anne", "boern-syd")


def test_a_case_that_changed_meanwhile_is_read_again(it: Installation) -> None:
    sag = opened(it)
    (folder,) = it.journal.folders.values()
    change, turns = it.journal.change_case, []

    def meddled(ref: Ref, what: CaseChange, *, expected: str | None, op: Op) -> object:
        turns.append(expected)
        if len(turns) == 1:
            raise Conflict("vaert", "change_case")
        return change(ref, what, expected=expected, op=op)

    it.journal.change_case = meddled  # type: ignore[method-assign, assignment]
    key = taken_by(it, sag, "bo")
    it.deliver()
    assert it.row(key).state == "udfoert"
    assert len(turns) == 2
    assert folder.case.responsible == "bo"


def test_what_is_so_already_is_not_written(it: Installation) -> None:
    sag = opened(it)
    (folder,) = it.journal.folders.values()
    before = folder.case
    it.tell(sag, "change_case")
    it.deliver()
    assert folder.case == before
    assert "change_case" not in it.journal.calls


def test_a_new_case_has_the_parents_as_parties_and_nobody_else(it: Installation) -> None:
    sag = it.sag()
    with_mother(it, sag)
    it.tell(sag, "open_case")
    it.deliver()
    (folder,) = it.journal.folders.values()
    assert [party.name for party in folder.parties] == ["Alma Testvad", "Sanne Testvad"]
    assert folder.parties[1].protected_address


def test_parents_found_later_become_parties_once(it: Installation) -> None:
    sag = opened(it)
    with_mother(it, sag)
    for _ in range(2):
        it.tell(sag, "change_case")
        it.deliver()
    (folder,) = it.journal.folders.values()
    assert [party.name for party in folder.parties] == ["Alma Testvad", "Sanne Testvad"]
    assert folder.case.primary_party is not None
    assert folder.case.primary_party.name == "Alma Testvad"


def test_a_closed_case_is_left_as_it_is(it: Installation) -> None:
    sag = opened(it)
    (folder,) = it.journal.folders.values()
    (closed,) = [one.key for one in it.journal.statuses() if one.phase == "closed"]
    it.journal.set_phase(folder.case.ref, closed, "Slut.", Op(uuid4(), "anne"))
    key = taken_by(it, sag, "bo")
    it.deliver()
    assert it.row(key).state == "udfoert"
    assert folder.case.responsible == "anne"

"""Who sees a case, and that a search sees exactly the same."""

from datetime import UTC, date, datetime

import pytest

from dubu_journal import access, addresses, cases, documents, notes, parties, search, users
from dubu_journal.host import Host
from dubu_journal.refusals import BadValue

NOW = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)
EVERYBODY = ("anne", "bo", "cecilie", "dorte")


@pytest.fixture
def case_id(host: Host) -> int:
    """A case of Anne's in Nord, with a document and a note."""
    child = addresses.NewContact("person", "Åse Testgård", cpr="1206149999")
    with host.database.writing() as connection:
        new = cases.NewCase("Tvist om hegn", "anne", subject_code="27.24.00")
        made = cases.create(connection, new, "anne", NOW)
        parties.add(connection, made, child, is_primary=True, by="anne", now=NOW)
        meta = documents.Meta("Brev fra skolen", "in", date(2026, 3, 2), "x")
        documents.put(connection, made, meta, by="anne", now=NOW)
        notes.add(connection, made, "Møde", "Skolen kom", occurred_at=NOW, by="anne", now=NOW)
    return made


def seen_by(host: Host, case_id: int) -> set[str]:
    """Return who may see the case; fail where a search says otherwise."""
    seen = set()
    with host.database.reading() as connection:
        for user in EVERYBODY:
            viewer = access.viewer(connection, user)
            assert viewer is not None
            may = access.may_see(connection, viewer, case_id)
            for typed in ("hegn", "åse", "120614-9999", "27.24.00-G01-1-26"):
                found = search.find(connection, viewer, typed, limit=5)
                assert bool(found.cases) is may, (user, typed)
            lying = search.find(connection, viewer, "skolen", limit=5)
            assert (bool(lying.documents), bool(lying.notes)) == (may, may), user
            seen |= {user} if may else set()
    return seen


def test_a_case_is_seen_in_its_unit_and_by_leaders_above(host: Host, case_id: int) -> None:
    assert seen_by(host, case_id) == {"anne", "bo", "dorte"}


def test_a_protected_case_is_for_who_works_on_it_and_leads_it(host: Host, case_id: int) -> None:
    with host.database.writing() as connection:
        cases.protect(connection, case_id, True, NOW)
    assert seen_by(host, case_id) == {"anne", "dorte"}
    with host.database.writing() as connection:
        access.add_member(connection, case_id, "cecilie")
    assert seen_by(host, case_id) == {"anne", "cecilie", "dorte"}
    with host.database.writing() as connection:
        access.remove_member(connection, case_id, "cecilie")
        cases.protect(connection, case_id, False, NOW)
    assert seen_by(host, case_id) == {"anne", "bo", "dorte"}


def test_a_case_moves_with_its_unit(host: Host, case_id: int) -> None:
    with host.database.writing() as connection:
        cases.change(connection, case_id, {"unit": "syd"}, expected=None, now=NOW)
    assert seen_by(host, case_id) == {"anne", "cecilie", "dorte"}


def test_a_new_responsible_outside_the_unit_sees_it(host: Host, case_id: int) -> None:
    with host.database.writing() as connection:
        cases.change(connection, case_id, {"responsible": "cecilie"}, expected=None, now=NOW)
    assert seen_by(host, case_id) == {"anne", "bo", "cecilie", "dorte"}


def test_a_member_of_two_units_sees_both(host: Host, case_id: int) -> None:
    with host.database.writing() as connection:
        users.join(connection, "cecilie", "nord")
    assert seen_by(host, case_id) == {"anne", "bo", "cecilie", "dorte"}


def test_a_leader_sees_what_moves_in_under_them(host: Host, case_id: int) -> None:
    with host.database.writing() as connection:
        users.lead(connection, "cecilie", "syd")
    assert seen_by(host, case_id) == {"anne", "bo", "dorte"}
    with host.database.writing() as connection:
        access.move_unit(connection, "nord", "syd")
    assert seen_by(host, case_id) == {"anne", "bo", "cecilie", "dorte"}


def test_a_unit_cannot_be_under_itself(host: Host) -> None:
    with host.database.writing() as connection, pytest.raises(BadValue):
        access.move_unit(connection, "boern", "nord")


def test_who_has_left_sees_nothing(host: Host, case_id: int) -> None:
    with host.database.writing() as connection:
        users.set_active(connection, "bo", False)
        assert access.viewer(connection, "bo") is None
        assert access.viewer(connection, "nobody") is None

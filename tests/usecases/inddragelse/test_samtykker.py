"""A consent says who, what and until when; what rests on it stops when it is withdrawn."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.inddragelse import (
    Giver,
    NotWhole,
    Samtykkeart,
    SamtykkeState,
    UdtalelseState,
    Way,
    turns,
)
from dubu_plugin.domain.netvaerk import Kreds, Myndighed, Part, Rolle
from dubu_plugin.ports.persons import Tie
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.family import netvaerk, personer
from dubu_plugin.testing.fake_ports import KAREN
from dubu_plugin.usecases.inddragelse.answer_samtykke import (
    AnsweredAlready,
    give,
    refuse,
    withdraw,
)
from dubu_plugin.usecases.inddragelse.parties import PartiesChanged, child_party, parties

from .desk import SCHOOL, Desk


def wrong(desk: Desk, **more: object) -> set[str]:
    with pytest.raises(NotWhole) as no:
        desk.asked(**more)
    return set(no.value.fields)


def test_paragraf_11_a_asks_who_for_what_and_from_whom(desk: Desk) -> None:
    assert wrong(desk, purpose=" ", sources=()) == {"formaal", "kilder"}


def test_a_consent_holds_a_year_at_most_and_that_is_what_it_is_given(desk: Desk) -> None:
    (key,) = desk.asked()
    assert desk.samtykke(key).asked.ends == date(2027, 6, 10)
    assert wrong(desk, ends=date(2027, 6, 11)) == {"til"}
    assert wrong(desk, ends=date(2026, 6, 10)) == {"til"}


def test_a_consent_to_an_indsats_names_no_source(desk: Desk) -> None:
    (key,) = desk.asked(kind=Samtykkeart.INDSATS, sources=())
    assert desk.samtykke(key).state is SamtykkeState.SPURGT


def test_each_parent_gets_a_letter_of_their_own_with_nothing_of_the_other(desk: Desk) -> None:
    desk.asked(desk.mother, desk.father)
    mothers, fathers = desk.letters("samtykke")
    if mothers["til"].startswith("Michael"):
        mothers, fathers = fathers, mothers
    assert "Michael" not in str(mothers)
    assert "Sanne" not in str(fathers)
    assert "Skjultvej" not in str(mothers) + str(fathers), "a protected address was printed"
    assert fathers["til"] == "Michael Prøvesen\nDemoallé 3\n9999 Prøvestrup"


def test_somebody_with_custody_who_is_not_in_the_address_book_can_be_asked(desk: Desk) -> None:
    keys = desk.asked(desk.mother, other="Bodil Demosen")
    assert desk.samtykke(keys[1]).asked.giver_name == "Bodil Demosen"


def test_nobody_else_on_the_case_is_asked(desk: Desk) -> None:
    stranger = desk.town.person("Prøve Fremmed", born=date(1970, 2, 3))
    with pytest.raises(PartiesChanged):
        desk.asked(stranger)
    with pytest.raises(NotYours):
        desk.asked(uuid4())


def test_from_15_the_young_person_is_asked_too_and_not_before(desk: Desk) -> None:
    def roles() -> list[Giver]:
        with desk.town.product.store.read() as connection:
            return [one.role for one in parties(connection, desk.child, desk.town.now.date())]

    assert roles() == [Giver.FORAELDER, Giver.FORAELDER]
    desk.town.now = datetime(2031, 12, 3, 8, tzinfo=UTC)
    assert roles() == [Giver.FORAELDER, Giver.FORAELDER, Giver.UNG]


def test_a_child_is_written_to_from_10(desk: Desk) -> None:
    with desk.town.product.store.read() as connection:
        assert child_party(connection, desk.child, date(2026, 12, 2)) is None
        assert child_party(connection, desk.child, date(2026, 12, 3)) is not None


def test_somebody_who_turns_10_and_15_between_two_days_is_told_apart() -> None:
    born = date(2016, 12, 3)
    assert turns(born, date(2026, 12, 2), date(2026, 12, 3)) == [10]
    assert turns(born, date(2026, 12, 3), date(2031, 12, 2)) == []
    assert turns(born, date(2020, 1, 2), date(2031, 12, 3)) == [10, 15]


def test_given_it_holds_until_its_last_day_and_has_then_run_out(desk: Desk) -> None:
    (key,) = desk.consented()
    held = desk.samtykke(key)
    assert held.holds(date(2027, 6, 10))
    assert not held.holds(date(2027, 6, 11))
    assert held.has_run_out(date(2027, 6, 11))
    assert desk.happened(H.SAMTYKKE_GIVET) == [
        {"art": "indhente", "giver": "foraelder", "samtykke": str(key)}
    ]


def test_refused_it_says_why_it_is_asked_without(desk: Desk) -> None:
    (key,) = desk.asked()
    refuse(desk.sag, key, "Det rager ikke skolen.", "Skolen ser Alma hver dag.", **desk.act())
    found = desk.samtykke(key)
    assert found.state is SamtykkeState.AFSLAAET
    assert (found.said, found.without_reason) == (
        "Det rager ikke skolen.", "Skolen ser Alma hver dag.",
    )  # fmt: skip
    give(desk.sag, key, Way.MUNDTLIGT, **desk.act())
    assert desk.samtykke(key).state is SamtykkeState.GIVET


def test_an_answer_is_noted_once_and_never_for_a_day_to_come(desk: Desk) -> None:
    (key,) = desk.asked()
    with pytest.raises(AnsweredAlready):
        withdraw(desk.sag, key, **desk.act())
    with pytest.raises(NotWhole):
        give(desk.sag, key, Way.PAPIR, desk.town.now + timedelta(days=1), **desk.act())
    give(desk.sag, key, Way.PAPIR, **desk.act())
    with pytest.raises(AnsweredAlready):
        give(desk.sag, key, Way.PAPIR, **desk.act())


def test_withdrawn_it_stops_the_requests_that_rest_on_it_and_no_others(desk: Desk) -> None:
    desk.consented(desk.mother, desk.father)
    rests = desk.udtalelse(desk.requested()[0])
    assert rests.asked.samtykke is not None
    stopped = withdraw(desk.sag, rests.asked.samtykke, "Vi vil ikke mere.", **desk.act())
    assert [one.id for one in stopped] == [rests.id]
    assert desk.udtalelse(rests.id).state is UdtalelseState.STANDSET


def test_when_one_parent_has_said_no_a_request_cannot_rest_on_the_others_yes(desk: Desk) -> None:
    yes, no = desk.asked(desk.mother, desk.father)
    give(desk.sag, yes, Way.PAPIR, **desk.act())
    refuse(desk.sag, no, "Nej.", **desk.act())
    with pytest.raises(NotWhole) as found:
        desk.requested(SCHOOL)
    assert set(found.value.fields) == {"grundlag"}


def test_when_the_child_is_15_a_request_rests_on_the_young_persons_yes_too(desk: Desk) -> None:
    desk.town.now = datetime(2031, 12, 1, 8, tzinfo=UTC)
    desk.consented()
    (before,) = desk.requested()
    desk.days_later(3)
    with pytest.raises(NotWhole):
        desk.requested()
    desk.consented(desk.child)
    desk.requested()
    assert desk.udtalelse(before).is_open


def test_a_request_stops_whoever_of_those_who_must_consent_withdraws(desk: Desk) -> None:
    keys = desk.consented(desk.mother, desk.father)
    (asked,) = desk.requested()
    (other,) = {*keys} - {desk.udtalelse(asked).asked.samtykke}
    assert [one.id for one in withdraw(desk.sag, other, **desk.act())] == [asked]
    assert desk.udtalelse(asked).state is UdtalelseState.STANDSET


def test_a_young_person_who_withdraws_stops_what_rests_on_a_parents_yes(desk: Desk) -> None:
    desk.town.now = datetime(2032, 12, 1, 8, tzinfo=UTC)
    (own,) = desk.consented(desk.child)
    desk.days_later(1)
    (mothers,) = desk.consented(desk.mother)
    (asked,) = desk.requested()
    assert desk.udtalelse(asked).asked.samtykke == mothers
    withdraw(desk.sag, own, **desk.act())
    assert desk.udtalelse(asked).state is UdtalelseState.STANDSET


def test_a_withdrawal_stops_nothing_that_another_consent_of_theirs_carries(desk: Desk) -> None:
    (before,) = desk.consented()
    desk.days_later(1)
    desk.consented()
    (asked,) = desk.requested()
    assert withdraw(desk.sag, before, **desk.act()) == []
    assert desk.udtalelse(asked).state is UdtalelseState.SPURGT


@pytest.mark.parametrize("kind", [Samtykkeart.INDHENTE, Samtykkeart.VIDEREGIVE])
def test_who_withdrew_is_not_passed_over_when_they_are_asked_for_something_else(
    desk: Desk, kind: Samtykkeart
) -> None:
    (hers,) = desk.consented(desk.mother)
    desk.consented(desk.father)
    desk.days_later(1)
    (other,) = desk.asked(desk.mother, kind=kind)
    if kind is Samtykkeart.VIDEREGIVE:
        give(desk.sag, other, Way.PAPIR, **desk.act())
    withdraw(desk.sag, hers, **desk.act())
    with pytest.raises(NotWhole) as no:
        desk.requested()
    assert set(no.value.fields) == {"grundlag"}
    desk.days_later(1)
    desk.consented(desk.mother)
    assert desk.requested()


def test_who_takes_back_that_we_may_tell_others_has_said_nothing_of_what_we_may_ask(
    desk: Desk,
) -> None:
    desk.consented(desk.mother)
    desk.days_later(1)
    (tell,) = desk.consented(desk.mother, kind=Samtykkeart.VIDEREGIVE)
    withdraw(desk.sag, tell, **desk.act())
    assert desk.requested()


def test_from_18_the_young_persons_own_consent_is_enough(desk: Desk) -> None:
    desk.town.now = datetime(2034, 12, 1, 8, tzinfo=UTC)
    with desk.town.product.store.write(actor=KAREN, now=desk.town.now) as work:
        for parent, role in ((desk.mother, Rolle.MOR), (desk.father, Rolle.FAR)):
            part = Part(role=role, circle=Kreds.PRIMAER, custody=Myndighed.DEL)
            netvaerk.begin(work.connection, desk.child, parent, part, by=KAREN, now=desk.town.now)
    (no,) = desk.asked(desk.mother)
    refuse(desk.sag, no, "Nej.", **desk.act())
    desk.town.now = datetime(2034, 12, 3, 8, tzinfo=UTC)
    (own,) = desk.consented(desk.child)
    (asked,) = desk.requested()
    assert desk.udtalelse(asked).asked.samtykke == own


def test_after_an_adoption_the_former_parents_consents_carry_nothing(desk: Desk) -> None:
    desk.consented(desk.mother, desk.father)
    new = desk.town.person("Tove Demosen", address="Adoptivvej 3, 9999 Prøvestrup")
    with desk.town.product.store.write(actor="system", now=desk.town.now) as work:
        personer.keep_ties(work.connection, desk.child, [(new, Tie.MOTHER)])
    with pytest.raises(NotWhole) as no:
        desk.requested()
    assert set(no.value.fields) == {"grundlag"}
    desk.consented(new)
    assert desk.requested()

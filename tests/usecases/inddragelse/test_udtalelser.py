"""A school, a day care or a doctor is asked on a basis, by a day, and what comes is a source."""

from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from dubu_plugin.documents.fill import render
from dubu_plugin.documents.reading import text
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.inddragelse import Grundlag, NotWhole, UdtalelseState
from dubu_plugin.ports.persons import Tie
from dubu_plugin.store.family import personer
from dubu_plugin.store.inddragelse import udtalelser
from dubu_plugin.store.tables import erindringer, ventegrunde
from dubu_plugin.testing.fake_ports import METTE
from dubu_plugin.usecases.inddragelse.answer_samtykke import withdraw
from dubu_plugin.usecases.inddragelse.ask_udtalelser import Recipient
from dubu_plugin.usecases.inddragelse.follow_udtalelse import (
    Came,
    ConsentIsOver,
    EndedAlready,
    ReceivedByAnother,
    ask_on_without,
    chase,
    give_up,
    receive,
)
from dubu_plugin.usecases.inddragelse.parties import PartiesChanged
from dubu_plugin.usecases.sag.close_case import close_case

from .desk import SCHOOL, Desk

HEALTH = Recipient("sundhedspleje", "Prøvestrup Sundhedspleje", electronic="sund@x.example")
WITHOUT = {"basis": Grundlag.UDEN_SAMTYKKE, "basis_reason": "Forældrene svarer ikke."}


def wrong(desk: Desk, *recipients: Recipient, **more: object) -> set[str]:
    with pytest.raises(NotWhole) as no:
        desk.requested(*recipients, **more)
    return set(no.value.fields)


def test_paragraf_11_a_refuses_a_request_no_consent_covers(desk: Desk) -> None:
    assert wrong(desk) == {"grundlag"}
    desk.consented(sources=("laege",))
    assert wrong(desk) == {"grundlag"}
    desk.consented()
    assert desk.requested()


def test_paragraf_11_c_asks_why_it_is_necessary_without_consent(desk: Desk) -> None:
    assert wrong(desk, basis=Grundlag.UDEN_SAMTYKKE) == {"grundlag_grund"}
    assert desk.requested(**WITHOUT)


def test_paragraf_11_c_stk_2_a_private_source_is_told_that_it_need_not_answer(desk: Desk) -> None:
    club = Recipient("andre", "Prøvestrup Boldklub")
    desk.requested(SCHOOL, club, **WITHOUT)
    told = {one["til"].split("\n")[0]: one["udtalelse.frivilligt"] for one in desk.letters()}
    assert told == {"Prøvestrup Skole": False, "Prøvestrup Boldklub": True}


def test_a_consent_that_has_run_out_carries_nothing(desk: Desk) -> None:
    desk.consented()
    desk.days_later(366)
    assert wrong(desk) == {"grundlag"}


def test_several_are_asked_at_once_or_none(desk: Desk) -> None:
    desk.consented()
    assert wrong(desk, SCHOOL, Recipient("dagtilbud", "")) == {"modtagere", "grundlag"}
    assert desk.letters("udtalelse_anmodning") == []
    assert len(desk.requested(SCHOOL, HEALTH)) == 2
    assert len(desk.happened(H.UDTALELSE_BEDT_OM)) == 2


def test_an_answer_is_asked_for_within_14_days_and_the_letter_says_so(desk: Desk) -> None:
    desk.consented()
    (key,) = desk.requested()
    assert desk.udtalelse(key).asked.due == date(2026, 6, 25)
    (letter,) = desk.letters("udtalelse_anmodning")
    assert "25." in letter["udtalelse.frist"]
    assert len(letter["udtalelse.overskrifter"]) == 10
    assert "Skjultvej" not in str(letter)


def test_only_the_dimensions_that_are_asked_about_stand_in_the_letter(desk: Desk) -> None:
    desk.requested(headings=("sundhedsforhold",), **WITHOUT)
    (letter,) = desk.letters("udtalelse_anmodning")
    assert [one["titel"] for one in letter["udtalelse.overskrifter"]] == ["Sundhedsforhold."]


def test_the_day_an_answer_is_to_come_lies_ahead(desk: Desk) -> None:
    assert wrong(desk, due=date(2026, 6, 11), **WITHOUT) == {"frist"}


def decided(desk: Desk) -> None:
    desk.town.happened(
        H.UNDERSOEGELSE_BESLUTTET, sag=desk.sag, person=desk.child,
        data={"undersoegelse": "barnet", "kendskab": "2026-06-11"},
    )  # fmt: skip


def test_the_deadline_it_is_for_waits_until_it_comes(desk: Desk) -> None:
    decided(desk)
    (key,) = desk.requested(**WITHOUT)
    open_waits = sa.select(ventegrunde.c.what, ventegrunde.c.asked_of, ventegrunde.c.expected_at
                           ).where(ventegrunde.c.ended_at.is_(None))  # fmt: skip
    assert [tuple(one) for one in desk.rows(open_waits)] == [
        ("skoleudtalelse", "Prøvestrup Skole", date(2026, 6, 25))
    ]
    receive(desk.sag, key, Came(said={"": "Alma trives."}), 2, **desk.act())
    assert desk.rows(open_waits) == []


def test_who_asked_is_reminded_the_day_after_and_not_when_it_has_come(desk: Desk) -> None:
    (key,) = desk.requested(**WITHOUT)
    one = sa.select(erindringer.c.day, erindringer.c.employee, erindringer.c.state)
    assert [tuple(row) for row in desk.rows(one)] == [(date(2026, 6, 26), "karen", "aaben")]
    receive(desk.sag, key, Came(document_key="7", document_title="Udtalelse"), 2, **desk.act())
    assert [row.state for row in desk.rows(one)] == ["udfoert"]


def test_chased_it_gets_a_second_letter_and_a_week_more(desk: Desk) -> None:
    decided(desk)
    (key,) = desk.requested(**WITHOUT)
    desk.days_later(18)
    assert desk.udtalelse(key).is_overdue(date(2026, 6, 29))
    assert chase(desk.sag, key, **desk.act()) == date(2026, 7, 6)
    found = desk.udtalelse(key)
    assert (found.chased, found.is_overdue(date(2026, 6, 29))) == (1, False)
    first, second = desk.letters("udtalelse_anmodning")
    assert (first["udtalelse.rykker"], second["udtalelse.rykker"]) == (False, True)
    states = desk.rows(sa.select(erindringer.c.state).order_by(erindringer.c.day))
    assert [row.state for row in states] == ["udfoert", "aaben"]


def test_what_comes_lands_under_its_dimensions_and_is_a_source(desk: Desk) -> None:
    skrift = desk.begin()
    (key,) = desk.requested(headings=("sundhedsforhold", "udvikling_adfaerd"), **WITHOUT)
    said = {"sundhedsforhold": "Træt om morgenen.\x00", "": "Vi ringer gerne."}
    receive(desk.sag, key, Came(said=said), 2, **desk.act())
    assert desk.sources(skrift) == ["Skole: Prøvestrup Skole"]
    with desk.town.product.store.read() as connection:
        under = {
            dimension: [text for _, text in udtalelser.under(connection, desk.sag, dimension)]
            for dimension in ("sundhedsforhold", "udvikling_adfaerd", "socialt_netvaerk")
        }
    assert under == {
        "sundhedsforhold": ["Træt om morgenen."], "udvikling_adfaerd": [""], "socialt_netvaerk": [],
    }  # fmt: skip


def test_received_it_is_a_document_or_a_text_and_no_day_ahead(desk: Desk) -> None:
    (key,) = desk.requested(**WITHOUT)
    with pytest.raises(NotWhole) as no:
        receive(desk.sag, key, Came(on=date(2026, 6, 12)), 2, **desk.act())
    assert set(no.value.fields) == {"dokument", "modtaget"}


def test_of_two_who_write_it_in_the_second_is_told(desk: Desk) -> None:
    (key,) = desk.requested(**WITHOUT)
    receive(desk.sag, key, Came(said={"": "Først."}), 2, **desk.act())
    with pytest.raises(ReceivedByAnother):
        receive(desk.sag, key, Came(said={"": "Sidst."}), 2, **desk.act(METTE))
    receive(desk.sag, key, Came(said={"": "Først og sidst."}), 3, **desk.act(METTE))
    assert len(desk.happened(H.UDTALELSE_MODTAGET)) == 1


def test_given_up_it_says_why_and_nobody_waits(desk: Desk) -> None:
    (key,) = desk.requested(**WITHOUT)
    with pytest.raises(NotWhole):
        give_up(desk.sag, key, " ", **desk.act())
    give_up(desk.sag, key, "Skolen kender ikke Alma.", **desk.act())
    assert desk.udtalelse(key).state is UdtalelseState.OPGIVET
    with pytest.raises(EndedAlready):
        chase(desk.sag, key, **desk.act())


def test_stopped_with_its_consent_it_goes_on_only_on_paragraf_11_c(desk: Desk) -> None:
    (consent,) = desk.consented()
    (key,) = desk.requested()
    withdraw(desk.sag, consent, **desk.act())
    with pytest.raises(EndedAlready):
        chase(desk.sag, key, **desk.act())
    with pytest.raises(NotWhole):
        ask_on_without(desk.sag, key, "", **desk.act())
    ask_on_without(desk.sag, key, "Uden skolens ord kan der ikke vurderes.", **desk.act())
    found = desk.udtalelse(key)
    assert (found.state, found.asked.basis, found.asked.samtykke) == (
        UdtalelseState.SPURGT, Grundlag.UDEN_SAMTYKKE, None,
    )  # fmt: skip


def test_a_request_from_before_the_child_was_15_is_chased_like_any_other(desk: Desk) -> None:
    desk.town.now = datetime(2031, 11, 20, 8, tzinfo=UTC)
    desk.consented()
    (key,) = desk.requested()
    desk.town.now = datetime(2031, 12, 8, 8, tzinfo=UTC)
    chase(desk.sag, key, **desk.act())
    assert desk.udtalelse(key).chased == 1


def test_paragraf_12_each_of_the_family_is_told_who_is_asked_in_a_letter_of_their_own(
    desk: Desk,
) -> None:
    desk.requested(SCHOOL, HEALTH, told=(desk.mother, desk.father), **WITHOUT)
    told = desk.letters("besked_indhentning")
    assert sorted(one["modtager.navn"] for one in told) == ["Michael Prøvesen", "Sanne Testvad"]
    for letter in told:
        assert [one["navn"] for one in letter["udtalelse.steder"]] == [
            "Prøvestrup Skole", "Prøvestrup Sundhedspleje",
        ]  # fmt: skip
        assert "Skjultvej" not in str(letter), "a protected address was printed"
        assert ("Sanne" in str(letter)) != ("Michael" in str(letter))


def test_a_young_person_is_told_of_themselves(desk: Desk) -> None:
    desk.town.now = datetime(2031, 12, 8, 8, tzinfo=UTC)
    desk.requested(SCHOOL, told=(desk.child, desk.father), **WITHOUT)
    read = {}
    for values in desk.letters("besked_indhentning"):
        del values["til"], values["kode"]
        letter = desk.town.product.letters["besked_indhentning"]
        read[values["modtager.navn"]] = text(render(letter, values))
    assert "Vi har bedt om oplysninger om dig" in read["Alma Testvad"]
    assert "Hej Alma\n" in read["Alma Testvad"]
    assert "hvordan du har det" in read["Alma Testvad"]
    assert "om Alma Testvad" in read["Michael Prøvesen"]
    assert "hvordan Alma Testvad har det" in read["Michael Prøvesen"]


def test_nobody_outside_the_family_is_told_and_then_nothing_is_asked(desk: Desk) -> None:
    stranger = desk.town.person("Prøve Fremmed", born=date(1970, 2, 3))
    with pytest.raises(PartiesChanged):
        desk.requested(told=(stranger,), **WITHOUT)
    assert desk.letters() == []


def test_who_notified_by_name_and_who_was_asked_before_is_suggested(desk: Desk) -> None:
    desk.town.underretning("x", child=desk.child, sag=desk.sag, organisation="Prøveklubben")
    desk.town.underretning("y", child=desk.child, sag=desk.sag, organisation="Hemmelig Klub",
                           anonymous=True)  # fmt: skip
    desk.requested(**WITHOUT)
    with desk.town.product.store.read() as connection:
        assert udtalelser.places(connection, desk.sag) == ["Prøveklubben", "Prøvestrup Skole"]


def test_paragraf_11_a_nobody_is_chased_on_a_consent_that_has_run_out(desk: Desk) -> None:
    desk.consented(ends=date(2026, 6, 26))
    (key,) = desk.requested()
    desk.days_later(20)
    with pytest.raises(ConsentIsOver):
        chase(desk.sag, key, **desk.act())
    assert desk.udtalelse(key).chased == 0


def test_what_has_not_come_is_waited_for_no_longer_when_the_case_closes(desk: Desk) -> None:
    came, late = desk.requested(SCHOOL, HEALTH, **WITHOUT)
    answer = Came(said={"": "Alt går godt."})
    receive(desk.sag, came, answer, desk.udtalelse(came).version, **desk.act())
    close_case(desk.sag, "Familien er flyttet.", **desk.act())
    assert desk.udtalelse(came).state is UdtalelseState.MODTAGET, "what came stays as it is"
    ended = desk.udtalelse(late)
    assert (ended.state, ended.ended_reason) == (UdtalelseState.OPGIVET, "Sagen er lukket.")
    assert desk.rows(sa.select(ventegrunde.c.id).where(ventegrunde.c.ended_at.is_(None))) == []
    assert desk.rows(sa.select(erindringer.c.id).where(erindringer.c.state == "aaben")) == []
    assert len(desk.happened(H.UDTALELSE_OPGIVET)) == 1


def test_paragraf_11_a_nobody_is_chased_on_a_former_parents_consent(desk: Desk) -> None:
    desk.consented(desk.mother, desk.father)
    (key,) = desk.requested()
    new = desk.town.person("Tove Demosen", address="Adoptivvej 3, 9999 Prøvestrup")
    with desk.town.product.store.write(actor="system", now=desk.town.now) as work:
        personer.keep_ties(work.connection, desk.child, [(new, Tie.MOTHER)])
    with pytest.raises(ConsentIsOver):
        chase(desk.sag, key, **desk.act())
    desk.consented(new)
    chase(desk.sag, key, **desk.act())
    assert desk.udtalelse(key).chased == 1


def test_paragraf_11_a_from_18_what_rests_on_a_parents_consent_rests_on_the_young_persons(
    desk: Desk,
) -> None:
    desk.town.now = datetime(2034, 12, 1, 8, tzinfo=UTC)
    desk.consented(desk.child)
    desk.days_later(1)
    (mothers,) = desk.consented(desk.mother)
    (key,) = desk.requested()
    assert desk.udtalelse(key).asked.samtykke == mothers
    desk.days_later(5)
    chase(desk.sag, key, **desk.act())
    assert desk.udtalelse(key).chased == 1, "the young person has consented too"

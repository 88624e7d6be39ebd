"""Retssikkerhedsloven § 3, stk. 2: the applicant is told in writing when the answer comes."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.store.tables import letters, underretninger
from dubu_plugin.store.underretning import underretninger as stored
from dubu_plugin.testing import made_post
from dubu_plugin.testing.fake_ports import KAREN
from dubu_plugin.testing.reception import Reception
from dubu_plugin.usecases.dokument.sent_on_paper import sent_on_paper
from dubu_plugin.usecases.svarfrist.choose_area import choose_area
from dubu_plugin.usecases.svarfrist.tell_when import (
    AnsweredAlready,
    Given,
    OnItsWay,
    WhenRefused,
    recipients,
    tell_when,
)

from .conftest import days, put_in

EIGHT_WEEKS = date(2026, 4, 27)
NEW_DAY = date(2026, 6, 1)
TEXT = "Jeg søger tabt arbejdsfortjeneste til Alma Testvad, CPR 031216-4990. Sanne Testvad"


@pytest.fixture
def number(reception: Reception) -> UUID:
    """An application about a child of the address book, on its case."""
    found = reception.registered(made_post.eml(TEXT, subject="Ansøgning"))
    reception.deliver()
    assert reception.about(found).sag_id is not None
    return found


def to(reception: Reception, number: UUID) -> list[tuple[str, str]]:
    with reception.product.store.read() as connection:
        about = stored.by_id(connection, number)
        assert about is not None
        found = recipients(connection, about, reception.now)
    return [(one.key, one.words) for one in found]


def order(reception: Reception, number: UUID, day: date | None = NEW_DAY, **more: str) -> UUID:
    first = to(reception, number)[0][0]
    given = Given(day, more.get("why", "Vi mangler lægens svar."), more.get("to", first))
    return tell_when(number, given, **reception.by(KAREN))


def post(reception: Reception, letter: UUID) -> None:
    reception.deliver()
    with reception.product.store.write(actor=KAREN, now=reception.now) as work:
        sent_on_paper(work, letter, letters=reception.product.letters)


def test_the_letter_is_filed_and_the_day_stands_when_it_is_sent(
    reception: Reception, number: UUID
) -> None:
    letter = order(reception, number)
    assert days(reception, number) == [("aaben", EIGHT_WEEKS)], "nobody has been told yet"
    post(reception, letter)
    assert days(reception, number) == [("aaben", NEW_DAY), ("afloest", EIGHT_WEEKS)]
    [row] = reception.rows(letters, code="svarfrist")
    assert (row.state, row.document_key is not None) == ("sendt", True)
    assert "svarfrist_meddelt" in reception.happened(number)
    assert "Vi mangler lægens svar." in row.values


def test_a_day_that_is_told_stands_whatever_becomes_of_the_areas_time(
    reception: Reception, number: UUID
) -> None:
    post(reception, order(reception, number))
    assert put_in(reception) == 0
    choose_area(number, "ledsagelse", **reception.by())
    assert ("aaben", NEW_DAY) in days(reception, number)


def test_a_letter_that_is_sent_after_the_answer_opens_no_clock(
    reception: Reception, number: UUID
) -> None:
    letter = order(reception, number)
    reception.deliver()
    with reception.product.store.write(actor=KAREN, now=reception.now) as work:
        work.happened(Haendelse.ANSOEGNING_AFGJORT, underretning=number)
    post(reception, letter)
    assert days(reception, number) == [("opfyldt", EIGHT_WEEKS)]
    with pytest.raises(AnsweredAlready):
        order(reception, number)


def test_a_second_letter_waits_for_the_first(reception: Reception, number: UUID) -> None:
    letter = order(reception, number)
    with pytest.raises(OnItsWay):
        order(reception, number, NEW_DAY + timedelta(days=7))
    post(reception, letter)
    again = order(reception, number, NEW_DAY + timedelta(days=7))
    post(reception, again)
    assert ("aaben", NEW_DAY + timedelta(days=7)) in days(reception, number)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (Given(None, "Fordi", ""), "til"),
        (Given(None, "Fordi", "første"), "dag"),
        (Given(date(2026, 3, 2), "Fordi", "første"), "dag"),
        (Given(EIGHT_WEEKS, "Fordi", "første"), "dag"),
        (Given(date(2027, 6, 1), "Fordi", "første"), "dag"),
        (Given(NEW_DAY, "  ", "første"), "hvorfor"),
        (Given(NEW_DAY, "x" * 2001, "første"), "hvorfor"),
    ],
)
def test_what_the_letter_cannot_say_is_refused_at_its_field(
    reception: Reception, number: UUID, given: Given, field: str
) -> None:
    first = to(reception, number)[0][0]
    whole = Given(given.day, given.why, first if given.to else "")
    with pytest.raises(WhenRefused) as no:
        tell_when(number, whole, **reception.by())
    assert no.value.field == field
    assert reception.rows(letters, code="svarfrist") == []


def test_it_is_written_to_a_parent_or_the_applicant_with_a_street_and_never_by_mail(
    reception: Reception, number: UUID
) -> None:
    assert any("Sanne Testvad" in words for _, words in to(reception, number))
    assert all(key != "ansoegeren" for key, _ in to(reception, number)), "only a mail address"
    with reception.product.store.write(actor=KAREN, now=reception.now) as work:
        work.connection.execute(
            underretninger.update().values(
                notifier_name="Ole Testvad",
                notifier_organisation=None,
                notifier_address="Prøvevej 3, 9999 Prøvestrup",
            )
        )
    assert to(reception, number)[0] == ("ansoegeren", "Ole Testvad, som i ansøgningen")
    order(reception, number)
    [row] = reception.rows(letters, code="svarfrist")
    assert (row.recipient, row.address) == ("Ole Testvad\nPrøvevej 3\n9999 Prøvestrup", None)

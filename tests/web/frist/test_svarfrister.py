"""The answering times of the municipality, and what an application's page says of its own."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa

from dubu_plugin.store.tables import frister, letters, sager, underretninger
from dubu_plugin.testing import made_post
from dubu_plugin.testing.fake_ports import ADAM, KAREN
from dubu_plugin.testing.ordinary_day import Day
from tests.usecases.afgoerelse.bench import hidden_place
from tests.web.conftest import Asking

URL = "/dubu/svarfrister"
NEW = {"handling": "gem", "omraade": "sel_90", "antal": "4", "enhed": "weeks",
       "fra": "2026-01-01", "til": "", "kilde": "proevestrup.example/frister"}  # fmt: skip
TEXT = "Ansøgning om aflastning til vores søn. Han har autisme."
WHEN = {"handling": "send", "dag": "2026-06-01", "hvorfor": "Vi mangler lægens svar."}


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.fixture
def application(day: Day, asking: Asking) -> UUID:
    files = {"filer": ("mail.eml", made_post.eml(TEXT, subject="Ansøgning"), "message/rfc822")}
    asking().post("/dubu/indgang", files=files)
    return newest(day)


def newest(day: Day) -> UUID:
    with day.town.product.store.read() as connection:
        number = connection.scalar(
            sa.select(underretninger.c.id).where(
                underretninger.c.henvendelse == "ansoegning", underretninger.c.child_id.is_(None)
            )
        )
    assert number is not None
    return UUID(str(number))


def shown(asking: Asking, number: UUID, who: str = KAREN) -> str:
    return plain(asking(who).get(f"/dubu/indgang/{number}").text)


@pytest.fixture
def emil(day: Day, application: UUID) -> UUID:
    """The case the application lies on: of a child with a mother."""
    child = day.town.person("Emil Testdal", born=day.town.now.date() - timedelta(days=8 * 366))
    mother = day.town.person("Mona Testdal", address="Testvej 1, 9999 Prøvestrup")
    day.town.tie(child, mother, "mor", "barn")
    sag = day.town.sag(child)
    with day.town.product.store.write(actor=KAREN, now=day.town.now) as work:
        values = {"child_id": child, "sag_id": sag, "child_state": "fundet"}
        one = underretninger.c.id == application
        work.connection.execute(sa.update(underretninger).where(one).values(values))
        one = frister.c.underretning_id == application
        values = {"sag_id": sag, "person_id": child, "responsible": KAREN}
        work.connection.execute(sa.update(frister).where(one).values(values))
    return sag


def test_the_page_of_an_application_says_by_when_it_is_answered_and_what_that_counts_from(
    day: Day, asking: Asking, application: UUID
) -> None:
    page = shown(asking, application)
    assert "Svar senest mandag 27. april 2026" in page
    assert "8 uger fra 2. marts 2026, da ansøgningen kom. Kommunen har ingen egen frist" in page
    assert asking(ADAM).post(URL, NEW).status_code == 303
    page = shown(asking, application)
    assert "Svar senest mandag 30. marts 2026" in page
    assert "4 uger fra 2. marts 2026, da ansøgningen kom: kommunens frist for Hjælp efter" in page
    assert "Før var fristen 27. april 2026." in page


def test_another_area_is_chosen_on_the_page_and_one_that_is_none_is_refused(
    day: Day, asking: Asking, application: UUID
) -> None:
    asking(ADAM).post(URL, NEW)
    address = f"/dubu/indgang/{application}/omraade"
    assert asking().post(address, {"omraade": "tabt"}).status_code == 303
    assert "Svar senest mandag 27. april 2026" in shown(asking, application)
    refused = asking().post(address, {"omraade": "x"})
    assert "Vælg, hvad der søges om, på listen." in refused.text, refused.status_code


def test_a_day_that_is_passed_is_said_with_how_much(
    day: Day, asking: Asking, application: UUID
) -> None:
    day.town.now += timedelta(weeks=9)
    page = shown(asking, application)
    assert "(overskredet med 7 dage)" in page
    queue = plain(asking().get("/dubu/indgang").text)
    assert "7 dage over fristen" in queue
    assert "svar senest 27. april" in queue


def test_an_application_stands_in_the_queue_by_its_day(
    day: Day, asking: Asking, application: UUID
) -> None:
    queue = plain(asking().get("/dubu/indgang").text)
    assert "56 dage tilbage" in queue
    assert "Ikke 24 timer" not in queue


def test_the_letter_is_seen_and_sent_and_its_day_stands_when_it_is_in_the_post(
    day: Day, asking: Asking, application: UUID, emil: UUID
) -> None:
    where = f"/dubu/indgang/{application}"
    assert f'href="{where}/svarfrist"' in shown(asking, application)
    form = asking().get(f"{where}/svarfrist").text
    to = re.search(r'<option value="([0-9a-f-]{36})"[^>]*>[^<]*mor', form)
    assert to is not None
    sent = {**WHEN, "til": to[1]}
    paper = plain(asking().post(f"{where}/svarfrist", {**sent, "handling": "vis"}).text)
    assert "Du får svar senest 1. juni 2026" in paper
    assert "Vi mangler lægens svar." in paper
    assert asking().post(f"{where}/svarfrist", sent).status_code == 303
    page = shown(asking, application)
    assert re.search(r"kommer senest 1\. juni 2026 <span[^>]*>er på vej", page)
    assert "Svar senest mandag 27. april 2026" in page
    again = asking().post(f"{where}/svarfrist", sent)
    assert again.status_code == 422
    assert "Der ligger allerede et brev om det" in again.text
    with day.town.product.store.write(actor=KAREN, now=day.town.now) as work:
        one = letters.c.code == "svarfrist"
        work.connection.execute(sa.update(letters).where(one).values(state="til_print"))
    posted = re.search(rf'action="({where}/brev/[0-9a-f-]+/sendt)"', shown(asking, application))
    assert posted is not None
    assert asking().post(posted[1]).status_code == 303
    page = shown(asking, application)
    assert "Svar senest mandag 1. juni 2026" in page
    assert "Den dag er skrevet til ansøgeren i brevet, der blev sendt 2. marts 2026." in page
    assert "Før var fristen 27. april 2026." in page


def test_before_the_child_is_chosen_nobody_is_known_to_write_to(
    day: Day, asking: Asking, application: UUID
) -> None:
    page = asking().get(f"/dubu/indgang/{application}/svarfrist").text
    assert "Vælg først barnet" in page
    assert 'name="hvorfor"' not in page


def test_what_the_letter_cannot_say_is_told_at_its_field_and_what_was_typed_stays(
    day: Day, asking: Asking, application: UUID, emil: UUID
) -> None:
    where = f"/dubu/indgang/{application}/svarfrist"
    answer = asking().post(where, {**WHEN, "dag": "2026-03-01", "til": ""})
    assert answer.status_code == 422
    assert "Vælg, hvem der skal have brevet." in answer.text
    assert "Vi mangler lægens svar." in answer.text


def test_an_overdue_application_leads_to_the_letter_from_min_dag_and_from_the_case(
    day: Day, asking: Asking, application: UUID, emil: UUID
) -> None:
    day.town.now += timedelta(weeks=9)
    link = f'href="/dubu/indgang/{application}/svarfrist"'
    assert link in asking().get(f"/dubu/sag/{emil}").text
    assert link in asking().get("/dubu/min-dag").text


def test_an_application_that_is_typed_in_is_answered_by_the_area_that_is_chosen(
    day: Day, asking: Asking
) -> None:
    asking(ADAM).post(URL, {**NEW, "omraade": "tabt"})
    form = asking().get("/dubu/indgang/ny").text
    assert 'name="omraade"' in form
    typed = {"henvendelse": "ansoegning", "kanal": "telefon", "modtaget": "2026-03-02T12:00",
             "tekst": "De søger om hjælp.", "omraade": "tabt", "formular": "abc-1",
             "gem": "gem"}  # fmt: skip
    assert asking().post("/dubu/indgang/ny", typed).status_code == 303
    assert "Svar senest mandag 30. marts 2026" in shown(asking, newest(day))


def test_the_administrator_corrects_a_time_and_sees_who_changed_what(
    day: Day, asking: Asking, application: UUID
) -> None:
    done = asking(ADAM).post(URL, NEW)
    assert "1 ansøgning, der venter" in plain(asking(ADAM).get(done.headers["location"]).text)
    page = plain(asking(ADAM).get(URL).text)
    row = re.search(r'href="/dubu/svarfrister\?ret=([0-9a-f-]{36})#ny"', page)
    assert row is not None
    assert 'value="4"' in asking(ADAM).get(f"{URL}?ret={row[1]}").text
    again = {**NEW, "raekke": row[1], "antal": "6"}
    assert asking(ADAM).post(URL, again).status_code == 303
    page = plain(asking(ADAM).get(URL).text)
    assert "4 uger fra 1. januar 2026 er rettet til 6 uger fra 1. januar 2026" in page
    assert "Adam Demoborg, i dag" in page
    assert asking(ADAM).post(URL, again).status_code == 422
    bad = asking(ADAM).post(URL, {**NEW, "antal": "fire"})
    assert "som et helt tal" in bad.text
    assert 'value="fire"' in bad.text
    own = {**NEW, "omraade": "eget", "titel": "Boligændring", "lov": "SEL § 116"}
    assert asking(ADAM).post(URL, own).status_code == 303
    assert "Boligændring" in shown(asking, application)
    assert asking(KAREN).post(URL, NEW).status_code == 404


def test_what_is_no_application_has_no_answer_to_tell_of(day: Day, asking: Asking) -> None:
    where = f"/dubu/indgang/{day.alma_underretning}"
    page = asking().get(f"{where}/svarfrist").text
    assert "Det er ikke en ansøgning" in page
    assert 'name="hvorfor"' not in page
    assert asking().post(f"{where}/svarfrist", WHEN).status_code == 422
    assert 'id="svar"' not in asking().get(where).text


def test_paragraf_105_what_an_applicant_reads_is_ticked_before_it_is_sent(
    day: Day, asking: Asking, application: UUID, emil: UUID
) -> None:
    url = f"/dubu/indgang/{application}/svarfrist"
    assert "adskilt_set" not in asking().get(url).text
    with day.town.product.store.read() as connection:
        child = connection.scalar(sa.select(sager.c.child_id).where(sager.c.id == emil))
    assert child is not None
    hidden_place(day.town, emil, child)
    page = plain(asking().get(url).text)
    assert "Jeg har set, at brevene ikke røber, hvor barnet er" in page
    to = re.findall(r'<option value="([0-9a-f-]{36})"', page)[0]
    refused = asking().post(url, WHEN | {"til": to})
    assert refused.status_code == 422
    assert "Vi mangler lægens svar." in refused.text
    assert asking().post(url, WHEN | {"til": to, "adskilt_set": "ja"}).status_code == 303

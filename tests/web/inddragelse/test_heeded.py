"""Each page that writes to the family says what to heed where somebody is held apart from it, and
who is no party any more."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.danish import long_date
from dubu_plugin.store.family import netvaerk
from dubu_plugin.store.tables import letters, personer, sager
from dubu_plugin.testing.fake_ports import KAREN
from dubu_plugin.testing.ordinary_day import Day
from tests.web.conftest import client_of
from tests.web.skrift_desk import plain

FORMS = {
    "indkald": {"dag": "2027-01-04", "kl": "10.00", "sted": "Her", "deltagere": "Karen",
                "emne": "Skolen."},
    "samtykker": {"art": "indhente", "kilder": "skole", "formaal": "Fravær", "brev": "ja"},
    "udtalelser": {"kilde-0": "skole", "navn-0": "Prøveskolen", "grundlag": "uden_samtykke",
                   "grundlag_grund": "Haster.", "formaal": "Fravær"},
}  # fmt: skip
WHOM = {"indkald": "hvem", "samtykker": "givere", "udtalelser": "besked"}


@pytest.mark.parametrize("page", sorted(FORMS))
def test_paragraf_27_the_page_says_who_is_held_apart_and_asks_for_a_look(
    day: Day, page: str
) -> None:
    town = day.town
    with town.product.store.read() as connection:
        child = connection.scalar(sa.select(sager.c.child_id).where(sager.c.id == day.noah_sag))
    assert child is not None
    mother, father = town.person("Sofie Testvad"), town.person("Mads Prøvesen")
    town.tie(child, mother, "mor", "barn")
    town.tie(child, father, "far", "barn")
    url = f"/dubu/sag/{day.noah_sag}/{page}"
    assert "adskilt_set" not in client_of(day, KAREN).get(url).text
    with town.product.store.write(actor=KAREN, now=town.now) as work:
        line = netvaerk.one(work.connection, child, mother)
        assert line is not None
        part = replace(line.part, apart=True)
        netvaerk.change(work.connection, line, part, by=KAREN, now=town.now)
    shown = plain(client_of(day, KAREN).get(url).text)
    assert "Sofie Testvad holdes adskilt" in shown
    form = FORMS[page] | {WHOM[page]: str(father)}
    refused = client_of(day, KAREN).post(url, form)
    assert refused.status_code == 422
    assert "sæt flueben i »Jeg har set«" in plain(refused.text)
    answer = client_of(day, KAREN).post(url, form | {"adskilt_set": "ja"})
    assert answer.status_code == 303, plain(answer.text)
    with town.product.store.read() as connection:
        rows = connection.scalars(
            sa.select(letters.c.recipient).where(letters.c.sag_id == day.noah_sag)
        )
        assert any(row.startswith("Mads Prøvesen") for row in rows)


@pytest.mark.parametrize("page", sorted(FORMS))
def test_a_parent_who_is_one_no_more_is_told_of_and_what_was_typed_stands(
    day: Day, page: str
) -> None:
    former = day.town.person("Sofie Testvad")
    url = f"/dubu/sag/{day.noah_sag}/{page}"
    refused = client_of(day, KAREN).post(url, FORMS[page] | {WHOM[page]: str(former)})
    assert refused.status_code == 422
    shown = plain(refused.text)
    assert "Se, hvem der kan vælges nu" in shown
    assert ("Skolen." if page == "indkald" else "Fravær") in shown


def test_an_invitation_offers_who_is_a_party_on_its_day(day: Day) -> None:
    town = day.town
    with town.product.store.read() as connection:
        child = connection.scalar(sa.select(sager.c.child_id).where(sager.c.id == day.noah_sag))
    assert child is not None
    mother = town.person("Sofie Testvad")
    town.tie(child, mother, "mor", "barn")
    today = town.now.date()
    with town.product.store.write(actor=KAREN, now=town.now) as work:
        soon = date(today.year - 18, today.month, today.day) + timedelta(days=3)
        work.connection.execute(sa.update(personer).where(personer.c.id == child).values(born=soon))
    url = f"/dubu/sag/{day.noah_sag}/indkald"
    assert str(mother) in client_of(day, KAREN).get(url).text
    later = FORMS["indkald"] | {"dag": (today + timedelta(days=5)).isoformat()}
    refused = client_of(day, KAREN).post(url, later | {"hvem": str(mother)})
    assert refused.status_code == 422
    assert f'value="{mother}"' not in refused.text
    assert f'value="{child}"' in refused.text


def test_a_child_that_is_ten_before_long_is_offered_from_the_start_with_the_day(day: Day) -> None:
    town = day.town
    with town.product.store.read() as connection:
        child = connection.scalar(sa.select(sager.c.child_id).where(sager.c.id == day.noah_sag))
    soon = town.now.date() + timedelta(days=5)
    with town.product.store.write(actor=KAREN, now=town.now) as work:
        born = soon.replace(year=soon.year - 10)
        work.connection.execute(sa.update(personer).where(personer.c.id == child).values(born=born))
    url = f"/dubu/sag/{day.noah_sag}/indkald"
    shown = plain(client_of(day, KAREN).get(url).text)
    assert f'value="{child}"' in shown
    assert f"til en samtale fra den {plain(long_date(soon))}, hvor det fylder 10" in shown
    form = FORMS["indkald"] | {"hvem": str(child)}
    before = form | {"dag": (soon - timedelta(days=1)).isoformat()}
    refused = client_of(day, KAREN).post(url, before)
    assert refused.status_code == 422
    assert "inviteres først selv til en samtale fra den dag" in plain(refused.text)
    answer = client_of(day, KAREN).post(url, form | {"dag": soon.isoformat()})
    assert answer.status_code == 303, plain(answer.text)

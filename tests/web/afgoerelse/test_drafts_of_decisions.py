"""What is typed of a hearing or a complaint is there again after a break."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeAlias
from uuid import UUID

from dubu_plugin.store import drafts
from dubu_plugin.store.skrift import tekster
from dubu_plugin.store.skrift.tekster import Written
from dubu_plugin.testing.fake_ports import HENRIK, KAREN
from dubu_plugin.testing.ordinary_day import Day
from tests.web.afgoerelse import test_afgoerelse
from tests.web.afgoerelse.test_afgoerelse import begun, decided

Asking: TypeAlias = Callable[..., Any]
TYPED = "Mor siger, at timerne passer dårligt"

sag = test_afgoerelse.sag


def kept(asking: Asking, page: str, who: str = KAREN, **typed: str) -> None:
    """Let a page's form be kept as somebody has typed in it."""
    text = asking(who).get(page).text
    form = text.partition('data-draft="')[2].partition("</form>")[0]
    where = form.partition('"')[0]
    assert where.startswith("/dubu/kladde/"), "the form keeps no draft"
    assert [name for name in typed if f'name="{name}"' not in form] == [], "another form has it"
    answer = asking(who).post(where, {**test_afgoerelse.form_of(form), **typed})
    assert "Kladde gemt" in answer.text


def stands_again(asking: Asking, page: str, who: str = KAREN, other: str = HENRIK) -> None:
    text = asking(who).get(page).text
    assert f">{TYPED}</textarea>" in text
    assert "Din kladde fra" in text
    assert TYPED not in asking(other).get(page).text, "it is their own alone"


def test_a_hearing_and_its_answer(asking: Asking, day: Day, sag: UUID) -> None:
    where = begun(asking, sag)
    [address, _] = re.findall(r'href="([^"]+/part/[^"]+)"', asking(KAREN).get(where).text)
    kept(asking, address, om="Fraværet.", undtagelse="2", hvorfor=TYPED)
    stands_again(asking, address)
    kept(asking, address, om=TYPED)
    stands_again(asking, address)
    due = (day.town.now).date().replace(month=12).isoformat()
    sent = {"handling": "send", "om": "Fraværet.", "frist": due}
    assert asking(KAREN).post(address, sent).status_code == 303
    assert "Din kladde fra" not in asking(KAREN).get(address).text
    kept(asking, address, svar=TYPED)
    stands_again(asking, address)


def test_who_is_not_heard_is_not_said_to_be_heard_of_what_is_only_suggested(
    asking: Asking, day: Day, sag: UUID
) -> None:
    """One form asks both; what stands in the other half untouched is nobody's words."""
    where = begun(asking, sag)
    [address, _] = re.findall(r'href="([^"]+/part/[^"]+)"', asking(KAREN).get(where).text)
    with day.town.product.store.write(actor=KAREN, now=day.town.now) as work:
        number = UUID(where.rpartition("/")[2])
        facts = {("", "oplysninger"): Written("Fraværet.", 0)}
        tekster.write(work.connection, number, 1, facts, by=KAREN, now=day.town.now)
    page = asking(KAREN).get(address).text
    assert ">Fraværet.</textarea>" in page
    form = test_afgoerelse.form_of(page)
    left = form | {"handling": "undlad", "undtagelse": "0", "hvorfor": "Alt er drøftet."}
    assert asking(KAREN).post(address, left | {"om": "Fraværet."}).status_code == 303
    form = test_afgoerelse.form_of(asking(KAREN).get(address).text)
    assert (form["rev-om"], form["rev-hvorfor"]) == ("0", "1")
    again = form | left | {"rev-hvorfor": "1", "om": "Fraværet\r\nog trætheden."}
    assert asking(KAREN).post(address, again).status_code == 303
    page = asking(KAREN).get(address).text
    assert ">Fraværet\nog trætheden.</textarea>" in page, "what was typed there is kept"


def test_who_is_told_that_another_wrote_of_the_hearing_meanwhile_can_save_again(
    asking: Asking, sag: UUID
) -> None:
    where = begun(asking, sag)
    [address, _] = re.findall(r'href="([^"]+/part/[^"]+)"', asking(KAREN).get(where).text)
    older = test_afgoerelse.form_of(asking(HENRIK).get(address).text)
    left = {"handling": "undlad", "undtagelse": "0"}
    hers, his, both = ({**older, **left, "hvorfor": f"{who}."} for who in ("Hun", "Han", "Begge"))
    assert asking(KAREN).post(address, hers).status_code == 303
    answer = asking(HENRIK).post(address, his)
    assert answer.status_code == 422
    assert "»Hun.«. Saml det, og gem igen." in answer.text
    both |= test_afgoerelse.form_of(answer.text)
    assert asking(HENRIK).post(address, both).status_code == 303
    assert ">Begge.</textarea>" in asking(KAREN).get(address).text


def test_a_complaint_and_what_is_looked_at_again(asking: Asking, day: Day, sag: UUID) -> None:
    where = decided(asking, day, sag)
    new = f"{where}/klage"
    kept(asking, new, klage=TYPED)
    stands_again(asking, new)
    who = re.findall(r'<option value="([0-9a-f-]{36})"', asking(KAREN).get(new).text)[0]
    today = day.town.now.date().isoformat()
    sent = {"klager": who, "modtaget": today, "form": "skriftligt", "klage": "For lidt."}
    klage = asking(KAREN).post(new, sent).headers["location"].partition("?")[0]
    assert "Din kladde fra" not in asking(KAREN).get(new).text
    kept(asking, klage, udfald="intet", genvurdering=TYPED)
    stands_again(asking, klage)
    later = (day.town.now.date() + timedelta(days=35)).isoformat()
    kept(asking, klage, udfald="intet", genvurdering=TYPED, klar=later, mangler="Skolens svar.")
    assert ">Skolens svar.</textarea>" in asking(KAREN).get(klage).text
    wait = {"handling": "udsaet", "klar": later, "mangler": "Skolens svar."}
    assert asking(KAREN).post(klage, wait).status_code == 303
    assert ">Skolens svar.</textarea>" not in asking(KAREN).get(klage).text
    stands_again(asking, klage)
    look = {"handling": "genvurder", "udfald": "intet", "genvurdering": TYPED}
    assert asking(HENRIK).post(klage, look).status_code == 303
    assert "Din kladde fra" not in asking(KAREN).get(klage).text


def test_what_a_leader_wants_changed(asking: Asking, day: Day, sag: UUID) -> None:
    where = begun(asking, sag)
    presented(asking, where)
    kept(asking, where, HENRIK, bemaerkning=TYPED)
    stands_again(asking, where, HENRIK, KAREN)
    back = {"handling": "tilbage", "bemaerkning": TYPED}
    form = test_afgoerelse.form_of(asking(HENRIK).get(where).text)
    assert asking(HENRIK).post(where, form | back).status_code == 303
    presented(asking, where)
    text = asking(HENRIK).get(where).text
    assert f">{TYPED}</textarea>" not in text
    assert "Din kladde fra" not in text, "what the other writes now is read"
    more = {"bemaerkning": TYPED, "formaal": "At hun kommer i skole."}
    kept(asking, where, HENRIK, **more)
    draft = text.partition('data-draft="')[2].partition('"')[0]
    form = test_afgoerelse.form_of(text) | more
    assert asking(HENRIK).post(draft, form | {"adskilt_set": "ja"}).status_code == 200
    assert asking(HENRIK).post(where, form | back).status_code == 303
    presented(asking, where)
    text = asking(HENRIK).get(where).text
    assert f">{TYPED}</textarea>" not in text
    assert ">At hun kommer i skole.</textarea>" in text, "what else was typed is still there"
    with day.town.product.store.read() as connection:
        rest = drafts.kept(connection, HENRIK, draft.removeprefix("/dubu/kladde/"))
    assert rest is not None
    assert "adskilt_set" not in rest.fields, "what she saw of the letters was before"


def presented(asking: Asking, where: str) -> None:
    form = test_afgoerelse.form_of(asking(KAREN).get(where).text)
    assert asking(KAREN).post(where, {**form, "handling": "fremlaeg"}).status_code == 303

"""What is of the whole family is fetched from a sibling, and nothing that is the sibling's own."""

import re

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.access import Act
from dubu_plugin.domain.skrift import SkriftKind
from dubu_plugin.store.skrift import kilder
from dubu_plugin.store.skrift.kilder import KildeKind
from dubu_plugin.store.tables import read_log, sager
from dubu_plugin.testing.fake_ports import ANDERS
from dubu_plugin.testing.ordinary_day import Day
from dubu_plugin.usecases.skrift.begin import begin
from tests.web.skrift_desk import SLEEP, Pages

NETWORK = ("socialt_netvaerk", "beskrivelse")


def test_what_is_of_the_family_is_copied_from_a_sibling_and_the_reading_is_logged(
    day: Day,
) -> None:
    sag, viggos = day.town.sag(day.alma), day.town.sag(day.viggo)
    theirs = Pages(day, viggos)
    theirs.put(theirs.bfu, foraelder_1="Mor er træt.", barnets_perspektiv="Viggos egne ord.")
    ours = Pages(day, sag)
    shown = ours.shown(f"hent-afsnit?fra={theirs.bfu.id}")
    assert "Viggos undersøgelse" in shown
    assert "Mor er træt." in shown
    assert "Viggos egne ord." not in shown, "a child's own words are that child's"
    sent = {"fra": str(theirs.bfu.id), "afsnit": "/foraelder_1"}
    ours.client().post(f"{ours.url}/hent-afsnit", sent)
    assert ours.words(ours.bfu)["", "foraelder_1"] == "Mor er træt."
    assert "Kopieret fra Viggos undersøgelse" in ours.shown("del-forloeb")
    with day.town.product.store.read() as connection:
        asked = sa.select(read_log.c.act).where(read_log.c.subject_id == str(viggos))
        assert Act.READ in connection.scalars(asked).all()


@pytest.mark.parametrize("afsnit", ["/barnets_perspektiv", "sundhedsforhold/beskrivelse", "/x"])
def test_what_is_the_siblings_own_is_not_copied(day: Day, afsnit: str) -> None:
    theirs = Pages(day, day.town.sag(day.viggo))
    theirs.put_at(theirs.bfu, {("", "barnets_perspektiv"): "Ja.", (SLEEP, "beskrivelse"): "Ja."})
    ours = Pages(day, day.town.sag(day.alma))
    sent = {"fra": str(theirs.bfu.id), "afsnit": afsnit}
    assert ours.client().post(f"{ours.url}/hent-afsnit", sent).status_code == 404
    assert ours.words(ours.bfu).get((SLEEP, "beskrivelse")) is None


def test_a_siblings_case_that_is_closed_to_one_gives_nothing(day: Day) -> None:
    viggos = day.town.sag(day.viggo, responsible=ANDERS, unit="anden")
    theirs = Pages(day, day.town.sag(day.alma))
    with day.town.product.store.write(actor="system", now=day.town.now) as work:
        work.connection.execute(sa.update(sager).where(sager.c.id == viggos).values(protected=True))
    other = begin(theirs.sag, SkriftKind.SCREENING, **theirs.act())
    assert "som du kan læse" in theirs.shown("hent-afsnit")
    sent = {"fra": str(other.id), "afsnit": "/foraelder_1"}
    assert theirs.client().post(f"{theirs.url}/hent-afsnit", sent).status_code == 404


@pytest.mark.parametrize("own", ["gennemfoerelse", "to_raadgivere", "soeskende"])
def test_paragraf_21_who_talked_with_the_sibling_is_not_said_of_this_child(
    day: Day, own: str
) -> None:
    theirs = Pages(day, day.town.sag(day.viggo))
    theirs.put(theirs.bfu, foraelder_1="Mor er træt.", **{own: "To rådgivere talte med ham."})
    ours = Pages(day, day.town.sag(day.alma))
    assert "talte med ham" not in ours.shown(f"hent-afsnit?fra={theirs.bfu.id}")
    sent = {"fra": str(theirs.bfu.id), "afsnit": f"/{own}"}
    assert ours.client().post(f"{ours.url}/hent-afsnit", sent).status_code == 404


def test_nothing_is_ticked_beforehand_and_what_names_the_sibling_is_marked(day: Day) -> None:
    theirs = Pages(day, day.town.sag(day.viggo))
    theirs.put(theirs.bfu, foraelder_1="Mor ser Viggos uro.", foraelder_2="Far er i Vejle.")
    shown = Pages(day, day.town.sag(day.alma)).shown(f"hent-afsnit?fra={theirs.bfu.id}")
    boxes = re.findall(r'<input type="checkbox"[^>]*name="afsnit"[^>]*>', shown)
    assert boxes
    assert not [one for one in boxes if "checked" in one]
    assert shown.count("Nævner Viggo") == 1


def test_a_source_that_is_cited_comes_along_under_a_number_of_its_own(day: Day) -> None:
    theirs = Pages(day, day.town.sag(day.viggo))
    with day.town.product.store.write(actor="karen", now=day.town.now) as work:
        number = kilder.add(
            work.connection, theirs.bfu.id, KildeKind.ANDET, "Mormor", by="k", now=day.town.now
        )
    theirs.put_at(theirs.bfu, {NETWORK: f"Mormor henter #{number}, og far ikke #77."})
    ours = Pages(day, day.town.sag(day.alma))
    with day.town.product.store.read() as connection:
        before = {one.number for one in kilder.of_skrift(connection, ours.bfu.id)}
    sent = {"fra": str(theirs.bfu.id), "afsnit": "/".join(NETWORK)}
    ours.client().post(f"{ours.url}/hent-afsnit", sent)
    with day.town.product.store.read() as connection:
        [new] = [
            one for one in kilder.of_skrift(connection, ours.bfu.id) if one.number not in before
        ]
    assert new.title == "Viggos sag: Mormor"
    assert ours.words(ours.bfu)[NETWORK] == f"Mormor henter #{new.number}, og far ikke."


def test_what_has_nothing_to_fetch_is_not_offered(day: Day) -> None:
    theirs = Pages(day, day.town.sag(day.viggo))
    theirs.put(theirs.bfu, anledning="", barnets_perspektiv="Viggos egne ord.")
    ours = Pages(day, day.town.sag(day.alma))
    assert "Viggos undersøgelse" not in ours.shown("hent-afsnit")
    theirs.put(theirs.bfu, foraelder_1="Mor er træt.")
    assert "Viggos undersøgelse" in ours.shown("hent-afsnit")

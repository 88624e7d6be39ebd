"""What Ankestyrelsen decided is noted on the complaint, and the pages say what to do now."""

import re
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.store.tables import sager
from dubu_plugin.testing.fake_ports import HENRIK, KAREN
from dubu_plugin.testing.ordinary_day import Day
from tests.web.afgoerelse.test_afgoerelse import WHOLE, Asking, decided, sag
from tests.web.afgoerelse.test_klage_page import posted

__all__ = ["sag"]


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def sent_on(asking: Asking, day: Day, where: str) -> str:
    """Have a complaint about a decision be found wrong and be sent to Ankestyrelsen."""
    who = re.findall(r'<option value="([0-9a-f-]{36})">', asking(KAREN).get(f"{where}/klage").text)
    sent = {"klager": who[0], "modtaget": day.town.now.date().isoformat(), "form": "mundtligt",
            "klage": "For lidt."}  # fmt: skip
    klage: str = asking(KAREN).post(f"{where}/klage", sent).headers["location"].partition("?")[0]
    look = {"handling": "genvurder", "udfald": "intet", "genvurdering": "Timerne er nok."}
    assert asking(HENRIK).post(klage, look).status_code == 303
    assert asking(KAREN).post(klage, {"handling": "send"}).status_code == 303
    posted(day, UUID(klage.rpartition("/")[2]))
    return klage


def test_rsl_68_what_is_sent_back_leads_to_the_new_decision(
    asking: Asking, day: Day, sag: UUID
) -> None:
    where = decided(asking, day, sag)
    klage = sent_on(asking, day, where)
    ruled = {"handling": "afgjort", "kom": day.town.now.date().isoformat()}
    assert asking(KAREN).post(klage, {**ruled, "afgoerelse": "hjemvist"}).status_code == 303
    page = plain(asking(KAREN).get(klage).text)
    assert "Det skal I gøre nu" in page
    new = re.findall(rf'href="(/dubu/sag/{sag}/afgoerelse/[0-9a-f-]+)">Den nye afgørelse', page)
    assert WHOLE["formaal"] in asking(KAREN).get(new[0]).text
    old = plain(asking(KAREN).get(where).text)
    assert "Hjemvist af Ankestyrelsen" in old
    assert "gælder ikke fra" in old
    assert new[0] in old
    assert "Hjemvist af Ankestyrelsen" in asking(KAREN).get(f"/dubu/sag/{sag}").text
    assert "Behandl den hjemviste sag igen" in asking(KAREN).get(f"/dubu/sag/{sag}").text


def test_rsl_68_what_is_changed_says_what_counts_now_and_goes_from_the_day_when_it_is_done(
    asking: Asking, day: Day, sag: UUID
) -> None:
    where = decided(asking, day, sag)
    klage = sent_on(asking, day, where)
    ruled = {"handling": "afgjort", "afgoerelse": "aendret", "kom": day.town.now.date().isoformat(),
             "nyt": "Seks timer om ugen.", "gaelder_fra": ""}  # fmt: skip
    refused = asking(KAREN).post(klage, ruled)
    assert refused.status_code == 422
    assert "Seks timer om ugen." in refused.text
    assert "Skriv den dag, det gælder fra." in refused.text
    ruled["gaelder_fra"] = "2026-12-01"
    assert asking(KAREN).post(klage, ruled).status_code == 303
    page = plain(asking(KAREN).get(klage).text)
    assert "gælder fra den 1. december 2026 i stedet for kommunens afgørelse" in page
    assert f'href="/dubu/sag/{sag}/indsatser"' in page
    assert "Følg Ankestyrelsens afgørelse" in asking(KAREN).get(f"/dubu/sag/{sag}").text
    assert asking(KAREN).post(klage, {"handling": "fulgt"}).status_code == 303
    assert "Er det gjort?" not in asking(KAREN).get(klage).text
    assert asking(KAREN).post(klage, {"handling": "fulgt"}).status_code == 422, "it is done"


def test_rsl_68_what_is_lifted_names_what_rests_on_it(asking: Asking, day: Day, sag: UUID) -> None:
    where = decided(asking, day, sag)
    klage = sent_on(asking, day, where)
    ruled = {"handling": "afgjort", "afgoerelse": "ophaevet", "ny": "nej", "nyt": "",
             "kom": day.town.now.date().isoformat()}  # fmt: skip
    assert asking(KAREN).post(klage, ruled).status_code == 303
    page = asking(KAREN).get(klage).text
    assert "Intet hviler på den. Sig herunder, at det er gjort." in page
    assert "Ja, det er gjort" in page
    assert asking(KAREN).post(klage, {"handling": "fulgt"}).status_code == 303
    assert "Sig herunder" not in asking(KAREN).get(klage).text, "there is nothing there any more"
    assert "Ophævet af Ankestyrelsen" in asking(KAREN).get(f"/dubu/sag/{sag}/afgoerelser").text


def test_a_ruling_that_is_noted_by_hand_is_noted_on_the_complaint(
    asking: Asking, day: Day, sag: UUID
) -> None:
    klage = sent_on(asking, day, decided(asking, day, sag))
    for code in ("klage_afgjort", "hjemvisning_modtaget"):
        answer = asking(KAREN).get(f"/dubu/sag/{sag}/haendelse?hvad={code}")
        assert (answer.status_code, answer.headers["location"]) == (303, klage)


def test_rsl_68_what_is_sent_back_on_a_closed_case_says_that_it_is_opened_first(
    asking: Asking, day: Day, sag: UUID
) -> None:
    klage = sent_on(asking, day, decided(asking, day, sag))
    with day.town.product.store.write(actor="system", now=day.town.now) as work:
        work.connection.execute(sa.update(sager).where(sager.c.id == sag).values(phase="closed"))
    ruled = {"handling": "afgjort", "kom": day.town.now.date().isoformat()}
    assert asking(KAREN).post(klage, {**ruled, "afgoerelse": "hjemvist"}).status_code == 303
    assert "Sagen er lukket: åbn den igen" in asking(KAREN).get(klage).text

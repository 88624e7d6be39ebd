"""A complaint on the screen: noted, looked at again, sent on with its papers, and settled."""

import re
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.ports.journal_objects import Kind, Ref
from dubu_plugin.store.afgoerelse import klager
from dubu_plugin.store.tables import afgoerelser, letters, sager
from dubu_plugin.store.tables import klager as complaints
from dubu_plugin.testing.fake_ports import HENRIK, KAREN
from dubu_plugin.testing.ordinary_day import Day
from dubu_plugin.usecases.dokument.letter_states import sent as went
from tests.usecases.afgoerelse.bench import hidden_place
from tests.web.afgoerelse.test_afgoerelse import Asking, decided, sag

__all__ = ["sag"]


def posted(day: Day, klage: UUID) -> None:
    """Have the letter to Ankestyrelsen be posted."""
    with day.town.product.store.write(actor=KAREN, now=day.town.now) as work:
        found = klager.by_id(work.connection, klage)
        assert found is not None
        mine = sa.select(letters).where(letters.c.id == found.letter)
        row = work.connection.execute(mine).one()
        went(work, row, day.town.product.letters[row.code], how="papir")


def test_a_complaint_from_its_note_to_ankestyrelsen(asking: Asking, day: Day, sag: UUID) -> None:
    where = decided(asking, day, sag)
    page = asking(KAREN).get(f"{where}/klage").text
    who = re.findall(r'<option value="([0-9a-f-]{36})">', page)[0]
    today = day.town.now.date()
    sent = {"klager": who, "modtaget": today.isoformat(), "form": "skriftligt", "klage": ""}
    bad = asking(KAREN).post(f"{where}/klage", sent)
    assert bad.status_code == 422
    answer = asking(KAREN).post(f"{where}/klage", {**sent, "klage": "For lidt."})
    klage = answer.headers["location"].partition("?")[0]
    page = asking(KAREN).get(klage).text
    assert "Genvurdér" in page
    assert (
        asking(KAREN).post(klage, {"handling": "genvurder", "udfald": "intet"}).status_code == 422
    )
    look = {"handling": "genvurder", "udfald": "intet", "genvurdering": "Timerne er nok."}
    refused = asking(KAREN).post(klage, look)
    assert (refused.status_code, "Timerne er nok." in refused.text) == (422, True)
    assert "Din leder træffer afgørelsen" in refused.text
    assert asking(HENRIK).post(klage, look).status_code == 303
    assert asking(KAREN).post(klage, {"handling": "send"}).status_code == 303
    page = asking(KAREN).get(klage).text
    assert "Sagens akter samles" in page
    assert "På vej til Ankestyrelsen" in page
    assert "Hos Ankestyrelsen" not in page
    assert "Ankestyrelsen har afgjort klagen" not in page
    number = UUID(klage.rpartition("/")[2])
    with day.town.product.store.write(actor="system", now=day.town.now) as work:
        one = klager.Del(1, day.town.product.blobs.put(b"%PDF-1.7"), 1, 8, day.town.now)
        klager.keep_parts(work.connection, number, [replace(one, pages=40), replace(one, number=2)])
    page = asking(KAREN).get(klage).text
    assert f"{klage}/pakke/2" in page
    assert "Fra side 41 · 1 side ·" in page, "the index counts the pages of the whole"
    with day.town.product.store.write(actor="system", now=day.town.now) as work:
        klager.keep_parts(work.connection, number, [one])
    page = asking(KAREN).get(klage).text
    assert f"{klage}/pakke/1" in page
    assert "Fra side" not in page
    assert "Send også disse filer selv" not in page
    left_out = klager.Uden(today, "Lydfil fra samtalen", "77")
    locked = klager.Uden(today, "Samtale med barnet", klager.LOCKED)
    with day.town.product.store.write(actor="system", now=day.town.now) as work:
        klager.keep_left_out(work.connection, number, [left_out, locked])
    page = asking(KAREN).get(klage).text
    assert "Den låste del af samtalen med barnet" in page
    journal = day.town.product.ports.journal
    assert "Send også disse filer selv" in page
    url = journal.url_for(Ref(journal.name, Kind.DOCUMENT, "77"))
    assert f'<a href="{url}">Lydfil fra samtalen</a>' in page
    assert asking(KAREN).get(f"{klage}/pakke/1").content == b"%PDF-1.7"
    assert asking(KAREN).get(f"{klage}/pakke/2").status_code == 404
    posted(day, number)
    assert "Hos Ankestyrelsen" in asking(KAREN).get(klage).text
    ruled = {"handling": "afgjort", "afgoerelse": "stadfaestet", "kom": today.isoformat()}
    assert asking(KAREN).post(klage, ruled).status_code == 303
    assert "Stadfæstet" in asking(KAREN).get(klage).text


def test_right_in_all_leads_to_the_new_decision(asking: Asking, day: Day, sag: UUID) -> None:
    where = decided(asking, day, sag)
    who = re.findall(r'<option value="([0-9a-f-]{36})">', asking(KAREN).get(f"{where}/klage").text)
    sent = {"klager": who[0], "modtaget": day.town.now.date().isoformat(), "form": "mundtligt",
            "klage": "For lidt."}  # fmt: skip
    klage = asking(KAREN).post(f"{where}/klage", sent).headers["location"].partition("?")[0]
    look = {"handling": "genvurder", "udfald": "medhold", "genvurdering": "Ja."}
    new = asking(HENRIK).post(klage, look).headers["location"]
    assert "/afgoerelse/" in new
    assert ">Skole hver dag.</textarea>" in asking(KAREN).get(new.partition("?")[0]).text
    assert "Erstattet af en ny" not in asking(KAREN).get(where).text
    assert "Træf den nye afgørelse" in asking(KAREN).get(klage).text
    listed = asking(KAREN).get(f"/dubu/sag/{sag}/afgoerelser").text
    assert listed.count("i stedet for en, der er klaget over") == 1, "another may be prepared too"


def test_paragraf_12_the_page_says_how_long_the_rest_can_be_kept(
    asking: Asking, day: Day, sag: UUID
) -> None:
    where = decided(asking, day, sag)
    who = re.findall(r'<option value="([0-9a-f-]{36})">', asking(KAREN).get(f"{where}/klage").text)
    sent = {"klager": who[0], "modtaget": day.town.now.date().isoformat(), "form": "mundtligt",
            "klage": "For lidt."}  # fmt: skip
    klage = asking(KAREN).post(f"{where}/klage", sent).headers["location"].partition("?")[0]
    look = {"handling": "genvurder", "udfald": "delvist", "genvurdering": "Noget."}
    new = asking(HENRIK).post(klage, look).headers["location"].partition("?")[0]
    old = UUID(where.rpartition("/")[2])
    with day.town.product.store.write(actor=KAREN, now=day.town.now) as work:
        for number, state in ((old, "erstattet"), (UUID(new.rpartition("/")[2]), "truffet")):
            mine = afgoerelser.c.skrift_id == number
            work.connection.execute(sa.update(afgoerelser).where(mine).values(state=state))
    page = asking(KAREN).get(klage).text
    assert "Brevet er ikke noteret sendt endnu" in page
    assert f'href="/dubu/sag/{sag}/breve"' in page
    assert "Den er ikke fastholdt" not in page
    refused = asking(KAREN).post(klage, {"handling": "slut"})
    assert refused.status_code == 422
    assert "klagerens 4 uger er ikke begyndt" in refused.text


def test_what_is_taken_back_is_not_said_to_be_sent_straight_on(
    asking: Asking, day: Day, sag: UUID
) -> None:
    where = decided(asking, day, sag)
    who = re.findall(r'<option value="([0-9a-f-]{36})">', asking(KAREN).get(f"{where}/klage").text)
    sent = {"klager": who[0], "modtaget": day.town.now.date().isoformat(), "form": "mundtligt",
            "klage": "For lidt."}  # fmt: skip
    klage = asking(KAREN).post(f"{where}/klage", sent).headers["location"].partition("?")[0]
    with day.town.product.store.write(actor=KAREN, now=day.town.now) as work:
        work.connection.execute(sa.update(complaints).values(late=True))
    assert "Sendes straks videre" in asking(KAREN).get(klage).text
    assert asking(KAREN).post(klage, {"handling": "traek"}).status_code == 303
    assert "Sendes straks videre" not in asking(KAREN).get(klage).text


def test_a_complaint_shows_its_own_letters_and_no_other_complaints(
    asking: Asking, day: Day, sag: UUID
) -> None:
    where = decided(asking, day, sag)
    who = re.findall(r'<option value="([0-9a-f-]{36})">', asking(KAREN).get(f"{where}/klage").text)
    sent = {"klager": who[0], "modtaget": day.town.now.date().isoformat(), "form": "mundtligt",
            "klage": "For lidt."}  # fmt: skip
    pages = [
        asking(KAREN).post(f"{where}/klage", sent).headers["location"].partition("?")[0]
        for _ in range(2)
    ]
    with day.town.product.store.write(actor=KAREN, now=day.town.now) as work:
        mine = letters.c.code == "kvittering_for_klage"
        work.connection.execute(sa.update(letters).where(mine).values(state="til_print"))
    shown = [
        re.findall(r'name="brev" value="([0-9a-f-]{36})"', asking(KAREN).get(page).text)
        for page in pages
    ]
    assert [len(found) for found in shown] == [1, 1]
    assert shown[0] != shown[1]


def test_paragraf_11_stk_2_the_one_who_complains_is_told_that_it_takes_longer(
    asking: Asking, day: Day, sag: UUID
) -> None:
    where = decided(asking, day, sag)
    who = re.findall(r'<option value="([0-9a-f-]{36})">', asking(KAREN).get(f"{where}/klage").text)
    today = day.town.now.date()
    sent = {"klager": who[0], "modtaget": today.isoformat(), "form": "mundtligt",
            "klage": "For lidt."}  # fmt: skip
    klage = asking(KAREN).post(f"{where}/klage", sent).headers["location"].partition("?")[0]
    assert "Giv klageren besked" in asking(KAREN).get(klage).text
    later = {"handling": "udsaet", "klar": "", "mangler": "Skolens udtalelse."}
    refused = asking(KAREN).post(klage, later)
    assert (refused.status_code, "Skolens udtalelse." in refused.text) == (422, True)
    until = today + timedelta(days=40)
    answer = asking(KAREN).post(klage, later | {"klar": until.isoformat()})
    page = asking(KAREN).get(answer.headers["location"]).text.replace("\u00a0", " ")
    assert "Klageren får besked" in page
    assert "11. april. Udsat fra 30. marts" in page
    with day.town.product.store.read() as connection:
        codes = connection.scalars(sa.select(letters.c.code))
        assert "klage_venter" in set(codes)


def test_paragraf_105_what_who_complains_reads_is_ticked_on_the_page_before_it_is_sent(
    asking: Asking, day: Day, sag: UUID
) -> None:
    where = decided(asking, day, sag)
    who = re.findall(r'<option value="([0-9a-f-]{36})">', asking(KAREN).get(f"{where}/klage").text)
    today = day.town.now.date().isoformat()
    sent = {"klager": who[0], "modtaget": today, "form": "skriftligt", "klage": "For lidt."}
    answer = asking(KAREN).post(f"{where}/klage", sent)
    klage = answer.headers["location"].partition("?")[0]
    assert "adskilt_set" not in asking(KAREN).get(klage).text
    with day.town.product.store.read() as connection:
        child = connection.scalar(sa.select(sager.c.child_id).where(sager.c.id == sag))
    assert child is not None
    hidden_place(day.town, sag, child)
    assert "Jeg har set, at brevene ikke røber, hvor barnet er" in asking(KAREN).get(klage).text
    tick = re.compile(r'name="adskilt_set"[^>]* checked')
    until = (day.town.now.date() + timedelta(days=40)).isoformat()
    typed = {"klar": until, "mangler": "Skolens ord.", "genvurdering": "Nok", "adskilt_set": "ja"}
    draft = asking(KAREN).get(klage).text.partition('data-draft="')[2].partition('"')[0]
    asking(KAREN).post(draft, typed)
    assert tick.search(asking(KAREN).get(klage).text)
    assert asking(KAREN).post(klage, typed | {"handling": "udsaet"}).status_code == 303
    assert not tick.search(asking(KAREN).get(klage).text), "the next letter is another"
    asking(KAREN).post(draft, typed)
    look = {"handling": "genvurder", "udfald": "intet", "genvurdering": "Timerne er nok."}
    refused = asking(HENRIK).post(klage, look)
    assert (refused.status_code, "Timerne er nok." in refused.text) == (422, True)
    assert asking(HENRIK).post(klage, look | {"adskilt_set": "ja"}).status_code == 303
    assert not tick.search(asking(KAREN).get(klage).text)
    assert asking(KAREN).post(klage, {"handling": "send"}).status_code == 422
    seen = {"handling": "send", "adskilt_set": "ja"}
    assert asking(KAREN).post(klage, seen).status_code == 303

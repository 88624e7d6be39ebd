"""Talks, consents and statements as pages: few clicks, nothing lost, and the locked part locked."""

import re
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.danish_time import danish as danish_clock
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.store.skrift import skrifter, tekster
from dubu_plugin.store.tables import (
    boernesamtaler,
    drafts,
    haendelser,
    letters,
    sager,
    samtykker,
    udtalelser,
)
from dubu_plugin.testing.fake_ports import HENRIK, KAREN, METTE, REVA
from dubu_plugin.testing.ordinary_day import Day
from tests.web.conftest import Client, client_of

WORDS = "»Jeg passer på Viggo.«"
SECRET = "Far slår, når han er træt."


class Desk:
    """A case whose panel somebody has open."""

    def __init__(self, day: Day) -> None:
        self.day = day
        self.sag = day.noah_sag
        self.url = f"/dubu/sag/{self.sag}"

    def client(self, who: str = KAREN) -> Client:
        return client_of(self.day, who)

    def fields(self, path: str, who: str = KAREN) -> dict[str, str]:
        """Return what a form's fields hold as it is first shown."""
        text = self.client(who).get(path).text
        text = text[text.index("data-draft=") :]
        text = text[: text.index("</form>")]
        found = dict(re.findall(r'<input[^>]* name="([\w-]+)" value="([^"]*)"', text))
        checked = re.findall(r'name="([\w-]+)" value="([^"]*)"[^>]* checked', text)
        for name in re.findall(r'type="(?:radio|checkbox)"[^>]* name="([\w-]+)"', text):
            found.pop(name, None)
        chosen = re.findall(r'<select[^>]* name="([\w-]+)".*?</select>', text, re.DOTALL)
        for name in chosen:
            part = re.search(rf'name="{name}".*?</select>', text, re.DOTALL)
            assert part is not None
            picked = re.search(r'value="([^"]*)" selected', part[0])
            found[name] = picked[1] if picked else ""
        return found | dict(checked)

    def note(self, who: str = KAREN, **said: str) -> Any:
        form = self.fields(f"{self.url}/samtaler/ny") | {"egne_ord": WORDS} | said
        return self.client(who).post(f"{self.url}/samtaler/ny", form)

    def one(self, table: sa.Table) -> Any:
        with self.day.town.product.store.read() as connection:
            return connection.execute(sa.select(table).where(table.c.sag_id == self.sag)).one()

    def count(self, table: sa.Table, *where: Any) -> int:
        with self.day.town.product.store.read() as connection:
            asked = sa.select(sa.func.count()).select_from(table).where(*where)
            return connection.scalar(asked) or 0

    def parents(self) -> dict[str, str]:
        """Return the keys of who can be asked for consent, by name."""
        text = self.client().get(f"{self.url}/samtykker").text
        found = re.findall(r'name="givere" value="([\w-]+)"[^>]*><label[^>]*>([^<]+?) <', text)
        return {name: key for key, name in found}


@pytest.fixture
def desk(day: Day) -> Desk:
    town = day.town
    with town.product.store.read() as connection:
        child = connection.scalar(sa.select(sager.c.child_id).where(sager.c.id == day.noah_sag))
    assert child is not None
    mother = town.person("Birgit Prøvemor", address="Hemmelig Sti 1, 9999 Prøvestrup",
                         protected=True)  # fmt: skip
    town.tie(child, mother, "mor", "barn")
    return Desk(day)


def test_the_panel_leads_to_a_talk_in_one_click_and_shows_it_afterwards(desk: Desk) -> None:
    assert f'href="{desk.url}/samtaler/ny"' in desk.client().get(desk.url).text
    assert desk.note().headers["location"] == f"{desk.url}/inddragelse?gemt=samtale"
    assert "Talt med barnet i dag" in desk.client().get(desk.url).text
    assert WORDS in desk.client().get(f"{desk.url}/inddragelse?gemt=samtale").text


def test_a_talk_that_is_not_whole_comes_back_with_all_that_was_typed(desk: Desk) -> None:
    answer = desk.note(egne_ord="", oensker="En bamse.", kl="25.90")
    assert answer.status_code == 422
    assert "En bamse." in answer.text
    answer = desk.note(egne_ord="", oensker="En bamse.")
    assert "§ 5, stk. 3" in answer.text.replace("\N{NO-BREAK SPACE}", " ")
    assert desk.count(boernesamtaler) == 0


def test_none_was_held_asks_for_the_reason_and_what_is_done_instead(desk: Desk) -> None:
    form = desk.fields(f"{desk.url}/samtaler/ny?undladt=ja")
    answer = desk.client().post(f"{desk.url}/samtaler/ny", form)
    assert answer.status_code == 422
    said = {"undladt": "alder", "undladt_grund": "Fire måneder.", "i_stedet": "Vi ser barnet."}
    assert desk.client().post(f"{desk.url}/samtaler/ny", form | said).status_code == 303
    assert desk.count(haendelser, haendelser.c.type == H.BOERNESAMTALE_UNDLADT) == 1


def test_the_guide_is_for_the_childs_age(desk: Desk) -> None:
    shown = desk.client().get(f"{desk.url}/samtaler/ny").text
    assert "Hjælp til samtalen" in shown
    assert "Før du går" in shown


def test_a_draft_is_kept_and_thrown_away_with_what_is_saved(desk: Desk) -> None:
    form = desk.fields(f"{desk.url}/samtaler/ny") | {"egne_ord": "Halvt skrev"}
    desk.client().post(f"/dubu/kladde/samtale:{desk.sag}", form)
    assert "Halvt skrev" in desk.client().get(f"{desk.url}/samtaler/ny").text
    desk.note()
    assert desk.count(drafts, drafts.c.form == f"samtale:{desk.sag}") == 0


def test_two_who_put_the_same_talk_right_see_each_others_words(desk: Desk) -> None:
    desk.note()
    url = f"{desk.url}/samtaler/{desk.one(boernesamtaler).id}"
    form = desk.fields(url, METTE) | {"egne_ord": WORDS, "oensker": "En cykel."}
    hers = desk.fields(url) | {"egne_ord": WORDS, "oensker": "En bamse."}
    assert desk.client().post(url, hers).status_code == 303
    clash = desk.client(METTE).post(url, form)
    assert clash.status_code == 409
    assert "En bamse." in clash.text
    assert "En cykel." in clash.text
    (seen,) = re.findall(r'name="version" value="(\d)"', clash.text)
    both = form | {"oensker": "Begge.", "version": seen}
    assert desk.client(METTE).post(url, both).status_code == 303


def test_the_locked_part_is_locked_to_a_colleague_and_its_try_is_in_the_log(desk: Desk) -> None:
    desk.note()
    url = f"{desk.url}/samtaler/{desk.one(boernesamtaler).id}"
    wrote = desk.client().post(f"{url}/laast", {"handling": "gem", "laast": SECRET})
    assert wrote.headers["location"].endswith("gemt=laast")
    assert SECRET in desk.client(HENRIK).get(f"{url}/laast").text
    refused = desk.client(METTE).get(f"{url}/laast")
    assert refused.status_code == 403
    for page in (f"{url}/laast", url, f"{desk.url}/inddragelse", desk.url):
        assert SECRET not in desk.client(METTE).get(page).text
    log = desk.client(HENRIK).get(f"{desk.url}/log").text
    assert "Læste den låste del af en samtale" in log
    assert "Blev afvist på den låste del af en samtale" in log


def test_consent_is_asked_for_with_a_letter_and_answered(desk: Desk) -> None:
    mother = desk.parents()["Birgit Prøvemor"]
    form = desk.fields(f"{desk.url}/samtykker") | {"givere": mother, "kilder": "skole"}
    assert desk.client().post(f"{desk.url}/samtykker", form).status_code == 422
    form["formaal"] = "At høre, hvordan det går i skolen."
    assert desk.client().post(f"{desk.url}/samtykker", form).status_code == 303
    (letter,) = [desk.one(letters)]
    assert "Hemmelig Sti" not in letter.values + letter.recipient
    url = f"{desk.url}/samtykker/{desk.one(samtykker).id}"
    typed = desk.client().get(url).text.partition('data-draft="')[2].partition('"')[0]
    assert "Kladde gemt" in desk.client().post(typed, {"sagt": "Hun tænker over det."}).text
    assert ">Hun tænker over det.</textarea>" in desk.client().get(url).text
    assert desk.client().post(url, {"handling": "ja"}).status_code == 422
    answer = desk.client().post(url, {"handling": "ja", "maade": "papir"})
    assert answer.status_code == 303
    with desk.day.town.product.store.read() as connection:
        assert typed.rpartition("/")[2] not in connection.scalars(sa.select(drafts.c.form)).all()
    assert "1 samtykke gælder" in desk.client().get(desk.url).text


def test_a_statement_is_asked_for_chased_and_written_in(desk: Desk) -> None:
    form = desk.fields(f"{desk.url}/udtalelser") | {
        "handling": "send", "kilde-0": "skole", "navn-0": "Prøvestrup Skole",
        "formaal": "En undersøgelse.",
    }  # fmt: skip
    refused = desk.client().post(f"{desk.url}/udtalelser", form)
    assert refused.status_code == 422
    assert "Prøvestrup Skole" in refused.text
    form |= {"grundlag": "uden_samtykke", "grundlag_grund": "Forældrene svarer ikke."}
    assert desk.client().post(f"{desk.url}/udtalelser", form).status_code == 303
    assert "1 udtalelse ventes" in desk.client().get(desk.url).text
    url = f"{desk.url}/udtalelser/{desk.one(udtalelser).id}"
    assert desk.client().post(f"{url}/ryk").headers["location"].endswith("gemt=rykket")
    came = {"version": str(desk.one(udtalelser).version), "svar-sundhedsforhold": "Træt."}
    assert desk.client().post(url, came).status_code == 303
    shown = desk.client().get(url).text
    assert "Træt." in shown
    assert "Uden samtykke, RSL § 11 c. Forældrene svarer ikke." in shown.replace("\u00a0", " ")
    stale = desk.client().post(url, came | {"svar-sundhedsforhold": "Andet."})
    assert stale.status_code == 422
    assert "Andet." in stale.text


def test_why_a_statement_is_not_waited_for_is_kept_while_it_is_typed(desk: Desk) -> None:
    form = desk.fields(f"{desk.url}/udtalelser") | {
        "handling": "send", "kilde-0": "skole", "navn-0": "Prøvestrup Skole", "formaal": "Hjælp.",
        "grundlag": "uden_samtykke", "grundlag_grund": "Forældrene svarer ikke.",
    }  # fmt: skip
    assert desk.client().post(f"{desk.url}/udtalelser", form).status_code == 303
    url = f"{desk.url}/udtalelser/{desk.one(udtalelser).id}"
    where, _, kept = desk.client().get(url).text.partition('data-draft="')[2].partition('"')
    kept = kept.partition("</form>")[0]
    assert 'name="hvorfor"' in kept
    assert f'formaction="{url}/afgoer" name="handling" value="opgiv"' in kept
    assert 'form="ryk"' in kept
    typed = {"modtaget": "2026-03-02", "hvorfor": "Skolen er lukket.", "svar-": ""}
    desk.client().post(where, typed)
    assert ">Skolen er lukket.</textarea>" in desk.client().get(url).text
    sent = typed | {"handling": "opgiv"}
    assert desk.client().post(f"{url}/afgoer", sent).status_code == 303
    with desk.day.town.product.store.read() as connection:
        assert where.rpartition("/")[2] not in connection.scalars(sa.select(drafts.c.form)).all()


def test_a_decision_that_is_prepared_is_no_purpose_to_ask_a_school_with(desk: Desk) -> None:
    desk.client().post(f"/dubu/sag/{desk.sag}/afgoerelser", {"forhold": "stoette"})
    shown = desk.client().get(f"{desk.url}/udtalelser").text
    assert 'name="forhold"' in shown
    assert not re.search(r'name="forhold"[^>]* checked', shown)
    assert "forvaltningsloven" not in shown
    begun = {"art": "boernefaglig_undersoegelse", "grund": "noedvendigt"}
    desk.client().post(f"/dubu/sag/{desk.sag}/skrift", begun)
    shown = desk.client().get(f"{desk.url}/udtalelser").text
    assert "Børnefaglig undersøgelse (Barnets lov" in shown.replace("\N{NO-BREAK SPACE}", " ")
    assert len(re.findall(r'name="forhold"[^>]* checked', shown)) == 10


def test_a_row_more_is_there_without_anything_being_sent(desk: Desk) -> None:
    answer = desk.client().post(
        f"{desk.url}/udtalelser", {"handling": "flere", "kilde-0": "skole", "navn-0": "Prøveskolen"}
    )
    assert 'name="navn-3"' in answer.text
    assert 'value="Prøveskolen"' in answer.text
    assert desk.count(udtalelser) == 0


def test_who_only_reads_sees_it_all_and_no_form(desk: Desk) -> None:
    desk.note()
    url = f"{desk.url}/samtaler/{desk.one(boernesamtaler).id}"
    shown = desk.client(REVA).get(url)
    assert shown.status_code == 200
    assert WORDS in shown.text
    assert "data-save-button" not in shown.text
    assert "Send anmodningerne" not in desk.client(REVA).get(f"{desk.url}/udtalelser").text


@pytest.mark.parametrize("page", ["inddragelse", "samtaler/ny", "samtykker", "udtalelser"])
def test_a_page_asks_the_database_few_questions(desk: Desk, page: str) -> None:
    desk.note()
    asked: list[str] = []

    def seen(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        asked.append(statement)

    sa.event.listen(desk.day.town.product.store.engine, "before_cursor_execute", seen)
    desk.client().get(f"{desk.url}/{page}")
    assert 0 < len([one for one in asked if one.startswith("SELECT")]) <= 14, asked


def test_the_childs_words_and_a_schools_can_be_put_in_what_is_written(desk: Desk) -> None:
    desk.note()
    begun = desk.client().post(f"{desk.url}/skrift", {"art": "boernefaglig_undersoegelse"})
    with desk.day.town.product.store.read() as connection:
        (skrift,) = skrifter.of_sag(connection, desk.sag)
        talk = connection.scalar(sa.select(boernesamtaler.c.id))
    assert begun.status_code == 303
    url = f"{desk.url}/skrift/{skrift.id}/del-forloeb"
    shown = desk.client().get(url).text
    assert WORDS in shown
    assert f'value="samtale:{talk}"' in shown
    form = desk.fields(url) | {"citat": f"samtale:{talk}"}
    assert desk.client().post(url, form).status_code == 303
    with desk.day.town.product.store.read() as connection:
        said = tekster.read(connection, skrift.id, 1)
    assert said["", "barnets_perspektiv"].text.startswith(f"{WORDS} (#")


def test_what_was_noted_by_hand_before_has_a_page_of_its_own(desk: Desk) -> None:
    for code, ends in (("boernesamtale_holdt", ""), ("boernesamtale_undladt", "?undladt=ja")):
        answer = desk.client().get(f"{desk.url}/haendelse?hvad={code}")
        assert answer.headers["location"] == f"{desk.url}/samtaler/ny{ends}"


def test_asked_again_the_newest_consent_is_what_stands_and_the_older_is_folded(desk: Desk) -> None:
    mother = desk.parents()["Birgit Prøvemor"]
    form = desk.fields(f"{desk.url}/samtykker") | {
        "givere": mother, "kilder": "skole", "formaal": "Skolen.",
    }  # fmt: skip
    for _ in range(2):
        assert desk.client().post(f"{desk.url}/samtykker", form).status_code == 303
    shown = desk.client().get(f"{desk.url}/inddragelse").text
    assert "Tidligere (1)" in shown
    assert '<span class="count">1</span>' in shown


def test_a_talk_the_assessment_tells_of_is_written_from_the_list(desk: Desk) -> None:
    """That it was held stands there; what the child said is typed once, where it belongs."""
    town = desk.day.town
    at = town.now - timedelta(days=1)
    at = at.replace(second=0, microsecond=0)
    with town.product.store.write(actor=KAREN, now=town.now) as work:
        work.happened(H.BOERNESAMTALE_HOLDT, occurred_at=at, sag=desk.sag)
    page = desk.client().get(f"{desk.url}/inddragelse").text
    assert "Samtalen er ikke skrevet endnu." in page
    assert "Ingen er noteret" not in page
    link = re.search(r'href="([^"]*/samtaler/ny\?holdt=[^"]*)"', page)
    assert link is not None
    fields = desk.fields(link[1])
    assert fields["dag"] == f"{danish_clock(at):%Y-%m-%d}"
    assert fields["kl"] == f"{danish_clock(at):%H.%M}"
    desk.client().post(f"{desk.url}/samtaler/ny", fields | {"egne_ord": WORDS})
    after = desk.client().get(f"{desk.url}/inddragelse").text
    assert "Samtalen er ikke skrevet endnu." not in after


def test_an_address_that_says_no_moment_is_an_empty_form(desk: Desk) -> None:
    assert desk.fields(f"{desk.url}/samtaler/ny?holdt=i+g%C3%A5r")["kl"] == ""

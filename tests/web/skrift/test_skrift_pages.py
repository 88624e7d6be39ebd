"""What is written on a case is found, begun, looked at by a leader, compared, and copied."""

import json
import re
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from dubu_plugin.documents import reading
from dubu_plugin.documents.fill import render
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.skrift import SkriftKind, SkriftState
from dubu_plugin.store.tables import letters
from dubu_plugin.testing.fake_ports import HENRIK, KAREN
from dubu_plugin.testing.ordinary_day import Day
from dubu_plugin.usecases.skrift.begin import begin
from dubu_plugin.usecases.skrift.present import approve
from dubu_plugin.usecases.skrift.write import add_behov
from dubu_plugin.web.skrift.fields import mark_of
from tests.web.conftest import client_of
from tests.web.skrift_desk import SCHOOL, SLEEP, Pages, plain


@pytest.fixture
def desk(day: Day) -> Pages:
    return Pages(day)


def test_an_undersoegelse_is_begun_with_what_came_in_as_its_first_source(day: Day) -> None:
    desk = Pages(day)
    assert "En underretning kom den 25. februar 2026 (#1)" in desk.shown("del-grundlag")
    assert "Underretning: Skole eller andet uddannelsessted" in desk.shown("alle-kilder")


def test_to_begin_an_undersoegelse_is_to_decide_it_and_the_four_months_run(desk: Pages) -> None:
    assert [one["undersoegelse"] for one in desk.happened(H.UNDERSOEGELSE_BESLUTTET)] == ["barnet"]
    assert [one["kendskab"] for one in desk.happened(H.UNDERSOEGELSE_BESLUTTET)] == ["2026-02-25"]
    assert "Frist 25. juni (om 115 dage)" in desk.shown()


def test_before_it_is_begun_it_says_which_day_the_four_months_run_from(day: Day) -> None:
    shown = plain(client_of(day).get(f"/dubu/sag/{day.ida_sag}/skrift").text).replace("\xa0", " ")
    assert "de fire måneder løber fra 1. marts 2026, da den første henvendelse kom" in shown


def test_the_stream_of_the_case_says_what_was_begun(desk: Pages) -> None:
    shown = plain(desk.client().get(f"/dubu/sag/{desk.sag}").text)
    assert 'Skrivning begyndt <span class="small quiet">børnefaglig undersøgelse ·' in shown
    assert f'href="/dubu/sag/{desk.sag}/skrift?skriv={desk.bfu.kind}"' in shown


def test_the_panel_leads_to_the_first_page_that_lacks_something(desk: Pages) -> None:
    where = f"/dubu/sag/{desk.sag}/skrift?skriv={desk.bfu.kind}"
    assert desk.client().get(where).headers["location"] == f"{desk.url}/del-grundlag"
    desk.put(desk.bfu, grund="noedvendigt", soeskende="Ingen.")
    assert desk.client().get(where).headers["location"] == f"{desk.url}/{SLEEP}"
    desk.put_at(desk.bfu, {(SLEEP, "ikke_relevant"): "Undersøgt i marts."})
    assert desk.client().get(where).headers["location"] == f"{desk.url}/udvikling_adfaerd"
    desk.client().post(desk.url, {"handling": "fremlaeg"})
    assert desk.client().get(where).headers["location"] == desk.url


def test_where_nothing_is_written_in_the_list_offers_it_first(day: Day) -> None:
    where = f"/dubu/sag/{day.ida_sag}/skrift?skriv=screening"
    shown = plain(Pages(day).client().get(where).text)
    assert '<button type="submit" class="button button-primary">Begynd screening' in shown


def test_why_an_undersoegelse_is_made_is_chosen_when_it_is_begun(day: Day) -> None:
    desk = Pages(day)
    other = f"/dubu/sag/{day.ida_sag}/skrift"
    sent = {"art": "boernefaglig_undersoegelse", "grund": "noedvendigt"}
    answer = desk.client().post(other, sent)
    part = desk.client().get(f"{answer.headers['location']}/del-grundlag").text
    assert re.search(r'name="t-grund" value="noedvendigt"[^>]* checked', part)


def test_the_siblings_are_written_of_when_it_is_begun_and_it_opens_at_the_triangle(
    day: Day,
) -> None:
    desk = Pages(day)
    other = f"/dubu/sag/{day.ida_sag}/skrift"
    assert 'name="soeskende"' in desk.client().get(other).text
    sent = {"art": "boernefaglig_undersoegelse", "grund": "noedvendigt", "soeskende": "Ingen."}
    begun = desk.client().post(other, sent).headers["location"]
    onward = desk.client().get(f"{other}?skriv=boernefaglig_undersoegelse")
    assert onward.headers["location"] == f"{begun}/{SLEEP}"


def test_what_a_screening_says_of_the_siblings_is_not_asked_again(day: Day) -> None:
    desk = Pages(day)
    other = f"/dubu/sag/{day.ida_sag}/skrift"
    screening = desk.client().post(other, {"art": "screening"}).headers["location"]
    desk.client().post(
        f"{screening}/del-konklusion",
        {"t-soeskende": "Der er ingen.", "s-soeskende": f"0-{mark_of('')}"},
    )
    shown = desk.client().get(other).text
    assert 'name="grund"' in shown
    assert 'name="soeskende"' not in shown


def test_two_who_begin_it_at_once_lose_no_words(desk: Pages) -> None:
    url = f"/dubu/sag/{desk.sag}/skrift"
    desk.put(desk.bfu, soeskende="Viggo er med.")
    desk.client().post(url, {"art": desk.bfu.kind, "soeskende": "Kun Alma."})
    shown = desk.shown("del-grundlag")
    assert "Viggo er med." in shown
    assert "Kun Alma." in shown
    assert "Begge er gemt. Vælg, hvad der skal stå." in shown


def test_what_is_gathered_is_written_on_one_page_each_part_under_its_heading(desk: Pages) -> None:
    shown = desk.shown("del-forloeb")
    headings = re.findall(r'class="part-heading" id="(del-[a-z]+)"', shown)
    assert headings == ["del-forloeb", "del-perspektiver", "del-analyse", "del-konklusion"]
    assert shown.count('aria-current="true"') == 4, "the list says which parts stand here"
    for code in ("gennemfoerelse", "barnets_perspektiv", "analyse", "konklusion"):
        assert f'id="f-t-{code}"' in shown
    assert 'value="fremlaeg" class="button button-primary">Fremlæg for leder' in shown
    assert desk.client().get(f"{desk.url}/del-analyse").headers["location"] == (
        f"{desk.url}/del-forloeb#del-analyse"
    )


def test_it_is_not_decided_again_when_it_is_begun_again(desk: Pages) -> None:
    begin(desk.sag, SkriftKind.BOERNEFAGLIG_UNDERSOEGELSE, **desk.act())
    assert len(desk.happened(H.UNDERSOEGELSE_BESLUTTET)) == 1


def test_the_list_names_the_law_and_leads_to_each(desk: Pages) -> None:
    shown = plain(desk.client().get(f"/dubu/sag/{desk.sag}/skrift").text)
    assert desk.url in shown
    assert "Begynd screening" in shown
    assert "Barnets lov § 18" in shown
    assert "Start afdækning" not in shown, "the undersøgelse looks into it"
    assert "Start børnefaglig undersøgelse" not in shown, "one is written in already"
    answer = desk.client().post(f"/dubu/sag/{desk.sag}/skrift", {"art": "screening"})
    assert "Screening" in desk.client().get(answer.headers["location"]).text


def test_a_foreloebig_vurdering_is_offered_when_the_four_months_are_near(desk: Pages) -> None:
    assert "Skriv foreløbig vurdering" not in desk.shown()
    desk.town.now += timedelta(days=95)
    assert "De fire måneder udløber 25. juni" in desk.shown()
    desk.town.now += timedelta(days=30)
    assert "De fire måneder udløb 25. juni" in desk.shown()


def test_the_four_months_of_an_undersoegelse_that_is_finished_offer_nothing(desk: Pages) -> None:
    desk.town.happened(H.UNDERSOEGELSE_AFSLUTTET, sag=desk.sag, person=desk.bfu.person)
    desk.town.now += timedelta(days=95)
    assert "De fire måneder" not in desk.shown()


def test_the_figure_says_the_same_as_the_list(desk: Pages) -> None:
    desk.save(SLEEP, beskrivelse="Sover.", faglig_vurdering="Træt.")
    desk.save("fritid_venskaber", ikke_relevant="Undersøgt i marts.")
    shown = desk.shown(SCHOOL)
    assert 'aria-label="1 Sundhedsforhold: Skrevet"' in shown
    assert 'aria-label="4 Fritidsforhold og venskaber: Ikke relevant"' in shown
    assert 'aria-label="3 Dagtilbud, skoleforhold og læring: Mangler" aria-current="page"' in shown
    assert "2 af 10 skrevet" in shown


def test_guidance_is_for_the_age_the_child_has_today(desk: Pages) -> None:
    assert "At tænke på, 10–14 år" in desk.shown(SLEEP)
    assert "Inspiration, ikke en tjekliste." in desk.shown(SLEEP)
    desk.town.now = desk.town.now.replace(year=2030)
    assert "At tænke på, 15–17 år" in desk.shown(SLEEP)


def test_a_child_that_is_not_born_has_guidance_by_its_due_date(day: Day) -> None:
    mother = day.town.person("Freja Prøvemor", born=date(1996, 4, 2))
    child = day.town.person("Ufødt barn", due_date=date(2026, 9, 22), mother=mother)
    desk = Pages(day, day.town.sag(child))
    assert "At tænke på, ufødt" in desk.shown(SLEEP)
    assert "Barnets lov § 26" in desk.shown()
    facts = desk.happened(H.UNDERSOEGELSE_BESLUTTET)
    assert [one["undersoegelse"] for one in facts] == ["kommende_foraeldre"]


def test_what_is_lacking_leads_to_where_it_is_written(desk: Pages) -> None:
    shown = desk.shown()
    assert f'<a href="{desk.url}/del-forloeb#f-t-konklusion">Konklusion og begrundelse' in shown
    assert 'id="f-t-konklusion"' in desk.shown("del-forloeb")
    assert f'<a href="{desk.url}/{SLEEP}">1 Sundhedsforhold</a>' in shown


def test_sources_are_cited_as_links_struck_out_and_never_numbered_anew(desk: Pages) -> None:
    kilder = f"{desk.url}/alle-kilder"
    new = {"handling": "ny", "titel": "Samtale med lærer", "slags": "moede", "dag": "2026-03-01"}
    desk.client().post(kilder, new)
    desk.save(SLEEP, beskrivelse="Sover uroligt #1, og læreren ser det #2. Også #9.")
    whole = desk.shown("hele-teksten")
    assert f'<a href="/dubu/indgang/{desk.day.noah_underretning}">#1</a>' in whole
    assert '<a href="#kilde-2">#2</a>' in whole
    assert "Også #9." in whole
    desk.client().post(kilder, {"handling": "stryg:2"})
    desk.client().post(kilder, new | {"titel": "En tredje"})
    assert "#3</span> En tredje" in desk.shown("alle-kilder")
    assert "Samtale med lærer" not in desk.shown("alle-kilder")


def test_a_source_that_says_its_day_says_it_once(desk: Pages) -> None:
    new = {"handling": "ny", "slags": "moede", "dag": "2026-03-01"}
    kilder = f"{desk.url}/alle-kilder"
    desk.client().post(kilder, new | {"titel": "Samtale med barnet 1. marts 2026"})
    desk.client().post(kilder, new | {"titel": "Møde med skolen"})
    shown = desk.shown("del-forloeb")
    assert "Samtale med barnet 1. marts 2026 #2" in shown
    assert "Møde med skolen, 1. marts 2026 #3" in shown
    assert desk.shown("alle-kilder").count("1. marts") == 2


@pytest.mark.parametrize(("titel", "dag"), [("", "2026-03-01"), ("x" * 201, ""), ("Ja", "31-02")])
def test_a_source_that_cannot_be_read_is_shown_again(desk: Pages, titel: str, dag: str) -> None:
    sent = {"handling": "ny", "titel": titel, "slags": "moede", "dag": dag}
    answer = desk.client().post(f"{desk.url}/alle-kilder", sent)
    assert answer.status_code == 422
    assert f'value="{titel}"' in answer.text


def test_the_leader_reads_a_day_and_an_amount_as_they_are_said(desk: Pages) -> None:
    written = desk.begun(SkriftKind.HANDICAPUDREDNING)
    desk.put_at(written, {("", "kendskab"): "2026-05-04", ("", "udgifter"): "8580"})
    url = f"/dubu/sag/{desk.sag}/skrift/{written.id}/hele-teksten"
    shown = plain(desk.client(HENRIK).get(url).text)
    assert "4. maj 2026" in shown
    assert "8.580 kr. om året" in shown


def test_the_leader_reads_the_whole_sends_back_and_approves(desk: Pages) -> None:
    desk.finished(desk.bfu)
    desk.send(SLEEP, desk.form(SLEEP) | {"til": "fremlaeg"})
    assert desk.now(desk.bfu).state is SkriftState.FREMLAGT
    assert "Godkend</button>" in desk.shown("hele-teksten", HENRIK)
    assert "Godkend</button>" not in desk.shown("hele-teksten", KAREN)
    leader = desk.client(HENRIK)
    assert leader.post(desk.url, {"handling": "send_tilbage"}).status_code == 422
    leader.post(desk.url, {"handling": "send_tilbage", "bemaerkning": "Skriv fars syn."})
    assert "Skriv fars syn." in desk.shown()
    assert "Skriv fars syn." in desk.shown(SLEEP)
    assert desk.client(KAREN).post(desk.url, {"handling": "godkend"}).status_code == 404
    desk.client(KAREN).post(desk.url, {"handling": "fremlaeg"})
    leader.post(desk.url, {"handling": "godkend"})
    assert desk.now(desk.bfu).state is SkriftState.GODKENDT
    assert 'name="t-beskrivelse"' not in desk.shown(SLEEP), "what stands is not written in"


def test_what_a_leader_writes_of_it_is_kept_until_it_is_sent(desk: Pages) -> None:
    desk.client().post(desk.url, {"handling": "fremlaeg"})
    shown = desk.shown("hele-teksten", HENRIK)
    where = shown.partition('data-draft="')[2].partition('"')[0]
    typed = {"bemaerkning": "Skriv fars syn."}
    assert "Kladde gemt" in desk.client(HENRIK).post(where, typed).text
    shown = desk.shown("hele-teksten", HENRIK)
    assert ">Skriv fars syn.</textarea>" in shown
    assert "Din kladde fra" in shown
    desk.client(HENRIK).post(desk.url, {"handling": "send_tilbage", **typed})
    desk.client().post(desk.url, {"handling": "fremlaeg"})
    assert "Din kladde fra" not in desk.shown("hele-teksten", HENRIK)


def test_what_is_presented_waits_on_the_leaders_day_and_on_nobody_elses(desk: Pages) -> None:
    desk.client().post(desk.url, {"handling": "fremlaeg"})
    shown = plain(desk.client(HENRIK).get("/dubu/min-dag").text)
    assert "Børnefaglig undersøgelse: Noah Testlund" in shown
    assert "Fremlagt af Karen Demotoft" in shown
    assert f"{desk.url}/hele-teksten" in shown
    assert "Fremlagt af" not in desk.client(KAREN).get("/dubu/min-dag").text
    desk.client(HENRIK).post(desk.url, {"handling": "send_tilbage", "bemaerkning": "Mere."})
    assert "Fremlagt af" not in desk.client(HENRIK).get("/dubu/min-dag").text


def test_an_empty_conclusion_is_refused_with_what_is_lacking(desk: Pages) -> None:
    desk.finished(desk.bfu)
    desk.put(desk.bfu, konklusion="")
    desk.client().post(desk.url, {"handling": "fremlaeg"})
    answer = desk.client(HENRIK).post(desk.url, {"handling": "godkend"})
    assert answer.status_code == 422
    assert "Konklusion og begrundelse" in answer.text[answer.text.index("alert-error") :][:600]
    assert desk.now(desk.bfu).state is SkriftState.FREMLAGT


def test_what_is_approved_is_ordered_as_a_document_with_everything_in_it(desk: Pages) -> None:
    need = "Til tiden hver dag."
    add_behov(desk.sag, desk.bfu.id, SCHOOL, need, **desk.act())
    desk.finished(desk.bfu)
    approve(desk.sag, desk.bfu.id, **desk.leader)
    with desk.town.product.store.read() as connection:
        asked = sa.select(letters.c["values"]).where(letters.c.code == desk.bfu.kind)
        [values] = connection.scalars(asked).all()
    for said in (need, "3 Dagtilbud, skoleforhold og læring", "Konklusion og begrundelse",
                 "Problemerne er alvorlige eller komplekse", "#1"):  # fmt: skip
        assert said in plain(values)
    letter = desk.town.product.letters[desk.bfu.kind]
    page = plain(reading.text(render(letter, {**json.loads(values), "sag.nummer": "27.24.00"})))
    assert need in page
    assert "Problemerne er alvorlige eller komplekse" in page


def test_two_versions_are_compared_word_by_word_and_not_by_colour_alone(desk: Pages) -> None:
    desk.finished(desk.bfu)
    desk.put_at(desk.bfu, {(SLEEP, "beskrivelse"): "Sover uroligt hver nat."})
    approve(desk.sag, desk.bfu.id, **desk.leader)
    desk.client().post(desk.url, {"handling": "ny_version"})
    assert "Uændret siden version 1" in desk.shown(SLEEP)
    desk.save(SLEEP, beskrivelse="Sover bedre hver nat.")
    shown = desk.shown("alle-versioner")
    assert '<del><span class="sr-only">Taget ud: </span>uroligt </del>' in shown
    assert '<ins><span class="sr-only">Skrevet til: </span>bedre </ins>' in shown
    assert shown.count('class="box__body compared"') == 1
    assert "Sover uroligt" in desk.client().get(f"{desk.url}/hele-teksten?version=1").text
    assert desk.client().get(f"{desk.url}/hele-teksten?version=3").status_code == 404


def test_a_skrift_of_another_case_is_not_there(desk: Pages) -> None:
    other = f"/dubu/sag/{desk.day.ida_sag}/skrift/{desk.bfu.id}"
    for place in ("", f"/{SLEEP}", "/hele-teksten", "/alle-versioner", "/alle-kilder"):
        assert desk.client().get(other + place).status_code == 404
    assert desk.client().post(f"{other}/{SLEEP}", {"t-beskrivelse": "x"}).status_code == 404


@pytest.mark.parametrize(
    "place", ["", SLEEP, "del-forloeb", "hele-teksten", "alle-versioner", "alle-kilder"]
)
def test_a_page_asks_the_database_few_questions(desk: Pages, place: str) -> None:
    asked: list[str] = []

    def count(*told: object) -> None:
        if str(told[2]).lstrip()[:6].upper() == "SELECT":
            asked.append(str(told[2]))

    engine = desk.town.product.store.engine
    desk.shown(place)
    sa.event.listen(engine, "before_cursor_execute", count)
    desk.shown(place)
    sa.event.remove(engine, "before_cursor_execute", count)
    assert len(asked) <= 13, len(asked)

"""Bad input and bad days at a desk, each named after its sentence: nothing typed is lost."""

import html
import re
from datetime import date, timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.cpr import Cpr
from dubu_plugin.domain.skrift import LONGEST, SkriftState, place_of_behov
from dubu_plugin.ports.persons import Person, Tie
from dubu_plugin.store.family import personer
from dubu_plugin.store.skrift.behov import TEXT
from dubu_plugin.store.tables import letters
from dubu_plugin.store.tables import personer as people
from dubu_plugin.testing.fake_ports import ANDERS, HENRIK, METTE
from dubu_plugin.testing.ordinary_day import Day
from dubu_plugin.usecases.skrift.present import approve, begin_version, present
from tests.web.plan.test_plan_skrift import Planning

from .skrift_desk import SLEEP, Pages, plain

WORD = (
    '<p class="MsoNormal" style="mso-margin-top-alt:auto"><b>Noah</b> sover uroligt.<o:p></o:p>'
    "</p><script>alert(document.cookie)</script><!--[if gte mso 9]><xml></xml><![endif]-->"
)
AT = (SLEEP, "beskrivelse")
NEW_CPR = "0503162990"


@pytest.fixture
def pages(day: Day) -> Pages:
    return Pages(day)


@pytest.fixture
def desk(day: Day) -> Planning:
    return Planning(day)


def becomes(desk: Pages, **values: object) -> None:
    """Have it be told something else of the child."""
    with desk.town.product.store.write(actor="system", now=desk.town.now) as work:
        child = people.c.id == desk.bfu.person
        work.connection.execute(sa.update(people).where(child).values(**values))


def years_ago(desk: Pages, years: int) -> date:
    today = desk.town.now.date()
    return today.replace(year=today.year - years)


def with_mother(desk: Pages) -> UUID:
    mother = desk.town.person("Sanne Testvad", address="Testvej 1, 9999 Prøvestrup")
    desk.town.tie(desk.bfu.person, mother, "mor", "barn")
    return mother


def test_two_people_in_the_same_dimension(pages: Pages) -> None:
    old_screen = pages.form(SLEEP, METTE)
    pages.save(SLEEP, beskrivelse="Fra Karen.")
    pages.send(SLEEP, old_screen | {"t-beskrivelse": "Fra Mette."}, METTE)
    shown = pages.shown(SLEEP, METTE)
    assert "<p>Fra Karen.</p>" in shown
    assert "<p>Fra Mette.</p>" in shown
    pages.send(SLEEP, {"valg": "saml:beskrivelse", "set": "1"}, METTE)
    assert pages.words(pages.bfu)[AT] == "Fra Karen.\n\nFra Mette."


def test_a_session_that_ends_in_the_middle_of_a_sentence(pages: Pages) -> None:
    form = pages.form(SLEEP) | {"t-beskrivelse": "Midt i en sæt"}
    nobody = pages.client()
    nobody.who = None
    answer = nobody.post(f"{pages.url}/{SLEEP}", form)
    assert answer.status_code == 401
    assert "Midt i en sæt" in answer.text
    pages.send(SLEEP, form)
    assert pages.words(pages.bfu)[AT] == "Midt i en sæt"


def test_a_session_that_ends_in_a_plan_keeps_its_words_too(desk: Planning) -> None:
    url = desk.made()
    form = desk.fields(url) | {"formaal": "Midt i en sæt", "handling": "gem"}
    nobody = desk.client()
    nobody.who = None
    answer = nobody.post(url, form)
    assert answer.status_code == 401
    assert "Midt i en sæt" in answer.text


def test_pasted_word_and_html_with_scripts_are_text_wherever_they_are_shown(pages: Pages) -> None:
    pages.save(SLEEP, beskrivelse=WORD)
    assert pages.words(pages.bfu)[AT] == WORD
    for place in (SLEEP, "", "hele"):
        shown = pages.client().get(f"{pages.url}/{place}".rstrip("/")).text
        assert "<script>alert" not in shown
        assert "<o:p>" not in shown
    assert html.escape("<script>alert", quote=False) in pages.client().get(
        f"{pages.url}/{SLEEP}"
    ).text  # fmt: skip


def test_five_megabytes_of_text_give_the_form_back_with_a_sentence(
    pages: Pages, desk: Planning
) -> None:
    much = "æøå ord " * 470_000
    assert len(much.encode()) > 5_000_000
    answer = pages.save(SLEEP, beskrivelse=much, ressourcer="Hører med.")
    assert answer.status_code == 422
    assert "for lang" in answer.text
    assert "Hører med." in answer.text
    assert pages.words(pages.bfu).get(AT) is None, "nothing is half saved"
    url = desk.made()
    answer = desk.save(url, formaal="ord " * (LONGEST // 3), varighed="Et år")
    assert answer.status_code == 422
    assert "Et år" in answer.text
    assert ("", "formaal") not in desk.words(desk.plan())


def test_an_empty_conclusion(pages: Pages) -> None:
    pages.finished(pages.bfu)
    pages.put(pages.bfu, konklusion="")
    answer = pages.client(HENRIK).post(f"{pages.url}", {"handling": "godkend"})
    assert answer.status_code == 422
    assert "Konklusion" in answer.text
    assert pages.now(pages.bfu).state is not SkriftState.GODKENDT
    assert pages.words(pages.bfu)[AT], "the rest stands"


def test_a_need_is_gone_when_the_version_without_it_is_approved(desk: Planning) -> None:
    url = desk.made()
    approve(desk.sag, desk.finished(desk.bfu).id, **desk.leader)
    begin_version(desk.sag, desk.bfu.id, **desk.act())
    desk.put_at(desk.bfu, {(place_of_behov(desk.need), TEXT): ""})
    present(desk.sag, desk.bfu.id, **desk.act())
    waits = plain(desk.client().get(url).text)
    approve(desk.sag, desk.bfu.id, **desk.leader)
    shown = plain(desk.client().get(url).text)
    assert "Behovet er taget ud i den version, der skrives" in waits
    assert "Behovet står ikke længere i undersøgelsen" in shown
    assert "Behovet er taget ud" not in shown


def test_a_plan_whose_need_was_removed_in_a_new_version_of_the_undersoegelse(
    desk: Planning,
) -> None:
    url = desk.made()
    approve(desk.sag, desk.finished(desk.bfu).id, **desk.leader)
    begin_version(desk.sag, desk.bfu.id, **desk.act())
    desk.put_at(desk.bfu, {(place_of_behov(desk.need), TEXT): ""})
    shown = plain(desk.client().get(url).text)
    assert "Behovet er taget ud i den version, der skrives" in shown
    assert "Behovet står ikke længere i undersøgelsen" not in shown, "the approved one has it"
    assert "En fast morgen" in shown
    assert "Noah kommer til tiden" in shown
    assert desk.send(url).status_code == 303, "the goal is theirs to keep"
    with desk.town.product.store.read() as connection:
        said = connection.scalar(
            sa.select(letters.c["values"]).where(letters.c.code == "barnets_plan")
        )
    assert "En fast morgen" in str(said)


def test_a_plan_by_somebody_without_the_right(desk: Planning) -> None:
    url = desk.made()
    answer = desk.client(ANDERS).post(url, desk.whole(url) | {"handling": "send"})
    assert answer.status_code == 404
    assert desk.plan().state is SkriftState.UDKAST


@pytest.mark.parametrize(("years", "kind"), [(10, "barnets_plan"), (16, "ungeplan")])
def test_a_child_who_turns_10_or_16_while_the_plan_is_open(
    desk: Planning, years: int, kind: str
) -> None:
    url = desk.made()
    becomes(desk, born=years_ago(desk, years))
    shown = desk.client().get(desk.all).text
    if kind == "ungeplan":
        assert re.search(r'value="ungeplan"[^>]* checked', shown)
    assert desk.send(url).status_code == 303, "what is begun can be finished"


def test_a_child_who_turns_15_while_the_plan_is_open_reads_as_a_young_person(
    desk: Planning,
) -> None:
    becomes(desk, born=years_ago(desk, 15) + timedelta(days=1))
    url = desk.made()
    becomes(desk, born=years_ago(desk, 15))
    desk.send(url)
    assert "min_plan_ung" in desk.codes()


def test_a_child_who_turns_18_while_the_plan_is_open_and_its_parents_get_it_no_more(
    desk: Planning,
) -> None:
    mother = with_mother(desk)
    becomes(desk, born=years_ago(desk, 18) + timedelta(days=1))
    url = desk.made()
    form = desk.whole(url) | {"handling": "send", "modtager": str(mother)}
    becomes(desk, born=years_ago(desk, 18))
    answer = desk.client().post(url, form)
    assert answer.status_code == 422
    assert "Hvem der får den, er ændret" in answer.text
    assert "En rolig hverdag" in answer.text
    assert desk.codes() == []
    assert desk.send(url).status_code == 303
    assert "plan_brev" not in desk.codes()


def test_a_case_whose_childs_cpr_changes_from_a_replacement_number(desk: Planning) -> None:
    url = desk.made()
    desk.put_at(desk.bfu, {AT: "Sover uroligt."})
    store, now = desk.town.product.store, desk.town.now
    with store.read() as connection:
        before = personer.by_id(connection, desk.bfu.person)
    assert before is not None
    told = Person(before.host_key or "", before.name, Cpr.parse(NEW_CPR), before.born)
    with store.write(actor="system", now=now) as work:
        assert personer.keep(work.connection, told, now=now) == desk.bfu.person
    with store.read() as connection:
        after = personer.by_id(connection, desk.bfu.person)
    assert after is not None
    assert after.cpr == Cpr.parse(NEW_CPR)
    assert "Noah kommer til tiden" in desk.client().get(url).text
    assert desk.words(desk.bfu)[AT] == "Sover uroligt."
    assert NEW_CPR not in desk.client().get(url).text, "a number is never written out"
    assert desk.send(url).status_code == 303


def test_a_case_whose_child_is_born_goes_on_with_all_that_was_written(desk: Planning) -> None:
    becomes(desk, born=None, cpr=None, due_date=desk.town.now.date() + timedelta(days=30))
    url = desk.made()
    assert desk.client().get(url).status_code == 200
    becomes(desk, born=desk.town.now.date(), cpr=NEW_CPR, name="Vilja Testvad")
    shown = desk.client().get(url).text
    assert "Vilja Testvad" in shown
    assert "Noah kommer til tiden" in shown
    assert desk.send(url).status_code == 303


def test_an_adopted_childs_plan_goes_to_its_new_parents(desk: Planning) -> None:
    mother = with_mother(desk)
    url = desk.made()
    form = desk.whole(url) | {"handling": "send", "modtager": str(mother)}
    new = desk.town.person("Tove Demosen", address="Adoptivvej 3, 9999 Prøvestrup")
    with desk.town.product.store.write(actor="system", now=desk.town.now) as work:
        personer.keep_ties(work.connection, desk.bfu.person, [(new, Tie.MOTHER)])
    answer = desk.client().post(url, form)
    assert answer.status_code == 422
    assert desk.codes() == []
    shown = desk.client().get(url).text
    assert "Tove Demosen" in shown
    assert "Sanne Testvad" not in shown
    assert desk.send(url, modtager=str(new)).status_code == 303
    assert "plan_brev" in desk.codes()


def test_parents_who_may_not_see_each_others_information_get_copies_of_their_own(
    desk: Planning,
) -> None:
    mother = with_mother(desk)
    father = desk.town.person("Mads Prøvesen", address="Prøvevej 2, 9999 Prøvestrup")
    desk.town.tie(desk.bfu.person, father, "far", "barn")
    url = desk.made()
    form = desk.whole(url) | {"foraeldrenes_bemaerkninger": "Sagt i fortrolighed."}
    desk.client().post(url, form | {"handling": "gem"})
    for one in (mother, father):
        answer = desk.send(url, modtager=str(one))
        assert answer.status_code == 303
        desk.client().post(url, {"handling": "ny_version"})
    with desk.town.product.store.read() as connection:
        rows = connection.execute(
            sa.select(letters.c.recipient, letters.c["values"]).where(letters.c.code == "plan_brev")
        ).all()
    copies = {row.recipient.split("\n")[0]: str(row[1]) for row in rows}
    assert set(copies) == {"Sanne Testvad", "Mads Prøvesen"}
    assert "Sagt i fortrolighed" not in str(copies)
    assert "Prøvevej" not in copies["Sanne Testvad"]
    assert "Testvej" not in copies["Mads Prøvesen"]


def test_a_child_who_is_too_small_for_a_paper_is_told_of_with_the_reason(desk: Planning) -> None:
    url = desk.made()
    assert "Samme plan, skrevet til barnet." in desk.client().get(url).text
    becomes(desk, born=years_ago(desk, 2))
    assert "Barnet er under 3 år" in desk.client().get(url).text

"""On the pages of a skrift nothing typed is lost, and what is not touched is not written."""

import re

import pytest

from dubu_plugin.domain.skrift import LONGEST, SkriftKind
from dubu_plugin.store.tables import drafts
from dubu_plugin.testing.fake_ports import HENRIK, KAREN, METTE
from dubu_plugin.testing.ordinary_day import Day
from dubu_plugin.usecases.skrift.present import approve, give_up
from tests.web.skrift_desk import SCHOOL, SLEEP, Pages, plain

TEXT = "beskrivelse"


@pytest.fixture
def desk(day: Day) -> Pages:
    return Pages(day)


def test_a_dimension_is_saved_and_one_goes_on_in_one_click(desk: Pages) -> None:
    form = desk.form(SLEEP) | {"t-beskrivelse": "Sover uroligt.", "til": "udvikling_adfaerd"}
    answer = desk.send(SLEEP, form)
    assert answer.headers["location"] == f"{desk.url}/udvikling_adfaerd"
    assert desk.words(desk.bfu)[SLEEP, TEXT] == "Sover uroligt."


def test_what_is_saved_while_typing_tells_when_and_gives_the_new_revision(desk: Pages) -> None:
    said = plain(desk.save(SLEEP, by_itself=True, beskrivelse="Sover").text)
    assert "Gemt 13.05" in said
    assert re.search(r'id="s-beskrivelse" value="1-\w{12}" hx-swap-oob="true"', said)
    assert 'value="beskrivelse" class' in said, "»Fortryd« names the field"
    assert '<button type="submit" id="fortryd-knap"' in said, "a replaced button keeps its focus"
    left = desk.send(SLEEP, desk.form(SLEEP), by_itself=True).text
    assert 'id="fortryd"' not in left, "leaving a field that is saved takes no »Fortryd« away"


def test_what_nobody_touched_is_not_written_and_clashes_with_nobody(desk: Pages) -> None:
    old_screen = desk.form(SLEEP, METTE)
    desk.save(SLEEP, KAREN, beskrivelse="Fra Karen.")
    desk.send(SLEEP, old_screen | {"t-ressourcer": "Fra Mette."}, METTE)
    words = desk.words(desk.bfu)
    assert (words[SLEEP, TEXT], words[SLEEP, "ressourcer"]) == ("Fra Karen.", "Fra Mette.")
    assert "To tekster" not in desk.shown(SLEEP, METTE)


@pytest.mark.parametrize("by_itself", [True, False])
def test_two_in_one_field_both_texts_are_kept_and_the_second_sees_both(
    desk: Pages, by_itself: bool
) -> None:
    old_screen = desk.form(SLEEP, METTE)
    desk.save(SLEEP, KAREN, beskrivelse="Fra Karen.")
    form = old_screen | {"t-beskrivelse": "Fra Mette."}
    answer = desk.send(SLEEP, form, METTE, by_itself=by_itself)
    if by_itself:
        assert "Karen har skrevet i det samme felt imens" in answer.text
    shown = desk.shown(SLEEP, METTE)
    assert "To tekster i »Beskrivelse«" in shown
    assert "<p>Fra Karen.</p>" in shown
    assert "<p>Fra Mette.</p>" in shown
    assert "Behold Karens" in shown
    assert "To tekster" not in desk.shown(SLEEP, KAREN)


def test_who_writes_in_two_windows_is_not_told_of_as_somebody_else(desk: Pages) -> None:
    old_screen = desk.form(SLEEP, KAREN)
    desk.save(SLEEP, KAREN, beskrivelse="Fra det ene.")
    form = old_screen | {"t-beskrivelse": "Fra det andet."}
    said = desk.send(SLEEP, form, KAREN, by_itself=True).text
    assert "Du har skrevet i det samme felt i et andet vindue imens" in said
    assert "Karen har" not in said


@pytest.mark.parametrize(
    ("choice", "stands"),
    [("behold", "Fra Mette."), ("brug", "Fra Karen."), ("saml", "Fra Karen.\n\nFra Mette.")],
)
def test_the_second_chooses_and_is_asked_no_more(desk: Pages, choice: str, stands: str) -> None:
    old_screen = desk.form(SLEEP, METTE)
    desk.save(SLEEP, KAREN, beskrivelse="Fra Karen.")
    desk.send(SLEEP, old_screen | {"t-beskrivelse": "Fra Mette."}, METTE)
    desk.send(SLEEP, {"valg": f"{choice}:beskrivelse", "set": "1"}, METTE)
    assert desk.words(desk.bfu)[SLEEP, TEXT] == stands
    assert "To tekster" not in desk.shown(SLEEP, METTE)
    with desk.town.product.store.read() as connection:
        assert connection.execute(drafts.select().where(drafts.c.employee == METTE)).all() == []


def test_a_third_text_that_came_before_the_choice_is_not_written_over(desk: Pages) -> None:
    old_screen = desk.form(SLEEP, METTE)
    desk.save(SLEEP, KAREN, beskrivelse="Fra Karen.")
    desk.send(SLEEP, old_screen | {"t-beskrivelse": "Fra Mette."}, METTE)
    desk.save(SLEEP, KAREN, beskrivelse="Fra Karen igen.")
    desk.send(SLEEP, {"valg": "behold:beskrivelse", "set": "1"}, METTE)
    assert desk.words(desk.bfu)[SLEEP, TEXT] == "Fra Karen igen."
    assert "<p>Fra Mette.</p>" in desk.shown(SLEEP, METTE)


def test_what_was_typed_when_it_was_approved_is_kept_until_it_is_used(desk: Pages) -> None:
    desk.finished(desk.bfu)
    screen = desk.form(SLEEP)
    approve(desk.sag, desk.bfu.id, **desk.leader)
    answer = desk.send(SLEEP, screen | {"t-beskrivelse": "Midt i en sætning"})
    assert answer.status_code == 409
    assert "Midt i en sætning" in answer.text
    assert "Midt i en sætning" in desk.shown(SLEEP), "and it is there the next time"


def test_a_session_that_ended_gives_the_form_back_with_what_was_typed(desk: Pages) -> None:
    form = desk.form(SLEEP) | {"t-beskrivelse": "Midt i en sætning"}
    nobody = desk.client()
    nobody.who = None
    answer = nobody.post(f"{desk.url}/{SLEEP}", form)
    assert answer.status_code == 401
    assert "Midt i en sætning" in answer.text
    part = nobody.post(f"{desk.url}/{SLEEP}/gem", form, headers={"hx-request": "true"})
    assert "Log ind i en ny fane" in part.text


def test_far_too_much_text_shows_the_form_again_with_all_of_it(desk: Pages) -> None:
    much = "ord " * (LONGEST // 3)
    answer = desk.save(SLEEP, beskrivelse=much, ressourcer="Hører med.")
    assert answer.status_code == 422
    assert "for lang" in answer.text
    assert much.strip() in answer.text
    assert "Hører med." in answer.text
    assert desk.words(desk.bfu).get((SLEEP, TEXT)) is None


def test_undo_puts_back_what_stood_and_once_more_undoes_that(desk: Pages) -> None:
    desk.save(SLEEP, beskrivelse="Nyt.")
    answer = desk.send(SLEEP, desk.form(SLEEP) | {"fortryd": "beskrivelse"})
    field = "f-t-beskrivelse"
    assert answer.headers["location"] == f"{desk.url}/{SLEEP}#{field}", "focus goes to the field"
    assert f'id="{field}"' in desk.shown(SLEEP)
    assert desk.words(desk.bfu)[SLEEP, TEXT] == ""
    assert 'name="fortryd" value="beskrivelse"' in desk.shown(SLEEP)
    desk.send(SLEEP, desk.form(SLEEP) | {"fortryd": "beskrivelse"})
    assert desk.words(desk.bfu)[SLEEP, TEXT] == "Nyt."


def test_undo_does_not_take_back_what_a_colleague_wrote(desk: Pages) -> None:
    desk.save(SLEEP, METTE, beskrivelse="Fra Mette.")
    desk.send(SLEEP, desk.form(SLEEP) | {"fortryd": "beskrivelse"})
    assert desk.words(desk.bfu)[SLEEP, TEXT] == "Fra Mette."


def test_a_need_is_added_changed_and_removed_by_emptying_and_keeps_its_key(desk: Pages) -> None:
    form = desk.form(SCHOOL)
    new = next(name for name in form if name.startswith("t-behov-"))
    desk.send(SCHOOL, form | {new: "Til tiden"}, by_itself=True)
    desk.send(SCHOOL, form | {new: "Til tiden hver dag."}, by_itself=True)
    [need] = desk.needs(desk.bfu)
    assert (need.text, f"t-behov-{need.id}") == ("Til tiden hver dag.", new)
    form = desk.form(SCHOOL)
    assert sum(name.startswith("t-behov-") for name in form) == 2, "and an empty one for the next"
    desk.send(SCHOOL, form | {new: ""})
    assert desk.needs(desk.bfu) == []
    desk.send(SCHOOL, desk.form(SCHOOL) | {"fortryd": new.removeprefix("t-")})
    assert [(one.id, one.text) for one in desk.needs(desk.bfu)] == [
        (need.id, "Til tiden hver dag.")
    ]


def test_a_suggestion_from_the_dimensions_is_put_in_by_whoever_writes(desk: Pages) -> None:
    desk.save(SCHOOL, ressourcer="Sprogligt stærk.")
    assert "Dagtilbud, skoleforhold og læring: Sprogligt stærk." in desk.shown("del-forloeb")
    assert ("", "beskyttende_barn") not in desk.words(desk.bfu)
    desk.send("del-forloeb", desk.form("del-forloeb") | {"indsaet": "beskyttende_barn"})
    stands = desk.words(desk.bfu)["", "beskyttende_barn"]
    assert stands == "Dagtilbud, skoleforhold og læring: Sprogligt stærk."
    assert 'value="beskyttende_barn">Sæt ind' not in desk.shown("del-forloeb")


def test_whoever_writes_about_a_matter_in_an_afdaekning_looks_at_it(desk: Pages) -> None:
    give_up(desk.sag, desk.bfu.id, **desk.act())
    desk.bfu = desk.begun(SkriftKind.AFDAEKNING)
    desk.url = f"/dubu/sag/{desk.sag}/skrift/{desk.bfu.id}"
    assert "Der ses ikke på dette forhold" in desk.shown(SLEEP)
    desk.save(SLEEP, beskrivelse="Sover uroligt.")
    assert desk.words(desk.bfu)["", "forhold"] == SLEEP
    assert "Der ses ikke på dette forhold" not in desk.shown(SLEEP)


@pytest.mark.parametrize("place", ["findes_ikke", "del-findes_ikke", "behov:1", "DEL-analyse"])
def test_a_place_that_is_not_there_is_not_there(desk: Pages, place: str) -> None:
    for who in (KAREN, HENRIK):
        assert desk.client(who).get(f"{desk.url}/{place}").status_code == 404
        assert desk.client(who).post(f"{desk.url}/{place}", {}).status_code == 404


def test_a_script_that_was_pasted_is_a_text_wherever_it_is_shown(desk: Pages) -> None:
    desk.save(SLEEP, beskrivelse="<script>alert('x')</script> #1")
    for place in (SLEEP, "hele-teksten", "del-forloeb"):
        assert "<script>alert" not in desk.shown(place)

"""An undersøgelse is written in the browser: found in few clicks, saved while it is typed, lost by
nothing, and read by whoever cannot see the figure."""

import pytest
from playwright.sync_api import Page, expect

from dubu_plugin.domain.skrift import SkriftState
from dubu_plugin.testing.fake_ports import HENRIK, KAREN, METTE
from dubu_plugin.testing.ordinary_day import Day
from tests.usecases.skrift.desk import Desk

from .conftest import Open
from .test_axe import wrong

SCHOOL = "dagtilbud_skole_laering"
SLEEP = "sundhedsforhold"
PAGES = ("", SLEEP, "del-forloeb", "alle-kilder", "alle-versioner",
         "hele-teksten", "hent-afsnit")  # fmt: skip


class Written:
    """Noah's undersøgelse, and where it is."""

    def __init__(self, day: Day, origin: str) -> None:
        self.desk = Desk(day.town, day.noah_sag)
        self.bfu = self.desk.begun()
        self.url = f"{origin}/dubu/sag/{day.noah_sag}/skrift/{self.bfu.id}"

    def words(self, place: str, field: str) -> str | None:
        return self.desk.words(self.bfu).get((place, field))


@pytest.fixture
def written(day_at: tuple[Day, str]) -> Written:
    return Written(*day_at)


def wait_for_save(page: Page) -> None:
    """Wait till what is typed is saved by itself."""
    expect(page.locator("#gemt")).to_contain_text("Gemt", timeout=8000)


def test_from_the_front_page_an_undersoegelse_is_begun_in_at_most_four_clicks(
    day_at: tuple[Day, str], open_page: Open
) -> None:
    page = open_page(f"{day_at[1]}/dubu/min-dag")
    page.get_by_role("link", name="Noah Testlund").first.click()
    page.get_by_role("link", name="Begynd eller se alt").click()
    page.get_by_role("button", name="Start børnefaglig undersøgelse").click()
    expect(page.get_by_role("heading", name="Børnefaglig undersøgelse")).to_be_visible()
    expect(page.get_by_role("navigation", name="Trekanten")).to_be_visible()
    expect(page.locator("#kilder")).to_contain_text("1")


def test_what_is_too_long_is_said_and_what_says_so_covers_no_button(
    written: Written, open_page: Open
) -> None:
    page = open_page(f"{written.url}/{SLEEP}")
    field = page.locator("#f-t-beskrivelse")
    field.evaluate("""(one) => {
        one.value = "Hun sover. ".repeat(20000);
        one.dispatchEvent(new Event("input", { bubbles: true }));
    }""")
    expect(page.locator("#gemt")).to_contain_text("for lang", timeout=15000)
    page.get_by_role("button", name="Gem", exact=True).last.click()
    expect(page.locator(".alert-error")).to_contain_text("for lang", timeout=15000)
    expect(field).to_have_value("Hun sover. " * 20000)


def test_the_guidance_stands_beside_the_field_also_where_the_journal_has_its_list(
    written: Written, open_page: Open
) -> None:
    page = open_page(f"{written.url}/{SLEEP}")
    page.set_viewport_size({"width": 1190, "height": 900})
    guide = page.get_by_role("region", name="At tænke på").bounding_box()
    field = page.get_by_label("Beskrivelse").bounding_box()
    assert guide is not None
    assert field is not None
    assert guide["x"] >= field["x"] + field["width"]
    assert guide["y"] < field["y"] + field["height"]


def test_what_is_typed_is_saved_by_itself_and_can_be_undone(
    written: Written, open_page: Open
) -> None:
    page = open_page(f"{written.url}/{SLEEP}")
    page.get_by_label("Beskrivelse").fill("Sover uroligt.")
    wait_for_save(page)
    assert written.words(SLEEP, "beskrivelse") == "Sover uroligt."
    undo = page.get_by_role("button", name="Fortryd")
    page.get_by_label("Ressourcer").fill("Godt sovehjerte.")
    undo.focus()
    undo.evaluate("one => one.dataset.old = 'ja'")
    expect(page.locator("#fortryd [data-old]")).to_have_count(0)
    expect(undo).to_be_focused()
    undo.press("Enter")
    expect(page.get_by_label("Ressourcer")).to_have_value("")
    expect(page.get_by_label("Ressourcer")).to_be_focused()
    page.get_by_role("button", name="Fortryd").click()
    expect(page.get_by_label("Ressourcer")).to_have_value("Godt sovehjerte.")


def test_the_last_words_are_kept_when_the_page_is_left_by_the_figure(
    written: Written, open_page: Open
) -> None:
    page = open_page(f"{written.url}/{SLEEP}")
    page.get_by_label("Beskrivelse").fill("Midt i en sætn")
    page.get_by_role("link", name="5 Trygt omsorgsmiljø: Mangler").click()
    expect(page.get_by_role("heading", name="5 Trygt omsorgsmiljø")).to_be_visible()
    for _ in range(600):  # what a page sends as it is left may come after the next page's
        if written.words(SLEEP, "beskrivelse"):
            break
        page.wait_for_timeout(100)
    page.goto(f"{written.url}/{SLEEP}")
    expect(page.get_by_label("Beskrivelse")).to_have_value("Midt i en sætn")
    assert page.locator(".versus").count() == 0


def test_a_page_that_was_out_of_sight_does_not_clash_with_itself(
    written: Written, open_page: Open
) -> None:
    page = open_page(f"{written.url}/{SLEEP}")
    page.get_by_label("Beskrivelse").fill("Sover uroligt.")
    hide = "Object.defineProperty(document, 'visibilityState', {value: '%s', configurable: true})"
    with page.expect_response(lambda answer: answer.url.endswith("/gem")):
        page.evaluate(hide % "hidden")
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.evaluate(hide % "visible")
    page.wait_for_function("document.getElementById('s-beskrivelse').value[0] > '0'")
    page.get_by_label("Beskrivelse").fill("Noget helt andet.")
    wait_for_save(page)
    assert written.words(SLEEP, "beskrivelse") == "Noget helt andet."
    expect(page.locator("#imens")).to_be_empty()


def test_two_in_one_field_see_both_texts_and_gather_them(written: Written, open_page: Open) -> None:
    karen, mette = (open_page(f"{written.url}/{SLEEP}", who=who) for who in (KAREN, METTE))
    karen.get_by_label("Beskrivelse").fill("Fra Karen.")
    wait_for_save(karen)
    mette.get_by_label("Beskrivelse").fill("Fra Mette.")
    mette.get_by_role("link", name="Se begge tekster, og vælg").click()
    expect(mette.get_by_role("button", name="Behold Karens")).to_be_visible()
    mette.get_by_role("button", name="Saml begge").click()
    expect(mette.get_by_label("Beskrivelse")).to_have_value("Fra Karen.\n\nFra Mette.")


def test_a_session_that_ends_mid_sentence_says_so_and_saves_after_a_new_login(
    written: Written, open_page: Open
) -> None:
    page = open_page(f"{written.url}/{SLEEP}")
    cookies = page.context.cookies()
    page.context.clear_cookies()
    page.get_by_label("Beskrivelse").fill("Midt i en")
    expect(page.locator("#gemt")).to_contain_text("Log ind i en ny fane", timeout=8000)
    page.context.add_cookies(cookies)  # type: ignore[arg-type]
    page.get_by_label("Beskrivelse").press_sequentially(" sætning")
    wait_for_save(page)
    assert written.words(SLEEP, "beskrivelse") == "Midt i en sætning"


def test_without_javascript_a_dimension_is_saved_and_gone_on_from_in_one_click(
    written: Written, open_page: Open
) -> None:
    page = open_page(f"{written.url}/{SLEEP}", java_script_enabled=False)
    page.get_by_label("Beskrivelse").fill("Sover uroligt.")
    page.get_by_role("button", name="Næste", exact=True).click()
    expect(page.get_by_role("heading", name="2 Udvikling og adfærd")).to_be_visible()
    assert written.words(SLEEP, "beskrivelse") == "Sover uroligt."


def test_with_the_keyboard_alone_one_goes_round_the_figure_and_saves(
    written: Written, open_page: Open
) -> None:
    page = open_page(f"{written.url}/{SLEEP}")
    dot = page.get_by_role("link", name="3 Dagtilbud, skoleforhold og læring: Mangler")
    ring = dot.locator(".ring")
    expect(ring).to_have_css("stroke", "none")
    dot.focus()
    expect(ring).to_have_css("stroke", "rgb(69, 69, 69)")
    assert float(ring.get_attribute("r") or 0) >= 6 + float(
        dot.locator(".dot").get_attribute("r") or 0
    ), "it stands apart from the dot, which may be of the same colour"
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="3 Dagtilbud")).to_be_visible()
    page.get_by_label("Beskrivelse").focus()
    page.keyboard.type("Fravær 21 pct. #1")
    page.keyboard.press("Alt+s")
    expect(page.get_by_label("Beskrivelse")).to_have_value("Fravær 21 pct. #1")
    assert written.words(SCHOOL, "beskrivelse") == "Fravær 21 pct. #1"


def test_the_list_says_the_same_as_the_figure(written: Written, open_page: Open) -> None:
    page = open_page(f"{written.url}/{SLEEP}")
    around = page.get_by_role("navigation", name="Trekanten")
    dots = around.locator("svg.triangle a")
    rows = around.locator("ul:not(.dims__parts) a")
    said = [dot.get_attribute("aria-label") or "" for dot in dots.all()]
    listed = [" ".join(row.inner_text().split()) for row in rows.all()]
    assert len(said) == len(listed) == 10
    assert [text.replace(":", "") for text in said] == listed
    narrow = open_page(f"{written.url}/{SLEEP}", width=400)
    expect(narrow.locator("svg.triangle")).to_be_hidden()
    expect(narrow.locator(".dims li a").first).to_be_visible()


def test_the_leader_reads_it_and_approves(written: Written, open_page: Open) -> None:
    written.desk.finished(written.bfu)
    page = open_page(f"{written.url}/{SLEEP}")
    page.get_by_role("button", name="Fremlæg for leder").click()
    leader = open_page(f"{written.url}/hele-teksten", who=HENRIK)
    leader.get_by_role("button", name="Godkend").click()
    expect(leader.get_by_role("status")).to_contain_text("Den er godkendt")
    assert written.desk.now(written.bfu).state is SkriftState.GODKENDT


@pytest.fixture(scope="module")
def standing(standing_day: tuple[Day, str]) -> Written:
    there = Written(*standing_day)
    there.desk.put_at(there.bfu, {
        (SLEEP, "beskrivelse"): "Sover uroligt #1.",
        (SCHOOL, "ressourcer"): "Sprogligt stærk.",
        ("fritid_venskaber", "ikke_relevant"): "Undersøgt i marts.",
    })  # fmt: skip
    return there


@pytest.mark.parametrize("place", PAGES)
def test_axe_finds_nothing_wrong_and_nothing_is_wider_than_the_window(
    standing: Written, turn_to: Open, place: str
) -> None:
    assert wrong(turn_to(f"{standing.url}/{place}".rstrip("/"))) == []

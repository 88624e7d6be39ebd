"""The panel's »Næste« is what cannot wait."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from dubu_plugin.domain.danish_time import end_of_day, start_of_day
from dubu_plugin.domain.forloeb import Fact, Reached, Stage
from dubu_plugin.domain.forloeb_reached import reached
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.store.deadlines import State
from dubu_plugin.store.sag.sag_panel import OpenStep
from dubu_plugin.testing.fake_ports import KAREN
from dubu_plugin.testing.ordinary_day import NOW, Day
from dubu_plugin.web.sag.next_view import next_step
from tests.web.conftest import Asking

SINCE = date(2024, 1, 1)


def test_a_duty_about_danger_without_a_date_comes_before_a_date_that_is_soon(
    standing_day: Day, looking: Asking
) -> None:
    looking(KAREN)
    steps = [
        OpenStep("UND-KVIT", SINCE, State.AABEN, NOW + timedelta(days=7)),
        OpenStep("UND-SAMTALE", SINCE, State.AABEN, None),
    ]
    found = next_step(standing_day.town.product, steps, NOW)
    assert found is not None
    assert found.title == "samtale med barnet"


def reached_by(*happened: H) -> Mapping[Stage, Reached]:
    return reached([Fact(one, NOW + timedelta(hours=at), {}) for at, one in enumerate(happened)])


DONE = (H.UNDERSOEGELSE_BESLUTTET, H.UNDERSOEGELSE_AFSLUTTET)


def test_after_an_undersoegelse_comes_a_decision_where_no_duty_is_soon(
    standing_day: Day, looking: Asking
) -> None:
    looking(KAREN)
    sag = standing_day.noah_sag
    far = OpenStep("OPF-1", SINCE, State.AABEN, NOW + timedelta(days=1651))
    soon = OpenStep("UND-KVIT", SINCE, State.AABEN, NOW + timedelta(days=2))

    def comes(*steps: OpenStep, happened: Sequence[H] = DONE) -> str:
        found = next_step(standing_day.town.product, steps, NOW, sag, course=reached_by(*happened))
        return found.title if found else ""

    assert comes() == comes(far) == "partshøring og afgørelse"
    assert comes(soon, far) == "kvittering til underretter"
    for later in (H.AFGOERELSE_FORBEREDT, H.INDSATS_IVAERKSAT):
        assert comes(far, happened=[*DONE, later]) != "partshøring og afgørelse"
    assert comes(happened=DONE[:1]) == "", "it is not finished"


def test_what_is_done_is_folded_and_the_same_is_told_once(
    standing_day: Day, looking: Asking
) -> None:
    looking(KAREN)
    done = [OpenStep("PARTSH", SINCE, State.OPFYLDT, NOW, ended_at=NOW)] * 3
    steps = [OpenStep("BFU-BESL", SINCE, State.AABEN, None), *done]
    found = next_step(standing_day.town.product, steps, NOW)
    assert found is not None
    assert [step.title for step in found.steps] == ["Afgørelse om undersøgelse"]
    assert [(step.title, step.times) for step in found.behind] == [("Partshøring", 3)]
    assert found.done == 3


def test_rsl_3_the_day_an_application_is_to_be_answered_stands_under_what_has_no_day(
    standing_day: Day, looking: Asking
) -> None:
    looking(KAREN)
    about = standing_day.noah_underretning
    due = end_of_day(date(2026, 6, 29))
    steps = [
        OpenStep("SCR", SINCE, State.AABEN, None, underretning=about),
        OpenStep("LOKALFRIST", SINCE, State.AABEN, due, underretning=about),
    ]
    found = next_step(standing_day.town.product, steps, NOW, standing_day.noah_sag)
    assert found is not None
    assert [step.by.replace("\u00a0", " ") for step in found.steps] == ["", "senest 29. juni"]
    assert found.also == (f"/dubu/indgang/{about}/svarfrist", "Skriv, hvornår svaret kommer")


def test_a_day_that_begins_a_birthday_has_no_hour(standing_day: Day, looking: Asking) -> None:
    looking(KAREN)
    turns = OpenStep("PART-10", SINCE, State.AABEN, start_of_day(date(2026, 6, 3)))
    found = next_step(standing_day.town.product, [turns], NOW)
    assert found is not None
    assert found.by.replace("\u00a0", " ") == "Senest onsdag 3. juni 2026"


def test_the_panel_folds_what_is_done(standing_day: Day, looking: Asking) -> None:
    page = looking(KAREN).get(f"/dubu/sag/{standing_day.noah_sag}").text
    fold = page[page.index("<details", page.index('id="naeste"')) :]
    fold = fold[: fold.index("</details>")]
    assert "gjort</summary>" in fold
    assert 'aria-label="Færdig"' in fold
    box = page[page.index('id="naeste"') : page.index('id="arbejdet"')]
    assert 'aria-label="Færdig"' not in box.replace(fold, "")
    # How far the work is stands on Min dag's line, which counts the steps of a plan: never beside
    # another count of the same child's.
    assert 'class="meter"' not in box

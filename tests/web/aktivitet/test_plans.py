"""The plans of a case, one's reminders, and the administrator's page."""

import re
from html import unescape
from uuid import UUID

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.store.aktivitet import plan_versions
from dubu_plugin.store.tables import aktiviteter, aktivitetsplaner, erindringer, haendelser, sager
from dubu_plugin.testing.fake_ports import ADAM, ANDERS, KAREN, METTE
from dubu_plugin.testing.ordinary_day import Day, ago
from tests.web.conftest import Asking

ADDED = {"handling": "tilfoej", "aktivitet": "C03", "dag": "2026-03-20"}


def step(day: Day, key: str) -> str:
    with day.town.product.store.read() as connection:
        found = connection.scalar(
            sa.select(aktiviteter.c.id)
            .join(aktivitetsplaner, aktivitetsplaner.c.id == aktiviteter.c.plan_id)
            .where(aktiviteter.c.step == key, aktivitetsplaner.c.sag_id == day.noah_sag)
        )
    return str(found)


@pytest.fixture
def planned(day: Day, asking: Asking) -> str:
    """The address of Noah's plans, where a P7 has been laid by hand."""
    url = f"/dubu/sag/{day.noah_sag}/planer"
    answer = asking().post(url, {"handling": "lagt", "plan": "P7"})
    assert answer.status_code == 303
    return url


def test_a_plan_is_one_line_with_progress(asking: Asking, planned: str) -> None:
    page = asking().get(planned).text.replace("\N{NO-BREAK SPACE}", " ")
    assert "Støttende indsats: 0 af 10 · næste: Partshøring, 16. marts 2026" in page


def panel_lines(asking: Asking, day: Day) -> list[str]:
    page = unescape(asking().get(f"/dubu/sag/{day.noah_sag}").text).replace(
        "\N{NO-BREAK SPACE}", " "
    )
    box = page[page.index('id="planer"') :]
    return re.findall(r"<li>([^<]*)</li>", box[: box.index("</section>")])


def test_plans_of_one_kind_are_told_apart_on_the_panel_by_what_began_them(
    day: Day, asking: Asking
) -> None:
    (alone,) = [one for one in panel_lines(asking, day) if one.startswith("Underretning")]
    assert "modtaget" not in alone
    noah = day.town.underretning
    for hours, by in ((3, "13"), (2, "2"), (2, "2")):
        noah("Råb.", child=_child(day), sag=day.noah_sag, received_at=ago(hours=hours),
             underretter=by, responsible=KAREN)  # fmt: skip
    lines = [one for one in panel_lines(asking, day) if one.startswith("Underretning")]
    assert len(lines) == len(set(lines)) == 3
    said = " | ".join(lines)
    assert "underretning fra familie eller bekendte, modtaget i dag kl. 10.05" in said
    assert "underretning fra skolen, modtaget i dag kl. 11.05 · 2 ens" in said
    page = asking().get(f"/dubu/sag/{day.noah_sag}/planer").text.replace("\N{NO-BREAK SPACE}", " ")
    assert page.count(" · begyndt ") >= 4


def _child(day: Day) -> UUID:
    with day.town.product.store.read() as connection:
        asked = sa.select(sager.c.child_id).where(sager.c.id == day.noah_sag)
        found: UUID = connection.execute(asked).scalar_one()
        return found


def test_a_plan_laid_twice_is_refused_kindly(asking: Asking, planned: str) -> None:
    answer = asking().post(planned, {"handling": "lagt", "plan": "P7"})
    assert answer.status_code == 422
    assert "allerede lagt på sagen" in answer.text


def test_a_step_is_done_moved_and_declined(day: Day, asking: Asking, planned: str) -> None:
    for sent in (
        {"handling": "udfoert", "trin": step(day, "F03")},
        {"handling": "flyt", "trin": step(day, "D04"), "dag": "2026-04-09"},
        {"handling": "fravalg", "trin": step(day, "F01"), "grund": "Samme leverandør"},
    ):
        assert asking().post(planned, sent).status_code == 303
    page = asking().get(planned).text.replace("\N{NO-BREAK SPACE}", " ")
    assert "1 af 9 · næste: Partshøring, 16. marts 2026" in page
    assert "senest 9. april" in page
    assert "fravalgt: Samme leverandør" in page


def test_a_step_that_is_noted_is_not_ticked_off_but_noted(
    day: Day, asking: Asking, planned: str
) -> None:
    form = f"/dubu/sag/{day.noah_sag}/haendelse?hvad=partshoering_sendt&fra=planer"
    page = asking().get(planned).text
    assert f'href="{form.replace("&", "&amp;")}"' in page
    shown = asking().get(form).text
    assert "Tilbage til planen" in shown
    fields = dict(re.findall(r'name="([\w-]+)" value="([^"]*)"', shown)) | {
        "dag": "2026-03-02", "kl": "10.00", "svar-svarfrist": "2026-03-20", "fra": "planer",
    }  # fmt: skip
    url = f"/dubu/sag/{day.noah_sag}/haendelse"
    seen = asking().post(url, fields | {"handling": "vis"}).text
    mark = re.findall(r'name="vist" value="(\w+)"', seen)[0]
    noted = asking().post(url, fields | {"handling": "gem", "vist": mark})
    assert noted.status_code == 303
    assert noted.headers["location"] == f"{planned}?gemt=noteret"
    page = asking().get(planned).text.replace("\N{NO-BREAK SPACE}", " ")
    assert "Støttende indsats: 1 af 10" in page


def test_a_step_that_can_be_noted_as_more_than_one_thing_lets_one_choose(
    day: Day, asking: Asking, planned: str
) -> None:
    page = asking().get(planned).text
    said = page[page.index("Notér det, der er sket:") :]
    said = said[: said.index("</p>")]
    for what in ("partshoering_sendt", "partshoering_udeladt"):
        assert f"/dubu/sag/{day.noah_sag}/haendelse?hvad={what}&amp;fra=planer" in said
    answer = asking().post(planned, {"handling": "udfoert", "trin": step(day, "D02")})
    assert answer.status_code == 422
    assert "»Partshøring sendt« eller »Partshøring udeladt«" in answer.text


def test_a_step_that_is_noted_as_one_thing_leads_there(
    day: Day, asking: Asking, planned: str
) -> None:
    form = f"/dubu/sag/{day.noah_sag}/haendelse?hvad=indsats_ivaerksat&fra=planer"
    answer = asking().post(planned, {"handling": "udfoert", "trin": step(day, "F02")})
    assert (answer.status_code, answer.headers["location"]) == (303, form)


def test_what_is_done_and_what_comes_later_is_folded(
    day: Day, asking: Asking, planned: str
) -> None:
    page = asking().get(planned).text
    folded = page[page.index('<summary class="box__body">Senere:') :]
    assert "Første opfølgning" in folded or "Opfølgning" in folded
    assert "</svg> Partshøring" in page
    assert "</svg> Partshøring" not in folded[: folded.index("</ul>")]


def test_a_declined_step_that_happens_is_done(day: Day, asking: Asking, planned: str) -> None:
    asking().post(planned, {"handling": "fravalg", "trin": step(day, "F02"), "grund": "Nej"})
    day.town.happened(Haendelse.INDSATS_IVAERKSAT, sag=day.noah_sag)
    with day.town.product.store.read() as connection:
        row = connection.execute(
            sa.select(aktiviteter.c.state, aktiviteter.c.reason).where(aktiviteter.c.step == "F02")
        ).one()
    assert (row.state, row.reason) == ("udfoert", "Nej")


def test_a_step_of_the_laws_own_date_is_nobodys_to_change(
    day: Day, asking: Asking, planned: str
) -> None:
    number = step(day, "E02")
    for handling in ("udfoert", "flyt", "fravalg"):
        sent = {"handling": handling, "trin": number, "dag": "2026-04-09", "grund": "Nej"}
        answer = asking().post(planned, sent)
        assert answer.status_code == 422
        assert "en frist i loven" in answer.text


def test_a_step_needs_a_reason_and_a_day_that_comes(day: Day, asking: Asking, planned: str) -> None:
    number = step(day, "D02")
    for sent, said in (
        ({"handling": "fravalg", "trin": number, "grund": " "}, "hvorfor trinnet ikke"),
        ({"handling": "flyt", "trin": number, "dag": "2026-02-01"}, "ikke er gået"),
        ({"handling": "flyt", "trin": number, "dag": "snart"}, "Vælg en dag."),
        ({"handling": "udfoert", "trin": "x"}, "ikke åbent"),
        ({"handling": "andet"}, "ikke åbent"),
        ({"handling": "lagt", "plan": "P99"}, "Vælg en plan"),
        ({"handling": "lagt", "plan": "P16"}, "Vælg en plan"),
    ):
        answer = asking().post(planned, sent)
        assert answer.status_code == 422, sent
        assert said in answer.text


def test_an_activity_of_the_catalogue_is_added(day: Day, asking: Asking, planned: str) -> None:
    found = re.search(r'name="plan" value="([0-9a-f-]{36})"', asking().get(planned).text)
    assert found
    assert asking().post(planned, {**ADDED, "plan": found[1]}).status_code == 303
    page = asking().get(planned).text
    assert "0 af 11" in page
    assert "Netværksmøde" in page


def test_a_step_of_another_case_is_not_reached_from_this_one(
    day: Day, asking: Asking, planned: str
) -> None:
    other = f"/dubu/sag/{day.ida_sag}/planer"
    sent = {"handling": "udfoert", "trin": step(day, "D02")}
    assert asking(METTE).post(other, sent).status_code == 422


def test_what_a_person_does_is_recorded_without_what_they_wrote(
    day: Day, asking: Asking, planned: str
) -> None:
    sent = {"handling": "fravalg", "trin": step(day, "D02"), "grund": "Hemmeligt"}
    asking().post(planned, sent)
    with day.town.product.store.read() as connection:
        rows = connection.execute(
            sa.select(haendelser.c.type, haendelser.c.data).where(
                haendelser.c.type.like("aktivitet%")
            )
        ).all()
    assert [row.type for row in rows] == ["aktivitetsplan_lagt", "aktivitet_fravalgt"]
    assert not [row for row in rows if "Hemmeligt" in row.data]


def test_a_reminder_is_set_from_a_case_and_ticked_off(day: Day, asking: Asking) -> None:
    url = f"/dubu/sag/{day.noah_sag}/planer"
    sent = {"note": "Ring til <b>farmor</b>", "dag": "2026-03-05"}
    assert asking().post(f"{url}/erindring", sent).status_code == 303
    assert "Ring til &lt;b&gt;farmor" in asking().get(url).text
    page = asking().get("/dubu/erindringer").text
    assert "Ring til &lt;b&gt;farmor" in page
    with day.town.product.store.read() as connection:
        number = connection.scalar(sa.select(erindringer.c.id))
    done = {"handling": "klaret", "erindring": str(number)}
    assert asking(ANDERS).post("/dubu/erindringer", done).status_code == 404
    assert asking().post("/dubu/erindringer", done).status_code == 303
    assert "farmor" not in asking().get("/dubu/erindringer").text


def test_a_reminder_without_a_day_keeps_what_was_typed(asking: Asking) -> None:
    answer = asking().post("/dubu/erindringer", {"note": "Ring til skolen", "dag": ""})
    assert answer.status_code == 422
    assert "Ring til skolen" in answer.text


def test_the_plans_are_the_administrators_alone(asking: Asking) -> None:
    assert asking(KAREN).get("/dubu/planer").status_code == 404
    page = asking(ADAM).get("/dubu/planer").text
    assert page.count("data-line") == 16


def form_of(asking: Asking, code: str) -> dict[str, str]:
    """Return the form as the browser would send it unchanged."""
    page = asking(ADAM).get(f"/dubu/planer/{code}").text
    sent = dict(re.findall(r'<input[^>]*? name="([^"]+)" value="([^"]*)" autocomplete', page))
    sent |= dict(re.findall(r'<input type="hidden" name="(trin-[^"]+)" value="([^"]*)"', page))
    for name, options in re.findall(
        r'<select[^>]*? name="([^"]+)"[^>]*>(.*?)</select>', page, re.S
    ):
        chosen = re.search(r'value="([^"]*)" selected', options)
        sent[name] = chosen[1] if chosen else ""
    for name in re.findall(r'name="([^"]+)" value="ja"[^>]* checked', page):
        sent[name] = "ja"
    return sent


@pytest.mark.parametrize("code", [f"P{number}" for number in range(1, 17)])
def test_a_plan_saved_unchanged_is_the_same_plan(asking: Asking, day: Day, code: str) -> None:
    sent = form_of(asking, code) | {"handling": "gem"}
    answer = asking(ADAM).post(f"/dubu/planer/{code}", sent)
    assert answer.status_code == 303, answer.text
    with day.town.product.store.read() as connection:
        (kept,) = plan_versions.versions(connection, code)
    assert kept.version == day.town.product.store.plans.plans[code].version


def test_a_plan_is_looked_at_changed_and_taken_back(asking: Asking, day: Day) -> None:
    sent = form_of(asking, "P4") | {"title": "Afdækning hos os", "trin-0-naar": "3 hverdage"}
    looked = asking(ADAM).post("/dubu/planer/P4", sent | {"handling": "vis"})
    assert looked.status_code == 200
    assert "Sådan bliver den" in looked.text
    assert "Afdækning hos os" not in asking(ADAM).get("/dubu/planer").text
    asking(ADAM).post("/dubu/planer/P4", sent | {"handling": "gem"})
    assert "Afdækning hos os" in asking(ADAM).get("/dubu/planer").text
    back = {"handling": "tilbage", "udgave": "fil"}
    assert asking(ADAM).post("/dubu/planer/P4", back).status_code == 303
    assert "Afdækning hos os" not in asking(ADAM).get("/dubu/planer").text


def test_a_new_plan_is_made_and_can_be_laid(asking: Asking, day: Day) -> None:
    sent = {
        "handling": "gem",
        "title": "Skoleskift",
        "about": "Barnet skifter skole.",
        "trin-0-aktivitet": "C05",
        "trin-0-naar": "2 uger",
        "trin-0-ansvar": "sagsbehandler",
    }
    assert asking(ADAM).post("/dubu/planer/EGEN-1", sent).status_code == 303
    url = f"/dubu/sag/{day.noah_sag}/planer"
    assert asking().post(url, {"handling": "lagt", "plan": "EGEN-1"}).status_code == 303
    assert "Skoleskift" in asking().get(url).text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"trin-1-fjern": "ja"}, "A02 24-timers vurdering er lovpligtig"),
        ({"trin-2-naar": "snarest"}, "er ikke en dato"),
        ({"trin-2-naar": "frist UND-99"}, "ingen frist med koden UND-99"),
        ({"trin-2-naar": "før B99"}, "ikke er et andet trin"),
        ({"trin-2-naar": "efter A04"}, "ikke er et andet trin"),
        ({"trin-2-aktivitet": "X99"}, "står ikke i kataloget"),
        ({"trin-2-brev": "ukendt"}, "ingen skabelon"),
        ({"title": ""}, "titlen mangler"),
    ],
)
def test_a_plan_that_is_none_is_refused_and_the_form_kept(
    asking: Asking, changes: dict[str, str], said: str
) -> None:
    sent = form_of(asking, "P1") | changes | {"handling": "gem"}
    answer = asking(ADAM).post("/dubu/planer/P1", sent)
    assert answer.status_code == 422
    assert said in answer.text
    assert "Jeres egen udgave" not in asking(ADAM).get("/dubu/planer").text

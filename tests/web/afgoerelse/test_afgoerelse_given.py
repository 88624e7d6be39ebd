"""The form of a decision: what goes before it, and the several indsatser it gives."""

from datetime import timedelta
from uuid import UUID

import pytest

from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.testing.fake_ports import HENRIK, KAREN
from dubu_plugin.testing.ordinary_day import Day
from tests.web.afgoerelse.test_afgoerelse import Asking, begun, form_of


@pytest.fixture
def sag(day: Day) -> UUID:
    """A case of a child of nine."""
    child = day.town.person("Alma Testvad", born=day.town.now.date() - timedelta(days=9 * 366))
    return day.town.sag(child)


def test_paragraf_67_and_91_stk_2_what_is_older_is_said_and_asked_why(
    asking: Asking, day: Day, sag: UUID
) -> None:
    long_ago = day.town.now - timedelta(days=500)
    for what in (Haendelse.UNDERSOEGELSE_AFSLUTTET, Haendelse.BARNETS_PLAN_VEDTAGET):
        day.town.happened(what, sag=sag, occurred_at=long_ago)
    page = asking(HENRIK).get(begun(asking, sag, "anbringelse_uden")).text
    assert 'name="undersoegelse_daekker"' in page
    assert "og ældre end de 12 måneder" in page
    assert "Planen blev sidst godkendt" in page
    assert 'name="plan_daekker"' not in page, "no reason stands in place of the plan"
    day.town.happened(Haendelse.ANBRINGELSE_IVAERKSAT, sag=sag, occurred_at=long_ago)
    page = asking(HENRIK).get(begun(asking, sag, "permanent")).text
    assert 'name="under_tre_aar"' in page
    assert 'name="plan_daekker"' in page
    assert 'name="undersoegelse_daekker"' not in asking(HENRIK).get(begun(asking, sag)).text


def test_several_indsatser_are_written_and_taken_out_again(asking: Asking, sag: UUID) -> None:
    where = begun(asking, sag)
    page = asking(KAREN).get(where).text
    assert "Endnu en indsats" in page
    sent = {
        **form_of(page), "handling": "gem", "indsats": "familiebehandling:",
        "indsats-2": "kontaktperson:", "formaal-2": "En voksen at gå til.", "til-2": "2026-09-01",
    }  # fmt: skip
    assert asking(KAREN).post(where, sent).status_code == 303
    page = asking(KAREN).get(where).text
    assert "Indsats nr. 2" in page
    assert 'value="En voksen at gå til."' in page
    assert 'name="indsats-3"' in page, "there is room for one more"
    wrong = {**form_of(page), "handling": "gem", "indsats": "familiebehandling:",
             "indsats-2": "", "formaal-2": "En voksen at gå til."}  # fmt: skip
    answer = asking(KAREN).post(where, wrong)
    assert answer.status_code == 422
    assert "tøm felterne under den" in answer.text
    gone = {**wrong, "formaal-2": "", "til-2": ""}
    assert asking(KAREN).post(where, gone).status_code == 303
    assert "Indsats nr. 2" not in asking(KAREN).get(where).text
    single = asking(KAREN).get(begun(asking, sag, "anbringelse_samtykke")).text
    assert "Endnu en indsats" not in single, "a child is placed by one"

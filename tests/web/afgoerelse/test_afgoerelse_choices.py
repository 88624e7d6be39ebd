"""What can be prepared for a child: the likely first, and the rest folded with its reason."""

import re
from datetime import timedelta
from uuid import UUID

import pytest

from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.testing.fake_ports import HENRIK, KAREN
from dubu_plugin.testing.ordinary_day import Day
from tests.web.afgoerelse.test_afgoerelse import Asking, begun, decided, family, form_of


@pytest.fixture
def sag(day: Day) -> UUID:
    return family(day, years=9)


def offered(page: str) -> list[tuple[str, list[str]]]:
    """Return what can be prepared: the headings, and the codes under each."""
    groups = re.findall(r'<optgroup label="([^"]+)">(.*?)</optgroup>', page, re.S)
    return [(head, re.findall(r'<option value="(\w+)"', inside)) for head, inside in groups]


def test_paragraf_100_what_is_for_a_placed_child_is_folded_with_its_reason(
    asking: Asking, day: Day, sag: UUID
) -> None:
    url = f"/dubu/sag/{sag}/afgoerelser"
    page = asking(KAREN).get(url).text
    groups = offered(page)
    assert groups[0][0] == "Støtte til barnet og familien"
    codes = {code for _, inside in groups for code in inside}
    assert {"stoette", "anbringelse_uden", "transport"} <= codes
    assert not codes & {"hjemgivelse", "samvaer_afbrudt", "anbringelsessted", "opretholdelse"}
    assert len(codes) < 20
    folded = page[page.index("<details") : page.index("</details>")].replace(
        "\N{NO-BREAK SPACE}", " "
    )
    assert "Kræver en anbringelse" in folded
    assert "Hjemgivelse og hjemgivelsesperiode (§ 100)" in folded
    answer = asking(KAREN).post(url, {"forhold": "hjemgivelse"})
    assert answer.status_code == 422
    assert "Barnet er ikke anbragt efter det, der står på sagen" in answer.text
    day.town.happened(Haendelse.ANBRINGELSE_IVAERKSAT, sag=sag, data={"anbringelse": "en"})
    groups = offered(asking(KAREN).get(url).text)
    assert groups[0][0] == "Når barnet er anbragt"
    assert "hjemgivelse" in groups[0][1]
    explained = ["permanent", "foreloebig_permanent"]
    assert ("Kun med en forklaring i afgørelsen", explained) in groups


def test_what_nobody_asked_for_is_decided_or_not(asking: Asking, sag: UUID) -> None:
    page = asking(KAREN).get(begun(asking, sag, "anbringelse_uden")).text
    assert "Besluttet" in page
    assert "Fuldt medhold" not in page
    page = asking(KAREN).get(begun(asking, sag, "kompensation")).text
    assert "Fuldt medhold" in page


def test_paragraf_100_the_page_of_going_home_asks_for_the_period_or_why_none(
    asking: Asking, day: Day, sag: UUID
) -> None:
    day.town.happened(Haendelse.ANBRINGELSE_IVAERKSAT, sag=sag, data={"anbringelse": "en"})
    page = asking(HENRIK).get(begun(asking, sag, "hjemgivelse")).text
    assert "Hjemgivelsesperiodens sidste dag" in page
    assert 'name="uden_periode"' in page
    assert "hvor længe hjemgivelsesperioden varer" in page, "it stands among what is lacking"
    assert 'name="udtalelse_dag"' in page


def test_paragraf_106_no_statement_is_asked_of_a_place_the_child_has_not_come_to(
    asking: Asking, sag: UUID
) -> None:
    begun(asking, sag, "anbringelse_uden")
    page = asking(HENRIK).get(begun(asking, sag, "samvaer")).text
    assert 'name="udtalelse_dag"' not in page
    assert 'name="udtalelse"' not in page


def test_paragraf_104_stk_6_contact_that_is_too_rare_leads_to_the_committees_decision(
    asking: Asking, day: Day, sag: UUID
) -> None:
    day.town.happened(Haendelse.ANBRINGELSE_IVAERKSAT, sag=sag, data={"anbringelse": "en"})
    where = begun(asking, sag, "samvaer")
    page = asking(HENRIK).get(where).text
    assert "Bliver det sjældnere end en gang hver fjerde uge?" in page
    rare = {
        **form_of(page), "afgoerelse": "Far hver ottende uge.", "hyppighed": "ja",
        "handling": "traef",
    }  # fmt: skip
    answer = asking(HENRIK).post(where, rare)
    assert answer.status_code == 422
    assert ">Far hver ottende uge.</textarea>" in answer.text
    assert "en afbrydelse, og den afgør børne- og ungeudvalget" in answer.text
    [led] = re.findall(r'href="([^"]+forhold=samvaer_afbrudt)"', answer.text)
    assert '<option value="samvaer_afbrudt" selected' in asking(HENRIK).get(led).text


def test_paragraf_67_a_late_complaint_says_how_late_on_its_page_and_on_the_list(
    asking: Asking, day: Day, sag: UUID
) -> None:
    where = decided(asking, day, sag)
    new = f"{where}/klage"
    page = asking(KAREN).get(new).text
    assert "Hvornår fik klageren afgørelsen?" in page
    [who, *_] = re.findall(r'<option value="([0-9a-f-]{36})"', page)
    day.town.now += timedelta(days=120)
    came = day.town.now.date().isoformat()
    sent = {"klager": who, "modtaget": came, "form": "skriftligt", "klage": "Nej."}
    refused = asking(KAREN).post(new, sent)
    assert refused.status_code == 422
    assert 'id="f-fik-fejl"' in refused.text
    told = (day.town.now - timedelta(days=119)).date().isoformat()
    answer = asking(KAREN).post(new, {**sent, "fik": told})
    assert answer.status_code == 303
    page = asking(KAREN).get(answer.headers["location"]).text.replace("\N{NO-BREAK SPACE}", " ")
    assert re.search(r"Klagen kom \d+ uger for sent", page)
    assert "Send klagen videre" in page
    assert "Gem genvurderingen" not in page
    listed = asking(KAREN).get(f"/dubu/sag/{sag}/afgoerelser").text
    assert re.search(r"kom \d+\W+uger for sent", listed.replace("\N{NO-BREAK SPACE}", " "))


def test_paragraf_143_stk_4_the_committee_is_asked_which_where_several_wait(
    asking: Asking, day: Day, sag: UUID
) -> None:
    made = Haendelse.FORELOEBIG_AFGOERELSE_IVAERKSAT
    day.town.happened(made, sag=sag, data={"foreloebig": "undersoegelse_uden"})
    first = begun(asking, sag, "foreloebig_godkendt")
    assert "Hvilken foreløbig afgørelse?" not in asking(HENRIK).get(first).text, "there is one"
    day.town.happened(made, sag=sag, data={"foreloebig": "laegelig"})
    second, third = (begun(asking, sag, "foreloebig_godkendt") for _ in range(2))
    assert second != first, "both are looked at in one meeting"
    assert third in (first, second)
    page = asking(HENRIK).get(first).text
    assert "Hvilken foreløbig afgørelse?" in page
    assert re.findall(r'<option value="(undersoegelse_uden|laegelig|samvaer_afbrudt)"', page) == [
        "undersoegelse_uden", "laegelig",
    ]  # fmt: skip

"""What is refused is told at a field that is there: the link in the summary leads to it."""

import re

import pytest

from dubu_plugin.testing.ordinary_day import Day

from .conftest import Asking

NOTHING: dict[str, str] = {}
REFUSED = [
    ("/dubu/sag/{sag}/samtykker", NOTHING),
    ("/dubu/sag/{sag}/udtalelser", NOTHING),
    ("/dubu/sag/{sag}/udtalelser", {"grundlag": "samtykke"}),
    ("/dubu/sag/{sag}/indkald", NOTHING),
    ("/dubu/sag/{sag}/samtaler/ny", {"dag": "x"}),
    ("/dubu/sag/{sag}/samtaler/ny", {"dag": "2026-03-01"}),
    ("/dubu/sag/{sag}/journal/notat", {"dag": "2026-03-01"}),
    ("/dubu/sag/{sag}/netvaerk/ny", {"handling": "gem"}),
    ("/dubu/sag/{sag}/netvaerk/foraeldremyndighed", {"fra": "x"}),
    ("/dubu/sag/{sag}/afgoerelser", NOTHING),
    ("/dubu/sag/{sag}/barnets-plan", NOTHING),
    ("/dubu/sag/{sag}/indsatser/ny", NOTHING),
    ("/dubu/sag/{sag}/moeder", {"form": "netvaerk"}),
    ("/dubu/sag/{sag}/moeder", {"dag": "2020-01-01", "fra": "10", "til": "9"}),
    ("/dubu/sag/{sag}/haendelse", {"hvad": "partshoering_sendt", "handling": "gem"}),
    ("/dubu/sag/{sag}/planer", {"handling": "lagt"}),
    ("/dubu/sag/{sag}/afslut", NOTHING),
    ("/dubu/erindringer", NOTHING),
    ("/dubu/fravaer", NOTHING),
    ("/dubu/indgang/ny", {"henvendelse": "underretning"}),
    ("/dubu/indgang/ny", {"henvendelse": "underretning", "modtaget": "2026-03-02T09:00"}),
    ("/dubu/indgang/{underretning}", {"gem": "uden", "version": "1", "barn": "ukendt"}),
    ("/dubu/indgang/{underretning}/barn", NOTHING),
    ("/dubu/indgang/{underretning}/andet", NOTHING),
    ("/dubu/indgang/{underretning}/andet", {"henvendelse": "ansoegning"}),
    ("/dubu/indgang/{underretning}/giv-videre", NOTHING),
    ("/dubu/indgang/{underretning}/et-barn-til", NOTHING),
]


@pytest.mark.parametrize(("address", "form"), REFUSED)
def test_every_link_in_the_summary_leads_to_a_field(
    asking: Asking, day: Day, address: str, form: dict[str, str]
) -> None:
    where = address.format(sag=day.ida_sag, underretning=day.ida_underretning)
    page = asking().post(where, form)
    assert page.status_code == 422, page.text
    assert 'role="alert"' in page.text
    links = set(re.findall(r'href="#(f-[^"]*)"', page.text))
    assert links <= set(re.findall(r'\bid="([^"]*)"', page.text))

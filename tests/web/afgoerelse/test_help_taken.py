"""The page of a decision that takes help away asks which help that is (barnets lov § 99)."""

import re
from datetime import timedelta
from decimal import Decimal
from uuid import UUID, uuid4

import pytest

from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.store.sag import sager
from dubu_plugin.store.tables import indsatser
from dubu_plugin.testing.fake_ports import HENRIK, KAREN
from dubu_plugin.testing.ordinary_day import Day

from .test_afgoerelse import Asking, begun, family, form_of

TREATMENT = "Familiebehandling eller behandling af barnet eller den unge, 4 timer om ugen"


@pytest.fixture
def sag(day: Day) -> UUID:
    """The case of a child whose family is given two kinds of help."""
    number = family(day, years=9)
    with day.town.product.store.read() as connection:
        ours = sager.by_id(connection, number)
    assert ours is not None
    for code, law, amount, unit in (
        ("familiebehandling", "BL § 32 stk. 1 nr. 5", 4, "time"),
        ("stoetteophold", "BL § 32 stk. 1 nr. 7", 2, "døgn"),
    ):
        day.town.insert(
            indsatser, id=uuid4(), sag_id=number, person_id=ours.child_id, code=code, law=law,
            decision_law=law, unit=unit, amount=Decimal(amount), per="uge",
            starts_on=day.town.now.date(), state="i_gang", made_at=day.town.now, made_by=KAREN,
            version=1, place_hidden=False,
        )  # fmt: skip
        facts = {"indsats": str(uuid4()), "kode": code}
        day.town.happened(Haendelse.INDSATS_IVAERKSAT, sag=number, person=ours.child_id, data=facts)
    return number


def ticks(page: str) -> dict[str, tuple[str, bool]]:
    """Return what help can be ticked: by name in the form, what it is and whether it is ticked."""
    found = re.findall(
        r'name="(ophoerer-[^"]+)" value="ja" id="[^"]+"( checked)?><label[^>]*>(.*?)</label>', page
    )
    return {name: (re.sub(r"<[^>]+>", "", words), bool(on)) for name, on, words in found}


def test_paragraf_99_what_is_ticked_is_kept_and_read_in_the_decision(
    asking: Asking, day: Day, sag: UUID
) -> None:
    where = begun(asking, sag, "ophoer")
    page = asking(HENRIK).get(where).text
    first, other = ticks(page)
    assert ticks(page)[first][0].startswith(TREATMENT)
    assert "barnets lov §\u00a032, stk.\u00a01, nr.\u00a05" in ticks(page)[first][0]
    assert not any(on for _, on in ticks(page).values())
    refused = asking(HENRIK).post(where, {**form_of(page), "handling": "traef"})
    assert refused.status_code == 422
    assert 'href="#f-ophoerer"' in refused.text
    assert 'id="f-ophoerer-fejl"' in refused.text
    page = asking(KAREN).get(where).text
    kept = asking(KAREN).post(where, {**form_of(page), first: "ja", "handling": "gem"})
    assert kept.status_code == 303
    page = asking(KAREN).get(where).text
    assert [name for name, (_, on) in ticks(page).items() if on] == [first]
    taken = asking(KAREN).post(where, {**form_of(page), other: "ja", "handling": "gem"})
    assert taken.status_code == 303
    assert [name for name, (_, on) in ticks(asking(KAREN).get(where).text).items() if on] == [other]


def test_two_who_tick_at_once_see_each_others(asking: Asking, sag: UUID) -> None:
    where = begun(asking, sag, "ophoer")
    page = asking(KAREN).get(where).text
    first, other = ticks(page)
    assert asking(KAREN).post(where, {**form_of(page), first: "ja"}).status_code == 303
    answer = asking(HENRIK).post(where, {**form_of(page), other: "ja"})
    assert answer.status_code == 422
    shown = ticks(answer.text)
    assert {name for name, (_, on) in shown.items() if on} == {first, other}
    assert f"{TREATMENT} hører op" in answer.text, "it is told that it was ticked meanwhile"


def test_fvl_19_the_page_of_a_party_says_that_it_is_to_be_heard_again(
    asking: Asking, day: Day, sag: UUID
) -> None:
    where = begun(asking, sag, "ophoer")
    page = asking(KAREN).get(where).text
    first, other = ticks(page)
    [address, _] = re.findall(r'href="([^"]+/part/[^"]+)"', page)
    due = (day.town.now + timedelta(days=14)).date().isoformat()
    letter = {"handling": "send", "om": "Målene er nået.", "frist": due}
    refused = asking(KAREN).post(address, letter)
    assert refused.status_code == 422
    assert "Sæt kryds på afgørelsen" in refused.text
    assert ">Målene er nået.</textarea>" in refused.text
    asking(KAREN).post(where, {**form_of(page), first: "ja"})
    assert asking(KAREN).post(address, letter).status_code == 303
    assert "Parten skal høres igen" not in asking(KAREN).get(address).text
    day.town.now += timedelta(minutes=1)
    page = asking(KAREN).get(where).text
    asking(KAREN).post(where, {**form_of(page), first: "ja", other: "ja"})
    again = asking(KAREN).get(address).text
    assert "Parten skal høres igen" in again
    assert "Send høringen" in again
    revisions = form_of(again)
    assert asking(KAREN).post(address, {**revisions, **letter}).status_code == 303
    assert "Parten skal høres igen" not in asking(KAREN).get(address).text

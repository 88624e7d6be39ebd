"""A draft is kept as it was typed, is its writer's alone, and is gone when the form is saved."""

import re
from collections.abc import Callable
from typing import Any, TypeAlias

import pytest

from dubu_plugin.store import drafts
from dubu_plugin.testing.fake_ports import FIE, KAREN, METTE
from dubu_plugin.testing.ordinary_day import Day

CALL = {"henvendelse": "underretning", "kanal": "telefon", "modtaget": "2026-03-02T13:00"}
Asking: TypeAlias = Callable[..., Any]

TEXT = 'Linje et.\nLinje to med æøå, 👶, <b> & "citat".'
NUMBER = "5b0c6b1c-0000-4000-8000-000000000000"
OTHER = "5b0c6b1c-0000-4000-8000-000000000001"
FORM = f"/dubu/kladde/henvendelse:{NUMBER}"
NEW = "/dubu/indgang/ny"


def kept(day: Day, who: str = KAREN, form: str = f"henvendelse:{NUMBER}") -> drafts.Draft | None:
    with day.town.product.store.read() as connection:
        return drafts.kept(connection, who, form)


def test_it_is_kept_as_it_was_typed_and_says_when(asking: Asking, day: Day) -> None:
    answer = asking().post(FORM, {"tekst": TEXT.replace("\n", "\r\n"), "bekymring": ["3", "14"]})
    assert "Kladde gemt 13.05" in answer.text
    draft = kept(day)
    assert draft is not None
    assert draft.fields == {"tekst": [TEXT], "bekymring": ["3", "14"]}


def test_the_newest_counts(asking: Asking, day: Day) -> None:
    for text in ("første", "anden"):
        asking().post(FORM, {"tekst": text})
    draft = kept(day)
    assert draft is not None
    assert draft.fields["tekst"] == ["anden"]


def test_it_is_nobody_elses(asking: Asking, day: Day) -> None:
    asking(KAREN).post(FORM, {"tekst": TEXT})
    assert kept(day, METTE) is None
    assert "Linje et" not in asking(METTE).get("/dubu/indgang/ny").text
    assert "Linje et" not in asking(METTE).get(f"{NEW}?kladde={NUMBER}").text
    assert "Linje et" in asking(KAREN).get(NEW).text


def test_who_writes_nothing_keeps_nothing(asking: Asking, day: Day) -> None:
    assert asking(FIE).post(FORM, {"tekst": TEXT}).status_code == 404
    assert kept(day, FIE) is None


def test_it_is_gone_when_the_form_is_saved(asking: Asking, day: Day) -> None:
    asking().post(FORM, {"tekst": TEXT})
    saved = asking().post(
        "/dubu/indgang/ny",
        {
            "henvendelse": "underretning", "kanal": "telefon", "modtaget": "2026-03-02T13:00",
            "tekst": TEXT, "formular": NUMBER,
        },
    )  # fmt: skip
    assert saved.status_code == 303
    assert kept(day) is None


def number_in(page: str) -> str:
    found = re.search(r'name="formular" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def test_a_new_form_never_takes_up_what_another_window_is_typing(asking: Asking) -> None:
    asking().post(FORM, {"tekst": TEXT, "formular": NUMBER})
    page = asking().get(NEW).text
    assert number_in(page) != NUMBER
    assert "Du har en kladde fra" in page
    assert f'href="{NEW}?kladde={NUMBER}"' in page
    assert "<textarea" in page
    assert "Linje to" not in page.partition("<textarea")[2]


def test_two_forms_are_typed_in_at_once_and_both_are_there(asking: Asking, day: Day) -> None:
    for number, text in ((NUMBER, "Det første opkald"), (OTHER, "Det andet opkald")):
        sent = {"tekst": text, "formular": number}
        asking().post(f"/dubu/kladde/henvendelse:{number}", sent)
    page = asking().get(f"{NEW}?kladde={NUMBER}").text
    assert number_in(page) == NUMBER
    assert "Det første opkald" in page.partition("<textarea")[2]
    assert f"kladde={OTHER}" in page
    saved = asking().post(NEW, {**CALL, "tekst": "Det første opkald", "formular": NUMBER})
    assert saved.status_code == 303
    assert kept(day) is None
    left = kept(day, form=f"henvendelse:{OTHER}")
    assert left is not None
    assert left.fields["tekst"] == ["Det andet opkald"]


def test_the_same_number_with_another_text_is_another_registration(asking: Asking) -> None:
    told = ("Naboen hører råb.", "Klinikken ser blå mærker.")
    places = [
        asking().post(NEW, {**CALL, "tekst": text, "formular": NUMBER}).headers["location"]
        for text in told
    ]
    assert places[0] != places[1]
    for place, text in zip(places, told, strict=True):
        assert text in asking().get(place).text


@pytest.mark.parametrize("said", [{"anonym": "ja"}, {"underretter": "8"}])
def test_who_is_anonymous_is_kept_in_no_draft(
    asking: Asking, day: Day, said: dict[str, str]
) -> None:
    who = {
        "underretter_navn": "Jytte Testlyng", "underretter_sted": "Testskolen",
        "underretter_adresse": "jytte@test.example",
    }  # fmt: skip
    asking().post(FORM, {"tekst": TEXT, **who})
    asking().post(FORM, {"tekst": TEXT, **who, **said})
    draft = kept(day)
    assert draft is not None
    assert "Jytte" not in repr(draft.fields)
    assert not set(who) & set(draft.fields)
    refused = asking().post(NEW, {**CALL, **who, **said, "tekst": "", "formular": NUMBER})
    assert refused.status_code == 422
    assert "Jytte" not in refused.text
    draft = kept(day)
    assert draft is not None
    assert "Jytte" not in repr(draft.fields)


def test_the_same_form_sent_twice_is_registered_once(asking: Asking) -> None:
    form = {
        "henvendelse": "underretning", "kanal": "telefon", "modtaget": "2026-03-02T13:00",
        "tekst": TEXT, "formular": NUMBER,
    }  # fmt: skip
    first, second = (asking().post("/dubu/indgang/ny", form) for _ in range(2))
    assert first.headers["location"] == second.headers["location"]


def test_it_can_be_thrown_away_and_leads_back_inside_only(asking: Asking, day: Day) -> None:
    asking().post(FORM, {"tekst": TEXT})
    back = {"tilbage": "/dubu/indgang/ny"}
    assert asking().post(f"{FORM}/slet", back).headers["location"] == "/dubu/indgang/ny"
    assert kept(day) is None
    for elsewhere in ("https://x.example", "//x.example", "/dubu//x.example", "/log-ud"):
        answer = asking().post(f"{FORM}/slet", {"tilbage": elsewhere})
        assert answer.headers["location"] == "/dubu/min-dag"


@pytest.mark.parametrize("form", ["../x", "a" * 200, "Henvendelse:ny", "a:b:c"])
def test_a_form_nobody_has_keeps_nothing(form: str, asking: Asking) -> None:
    assert asking().post(f"/dubu/kladde/{form}", {"tekst": "x"}).status_code == 404


def test_more_than_a_form_can_hold_is_refused_with_a_sentence(asking: Asking, day: Day) -> None:
    answer = asking().post(FORM, {"tekst": "x" * (drafts.LARGEST + 1)})
    assert answer.status_code == 409
    assert "Teksten er for lang" in answer.text
    assert kept(day) is None


def test_a_form_in_no_shape_of_ours_is_refused_with_a_sentence(asking: Asking) -> None:
    answer = asking().post(
        "/dubu/indgang",
        content=b"--x\r\nnonsense",
        headers={"content-type": "multipart/form-data; boundary=x"},
    )
    assert answer.status_code in (409, 422)
    assert "filer" in answer.text or "Formularen" in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "netvaerk/foraeldremyndighed",
        "indkald",
        "udtalelser",
        "samtykker",
        "moeder",
        "indsatser/ny",
    ],
)
def test_every_form_says_that_a_draft_was_taken_back_and_lets_it_be_thrown_away(
    path: str, asking: Asking, day: Day
) -> None:
    url = f"/dubu/sag/{day.noah_sag}/{path}"
    page = asking().get(url).text
    assert "er hentet" not in page
    found = re.search(r'<form[^>]* data-draft="([^"]+)"', page)
    assert found is not None
    asking().post(found[1], {"hvad": "noget", "titel": "noget"})
    again = asking().get(url).text
    _, _, rest = again.partition("Din kladde fra ")
    assert f'action="{found[1]}/slet"' in rest
    assert f'name="tilbage" value="{url}"' in rest
    thrown = asking().post(f"{found[1]}/slet", {"tilbage": url})
    assert thrown.headers["location"] == url
    assert "er hentet" not in asking().get(url).text

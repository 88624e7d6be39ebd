"""A draft is kept as it was typed, is its writer's alone, and is gone when the form is saved."""

from collections.abc import Callable
from typing import Any, TypeAlias

import pytest

from dubu_plugin.store import drafts
from dubu_plugin.testing.fake_ports import FIE, KAREN, METTE
from dubu_plugin.testing.ordinary_day import Day

Asking: TypeAlias = Callable[..., Any]

TEXT = 'Linje et.\nLinje to med æøå, 👶, <b> & "citat".'
FORM = "/dubu/kladde/henvendelse:ny"


def kept(day: Day, who: str = KAREN, form: str = "henvendelse:ny") -> drafts.Draft | None:
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
    assert "Linje et" in asking(KAREN).get("/dubu/indgang/ny").text


def test_who_writes_nothing_keeps_nothing(asking: Asking, day: Day) -> None:
    assert asking(FIE).post(FORM, {"tekst": TEXT}).status_code == 404
    assert kept(day, FIE) is None


def test_it_is_gone_when_the_form_is_saved(asking: Asking, day: Day) -> None:
    asking().post(FORM, {"tekst": TEXT})
    saved = asking().post(
        "/dubu/indgang/ny",
        {
            "henvendelse": "underretning", "kanal": "telefon", "modtaget": "2026-03-02T13:00",
            "tekst": TEXT, "formular": "5b0c6b1c-0000-4000-8000-000000000000",
        },
    )  # fmt: skip
    assert saved.status_code == 303
    assert kept(day) is None


def test_the_same_form_sent_twice_is_registered_once(asking: Asking) -> None:
    form = {
        "henvendelse": "underretning", "kanal": "telefon", "modtaget": "2026-03-02T13:00",
        "tekst": TEXT, "formular": "5b0c6b1c-0000-4000-8000-000000000000",
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

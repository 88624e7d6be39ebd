"""What a child reads of a decision, in its words: what it is about, when, and who decided it."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from dubu_plugin.domain.afgoerelser import Matter, Outcome
from dubu_plugin.domain.danish import moment_text
from dubu_plugin.domain.gates.presupposed import NO_PERIOD
from dubu_plugin.domain.indsatser import CONSENTS_FROM
from dubu_plugin.store.afgoerelse.partshoeringer import Partshoering
from dubu_plugin.store.sag import sager
from dubu_plugin.store.skrift.tekster import Written
from dubu_plugin.testing.fake_ports import HENRIK
from dubu_plugin.usecases.afgoerelse import hear
from dubu_plugin.usecases.afgoerelse.guidance import guidance_to_child
from dubu_plugin.usecases.dokument.decision_to_child import to_child
from dubu_plugin.usecases.dokument.order.afgoerelse import order_afgoerelse

from .bench import TEXTS, Bench

PRESUPPOSE_A_PLACE = {"hjemgivelse", "anbringelsessted"}
ELEVEN = date(2015, 3, 3)
PERIOD: dict[str, Any] = {"starts_on": date(2026, 6, 22), "ends_on": date(2026, 12, 21)}


def about(bench: Bench, matter: str, texts: dict[str, str] | None = None, **chosen: Any) -> UUID:
    bench.grows(ELEVEN)
    if matter in PRESUPPOSE_A_PLACE:
        bench.placed()
    number = bench.prepared(matter)
    said = bench.whole(number).matter.asks
    bench.kept(number, {**TEXTS, **dict.fromkeys(said, "Skrevet."), **(texts or {})},
               **{"outcome": Outcome.MEDHOLD, **chosen})  # fmt: skip
    return number


def read(bench: Bench, number: UUID, *, young: bool = False) -> dict[str, str]:
    fields = to_child(bench.whole(number), young=young)
    return {name: str(text).replace("\u00a0", " ") for name, text in fields.items()}


def ordered(bench: Bench, number: UUID, person: UUID) -> dict[str, Any]:
    """Return what the letter to one party says."""
    it, product = bench.whole(number), bench.town.product
    [part] = [one for one in it.parts if one.person == person]
    assert isinstance(part, Partshoering)
    with product.store.write(actor=HENRIK, now=bench.town.now) as work:
        sag = sager.by_id(work.connection, bench.sag)
        assert sag is not None
        order_afgoerelse(work, it, part, sag, letters=product.letters,
                         catalogue=product.indsatser,
                         municipality=product.settings.municipality)  # fmt: skip
    [(_, said)] = bench.letters("afgoerelse", "afgoerelse_barn", "afgoerelse_ung")
    return said


def under_fifteen(matter: Matter) -> bool:
    return matter.child_party and matter.ages is not None and matter.ages[0] < CONSENTS_FROM


def test_paragraf_3_whatever_a_child_is_a_party_to_has_words_of_its_own(bench: Bench) -> None:
    matters = [one for one in bench.town.product.matters.rows if under_fifteen(one)]
    assert len(matters) > 20
    assert [one.code for one in matters if not one.to_child or one.told_to_child == one.title] == []


def test_paragraf_100_a_child_reads_that_it_goes_home_and_where_it_lives_until_then(
    bench: Bench,
) -> None:
    said = read(bench, about(bench, "hjemgivelse", **PERIOD))
    assert said["afgoerelse.handler_om"] == "om du skal flytte hjem"
    assert said["afgoerelse.hvornaar"] == (
        "Fra den 22. juni 2026 til og med den 21. december 2026 gør vi klar sammen. "
        "Så længe bor du stadig, hvor du bor nu."
    )


def test_paragraf_100_why_there_is_no_period_is_not_said_to_the_child_in_the_adults_words(
    bench: Bench,
) -> None:
    why = {NO_PERIOD: "Plejefamilien har opsagt aftalen."}
    number = about(bench, "hjemgivelse", why, starts_on=date(2026, 6, 22))
    said = read(bench, number)
    assert said["afgoerelse.hvornaar"] == "Det gælder fra den 22. juni 2026."
    assert "opsagt" not in str(said)


def test_a_child_reads_the_days_of_what_is_given_and_none_of_what_is_refused(bench: Bench) -> None:
    number = about(bench, "stoette", indsats="familiebehandling", **PERIOD)
    assert read(bench, number)["afgoerelse.hvornaar"] == (
        "Det gælder fra den 22. juni 2026 til og med den 21. december 2026."
    )
    bench.kept(number, {}, outcome=Outcome.AFSLAG)
    assert read(bench, number)["afgoerelse.hvornaar"] == ""


@pytest.mark.parametrize(
    ("matter", "by"),
    [
        ("stoette", "Vi"),
        ("anbringelse_uden", "Børne- og ungeudvalget"),
        ("foreloebig", "Formanden for børne- og ungeudvalget"),
    ],
)
def test_paragraf_143_a_letter_says_who_decided(bench: Bench, matter: str, by: str) -> None:
    number = about(bench, matter)
    assert ordered(bench, number, bench.alma)["afgoerelse.af"] == by


def test_paragraf_143_an_adults_letter_says_who_decided(bench: Bench) -> None:
    said = ordered(bench, about(bench, "foreloebig", chair_at=bench.town.now), bench.mother)
    assert said["afgoerelse.af"] == "Formanden for børne- og ungeudvalget"
    at = moment_text(bench.town.now)
    assert said["afgoerelse.udvalg"] == (
        f"Formanden for børne- og ungeudvalget traf afgørelsen {at}."
    )


def test_rsl_72_a_child_is_told_what_happens_while_it_complains(bench: Bench) -> None:
    matters = {one.code: one for one in bench.town.product.matters.rows}
    place = matters["anbringelsessted"]
    assert place.suspensive
    for young in (False, True):
        waits = guidance_to_child(place, young=young)
        at_once = guidance_to_child(place, young=young, at_once=True)
        assert "må vi ikke gøre det" in waits
        assert "må vi ikke gøre det" not in at_once
        assert "med det samme, også hvis du klager" in at_once
        assert "gælder, mens du klager" in guidance_to_child(matters["stoette"], young=young)


def test_rsl_72_the_letter_knows_that_it_begins_at_once(bench: Bench) -> None:
    number = about(bench, "anbringelsessted")
    assert "må vi ikke gøre det" in read(bench, number)["afgoerelse.klage"]
    bench.kept(number, {}, at_once=True)
    assert "må vi ikke gøre det" not in read(bench, number)["afgoerelse.klage"]


def test_paragraf_19_a_child_is_heard_about_it_in_its_words_and_a_parent_by_the_childs_name(
    bench: Bench,
) -> None:
    number = about(bench, "hjemgivelse")
    words = {"om": Written("Plejefamilien siger, at du er klar.", 0)}
    for person in (bench.alma, bench.mother):
        hear.send(bench.sag, number, bench.part(number, person), words, date(2026, 6, 18),
                  **bench.act())  # fmt: skip
    [(_, child)] = bench.letters("partshoering_barn")
    assert child["afgoerelse.handler_om"] == "om du skal flytte hjem"
    [(_, mother)] = bench.letters("partshoering")
    assert mother["barn.navn"] == "Alma Testvad"

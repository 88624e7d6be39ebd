"""Forvaltningsloven: the parties are heard, it is reasoned, and it says how to complain."""

from datetime import date

import pytest

from dubu_plugin.domain.afgoerelser import Outcome
from dubu_plugin.domain.gates.forvaltning import names
from dubu_plugin.domain.gates.standing import Hearing
from dubu_plugin.domain.udfald import outcomes

from .deciding import child, matter, only, part, refusals, standing, without

LAW = "forvaltningsloven § 19"


def heard(**more: object) -> str:
    return only(standing(parts=[part(**more)]))


def test_paragraf_19_nobody_is_decided_about_unheard() -> None:
    assert LAW in heard(hearing=Hearing.FORBEREDT)
    assert LAW in only(standing("undersoegelse", parts=[]))
    assert "Alma Testvad er ikke hørt" in only(
        standing(age=10, parts=[part(), child(hearing=Hearing.FORBEREDT)])
    )


def test_paragraf_19_an_exception_is_named_with_why() -> None:
    left_out = {"hearing": Hearing.UNDLADT, "exception": 1}
    assert "hvilket nummer" in heard(**left_out)
    assert refusals(standing(parts=[part(**left_out, why=True)])) == []
    assert "hvilket nummer" in heard(hearing=Hearing.UNDLADT, why=True)


def test_paragraf_19_what_is_decided_without_consent_goes_against_somebody() -> None:
    nothing = [part(hearing=Hearing.UNDLADT, exception=0, why=True)]
    for code in ("laegelig", "foraeldrepaalaeg", "stoette_uden"):
        assert "uden samtykke" in only(standing(code, parts=nothing))
    assert refusals(standing(parts=nothing)) == []


def test_paragraf_19_who_has_time_to_answer_is_waited_for() -> None:
    assert "frist til den 11. juni 2026" in heard(hearing=Hearing.SENDT, due_on=date(2026, 6, 11))
    assert "er gået" in heard(hearing=Hearing.SENDT, due_on=date(2026, 6, 10))
    assert refusals(standing(parts=[part(hearing=Hearing.INTET_SVAR)])) == []


def test_paragraf_19_an_answer_is_weighed() -> None:
    assert "har betydet" in heard(weighed=False)


def test_paragraf_22_the_outcome_and_the_reasons_are_there() -> None:
    assert "§ 22" in only(standing(outcome=None))
    assert "i én sætning" in only(without("afgoerelse"))
    assert "§§ 22 og 24" in only(without("begrundelse"))
    assert "delvist medhold" in only(standing(outcome=Outcome.DELVIST))


def test_paragraf_24_the_reasons_name_the_paragraph_and_the_facts() -> None:
    assert "nævne den regel" in only(standing(said={"begrundelse": "Det er bedst for Alma."}))
    assert "§ 24, stk. 2" in only(without("oplysninger"))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("efter barnets lov § 32, stk. 1, nr. 5", True),
        ("jf. §§ 20 og 32", True),
        ("jf. §\u00a032", True),
        ("efter § 132", False),
        ("efter § 3 og om 32 dage", False),
        ("efter 32", False),
    ],
)
def test_a_paragraph_is_named_or_not(text: str, named: bool) -> None:
    assert names(text, "§ 32") is named


def test_paragraf_25_how_to_complain_unless_all_is_given() -> None:
    assert refusals(without("klagevejledning", "oekonomi", applied=True)) == []
    assert "§ 25" in only(without("klagevejledning", "oekonomi")), "no application waits"
    for code in ("kompensation", "tabt"):
        assert "§ 25" in only(without("klagevejledning", code, applied=True)), "it is reckoned"
    assert "§ 25" in only(without("klagevejledning", outcome=Outcome.AFSLAG))
    assert "§ 25" in only(without("klagevejledning", "anbringelse_uden"))
    for code in ("stoette", "anbringelsessted", "foraeldrepaalaeg", "samvaer", "tabt_ophoer"):
        assert "§ 25" in only(without("klagevejledning", code)), "nobody applied for it"
    short = {"klagevejledning": "Du kan klage til Ankestyrelsen."}
    assert "4 uger" in only(standing(outcome=Outcome.AFSLAG, said=short))


def test_paragraf_22_what_nobody_asked_for_is_decided_or_not() -> None:
    said = only(standing("anbringelse_uden", outcome=None))
    assert "besluttet eller ikke besluttet" in said
    for code, applied in (("oekonomi", False), ("stoette", True)):
        assert "fuldt medhold" in only(standing(code, outcome=None, applied=applied))
    assert list(outcomes(matter("samvaer_afbrudt"), applied=False).values()) == [
        "Besluttet", "Ikke besluttet",
    ]  # fmt: skip

"""``dubu frister on`` tells a lawyer all that a rule says, in words and as data."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

Run = Callable[..., Any]


@pytest.mark.parametrize("columns", ["200", "80"])
def test_each_rule_is_told_with_its_duty_its_clock_and_how_sure_it_is(
    dubu: Run, monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    told = " ".join(dubu("frister", "on", "2026-11-22").out.split())
    for said in (
        "Besøg barnet på anbringelsesstedet, og tal med det",
        "Begynder ved: »Tilsynsbesøg holdt«, »Barnet anbragt«. Slutter ved: »Tilsynsbesøg holdt«.",
        "Kommunens frist, kommer igen. Varsel: 21 dage før.",
        "For børn under 14 år.",
        "Når underretteren er fagperson (§ 133).",
        "Lovens tekst er læst, men den kan forstås på flere måder; se »Usikkert«.",
        "Før 2024: SEL § 70 stk. 2, § 148. Det, der var begyndt og ikke færdigt",
        "Teksten er ikke juridisk rådgivning.",
        "Bemærk: den 22.11.2026 ligger efter 8.3.2026.",
        "Usikkert: loven siger mindst to årlige besøg",
        "Sikker: lovens tekst er læst.",
        "Ikke sikker: ",
        "Følge: ",
    ):
        assert said in told


def test_the_data_has_what_the_words_have(dubu: Run) -> None:
    told = {
        one["rule"]: one for one in json.loads(dubu("frister", "on", "2026-11-22", "--json").out)
    }
    rule = told["TILSYN-2"]
    assert (rule["warn_before"], rule["recurs"], rule["party"]) == ("21 days", True, "kommune")
    assert (rule["ages"], rule["when"], rule["from_fact"]) == (None, {}, None)
    assert {"consequence", "duty", "met_by", "opens_on", "confidence"} <= rule.keys()
    assert told["STOF-14D"]["ages"] == [0, 17]
    assert told["IVAERK"]["when"] == {"tilbud": [True]}
    assert "borger" in {one["party"] for one in told.values()}
    assert told["BFU-4M"]["from_fact"] == "kendskab"


def test_a_day_the_law_was_read_for_has_no_warning_and_the_data_says_the_transition(
    dubu: Run,
) -> None:
    assert "Bemærk" not in dubu("frister", "on", "2024-01-01").out
    told = {
        one["rule"]: one for one in json.loads(dubu("frister", "on", "2024-01-01", "--json").out)
    }
    rule = told["TILSYN-2"]
    assert (rule["checked_until"], rule["sure"]) == ("2026-03-08", False)
    assert rule["new_year"][0] == "Før 2024: SEL § 70 stk. 2, § 148."
    assert "§ 213 stk. 1" in rule["new_year"][1]


def test_every_condition_and_everything_that_happens_is_said_in_danish(dubu: Run) -> None:
    told = dubu("frister", "on", "2026-11-22").out
    assert not re.search(r"Når [^.]*\b\w+ er (ja|nej)\b", told)
    assert not re.search(r"(Begynder|Slutter) ved: [^.]*_", told)
    assert not re.search(r"Når [^.]*_", told)

"""``dubu frister on`` tells a lawyer all that a rule says, in words and as data."""

import json
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
        "Begynder ved: anbringelse_ivaerksat, tilsynsbesoeg_foert. Slutter ved: "
        "tilsynsbesoeg_foert.",
        "Kommunens frist, kommer igen. Varsel: 1 måned før.",
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
    assert (rule["warn_before"], rule["recurs"], rule["party"]) == ("1 months", True, "kommune")
    assert (rule["ages"], rule["when"], rule["from_fact"]) == (None, {}, None)
    assert {"consequence", "duty", "met_by", "opens_on", "confidence"} <= rule.keys()
    assert told["STOF-14D"]["ages"] == [0, 17]
    assert told["IVAERK"]["when"] == {"tilbud": [True]}
    assert "borger" in {one["party"] for one in told.values()}
    assert told["BFU-4M"]["from_fact"] == "kendskab"

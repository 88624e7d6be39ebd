"""The committee looks at a placement again in a year, or when it says why not (§ 50)."""

from dubu_plugin.domain.gates.again import look_again

from .deciding import DAY, refusals, standing


def refused(age: int | None = 9, **said: str) -> list[str]:
    written = {"genbehandling": "et_aar", "genbehandling_hvorfor": "", **said}
    found = refusals(standing("anbringelse_uden", age=age, said=written))
    return [one for one in found if "stk. 4" in one or "§ 50" in one or "fastsat" in one]


def test_paragraf_50_in_a_year_takes_no_reason_and_anything_else_does() -> None:
    assert refused() == []
    assert "hvorfor udvalget ikke" in refused(genbehandling="to_aar")[0]
    assert "hvorfor udvalget ikke" in refused(genbehandling_senest="2026-12-11")[0]
    why = "Moderen er i behandling, som slutter til jul."
    assert refused(genbehandling="to_aar", genbehandling_hvorfor=why) == []
    assert refused(genbehandling_senest="2026-12-11", genbehandling_hvorfor=why) == []


def test_paragraf_50_stk_5_exceptionally_later_and_for_the_youngest_three_years_only() -> None:
    why = "Begge forældre er uden for landet i mange år."
    assert refused(genbehandling="tre_aar", genbehandling_hvorfor=why) == []
    for age in (0, None):
        assert refused(age, genbehandling="tre_aar", genbehandling_hvorfor=why) == []
        late = refused(age, genbehandling_senest="2028-06-11", genbehandling_hvorfor=why)
        assert "kun være tre år (§ 50, stk. 5)" in late[0]
        assert refused(age, genbehandling_senest="2026-12-11", genbehandling_hvorfor=why) == []


def test_paragraf_50_stk_4_the_day_is_one_and_comes() -> None:
    assert "Skriv den dag" in refused(genbehandling_senest="snart")[0]
    assert "ligger før mødet" in refused(genbehandling_senest=DAY.isoformat())[0]


def test_paragraf_50_the_rules_count_to_the_committees_own_day() -> None:
    assert look_again("", "") == {"genbehandling": "et_aar"}
    for chosen in ("et_aar", "to_aar", "tre_aar"):
        assert look_again(chosen, "") == {"genbehandling": chosen}
    sooner = {"genbehandling": "et_aar", "genbehandling_senest": "2026-12-01"}
    assert look_again("to_aar", "2026-12-01") == sooner

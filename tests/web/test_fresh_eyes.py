"""Who may take part in a reassessment (§ 137) is listed so that one can be found among many."""

from dubu_plugin.store.known_family import Colleague
from dubu_plugin.web.underretning_view import FreshEyes, fresh_eyes

WORKS = frozenset({"sagsbehandler"})


def colleague(key: str, unit: str) -> Colleague:
    return Colleague(key, f"{key.title()} Prøve", "rådgiver", unit, WORKS, f"Team {unit}")


def asked(*handled: str) -> FreshEyes:
    everybody = [colleague("anders", "syd"), colleague("bente", "nord"), colleague("carl", "nord")]
    everybody += [colleague(f"d{number}", "nord") for number in range(3)]
    return fresh_eyes(
        everybody, me="me", unit="nord", handled=frozenset(handled), child="Alma", chosen=""
    )


def test_ones_own_unit_comes_first_and_each_has_title_and_unit() -> None:
    found = asked()
    assert [one.id for one in found.people] == ["bente", "carl", "d0"]
    assert found.others[-1] == ("anders", "Anders Prøve, rådgiver, Team syd")


def test_who_has_had_the_case_is_named_without_guessing_at_more() -> None:
    assert asked("anders").note == "Anders har behandlet sagen før og kan ikke vælges."
    assert asked("anders", "bente").note.startswith("Anders og Bente har behandlet sagen før")
    assert asked().note == ""

"""Who is asked and heard before a child is born: the mother, and the father the network knows."""

from datetime import date
from pathlib import Path

from dubu_plugin.domain.afgoerelser import Capacity
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.netvaerk import Rolle
from dubu_plugin.store.family import personer
from dubu_plugin.testing.town import build
from dubu_plugin.usecases.afgoerelse.parties import who
from dubu_plugin.usecases.inddragelse.parties import parties
from tests.usecases.inddragelse.conftest import NOW
from tests.usecases.netvaerk.family import Family


def test_paragraf_26_a_father_to_be_added_by_hand_is_asked_and_heard(tmp_path: Path) -> None:
    town = build(tmp_path, NOW)
    mother = town.person("Freja Prøvelund", born=date(1998, 4, 2))
    child = town.person("Ufødt barn af Freja Prøvelund", due_date=date(2026, 12, 1), mother=mother)
    family = Family(town, town.sag(child), child, child, mother, mother, mother)
    family.typed("Oliver Demosen", Rolle.FAR)
    family.typed("Birthe Prøvelund", Rolle.BEDSTEFORAELDER)
    today = danish_day(town.now)
    matter = town.product.matters.open(today, None)[0]
    with town.product.store.read() as connection:
        known = personer.by_id(connection, child)
        assert known is not None
        asked = [(one.name, one.tie) for one in parties(connection, child, today)]
        heard = [
            (one.name, capacity) for one, capacity in who(connection, matter, known, None, today)
        ]
    assert asked == [("Freja Prøvelund", "mor"), ("Oliver Demosen", "far")]
    assert heard == [
        ("Freja Prøvelund", Capacity.KOMMENDE_FORAELDRE),
        ("Oliver Demosen", Capacity.KOMMENDE_FORAELDRE),
    ]
    (father,) = [one.who.id for one in family.lines() if one.part.role is Rolle.FAR]
    family.end(father, today)
    with town.product.store.read() as connection:
        assert [one.name for one in parties(connection, child, today)] == ["Freja Prøvelund"]
    town.product.store.close()

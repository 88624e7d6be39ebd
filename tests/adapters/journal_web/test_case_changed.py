"""Plugins hear of a case somebody changed in the client, after it is stored and not otherwise."""

import pytest

from dubu_journal import cases
from dubu_journal.host import Host

from .conftest import Browse, Browser, ExamplePlugin


def form(host: Host, **changed: str) -> dict[str, str]:
    with host.database.reading() as connection:
        case = cases.get(connection, 1)
    return {
        "knap": "gem",
        "titel": case.title,
        "ansvarlig": case.responsible,
        "enhed": case.unit,
        "status": case.status,
        "udgave": str(case.version),
        **({"beskyttet": "ja"} if case.protected else {}),
        **changed,
    }


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"ansvarlig": "mads"}, "responsible"),
        ({"titel": "Testvad, Alma"}, "title"),
        ({"enhed": "modtagelse", "beskyttet": "ja"}, "unit, protected"),
        ({"status": "hvilende"}, "status"),
    ],
)
def test_a_plugin_hears_who_changed_what(
    karen: Browser, host: Host, plugin: ExamplePlugin, changed: dict[str, str], told: str
) -> None:
    karen.post("/sager/1/ret", form(host, **changed))
    assert plugin.heard[-1] == f"karen changed {told} of 1"


def test_nothing_changed_or_stored_is_nothing_told(
    karen: Browser, host: Host, plugin: ExamplePlugin, browse: Browse
) -> None:
    before = list(plugin.heard)
    karen.post("/sager/1/ret", form(host))
    karen.post("/sager/1/ret", form(host, udgave="47", ansvarlig="mads"))
    karen.post("/sager/1/ret", form(host, ansvarlig="nobody"))
    assert plugin.heard == before


def test_a_plugin_that_fails_does_not_undo_the_change(
    karen: Browser, host: Host, plugin: ExamplePlugin
) -> None:
    sent = form(host, titel="Testvad, Alma")
    plugin.deaf = True
    assert karen.post("/sager/1/ret", sent).status_code == 200
    with host.database.reading() as connection:
        assert cases.get(connection, 1).title == "Testvad, Alma"

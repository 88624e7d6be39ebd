"""Exactly one plugin answers for a port, and nobody has to guess which."""

from types import SimpleNamespace
from typing import Any

import pytest

from dubu_plugin import plugins
from dubu_plugin.errors import ConfigurationError
from dubu_plugin.hookspecs import hookimpl
from dubu_plugin.settings import Settings

PORTS = ("journal", "persons", "identity", "incoming_post", "outgoing_post")


def plugin(*ports: str) -> Any:
    offers = {f"provide_{port}": hookimpl(lambda port=port: f"a {port}") for port in ports}
    return SimpleNamespace(**offers)


def test_every_port_comes_from_the_plugin_that_offers_it() -> None:
    manager = plugins.build(installed=False, extra=[plugin(*PORTS)])
    found = plugins.ports(manager, Settings())
    assert [str(found.journal), str(found.outgoing)] == ["a journal", "a outgoing_post"]


def test_a_missing_port_stops_the_start_and_is_named() -> None:
    manager = plugins.build(installed=False, extra=[plugin(*PORTS[1:])])
    with pytest.raises(ConfigurationError, match=r"provide_journal.*ingen"):
        plugins.ports(manager, Settings())


def test_two_offers_for_a_port_stop_the_start() -> None:
    manager = plugins.build(installed=False, extra=[plugin(*PORTS), plugin("journal")])
    with pytest.raises(ConfigurationError, match="provide_journal"):
        plugins.ports(manager, Settings())


def test_a_frame_may_be_missing_and_a_host_may_be_elsewhere() -> None:
    manager = plugins.build(installed=False, extra=[plugin(*PORTS)])
    assert plugins.ports(manager, Settings()).frame is None
    assert plugins.host_web(manager, Settings()) is None


def test_a_hook_nobody_knows_is_an_error() -> None:
    stranger = SimpleNamespace(provide_jurnal=hookimpl(lambda: None))
    with pytest.raises(Exception, match="provide_jurnal"):
        plugins.build(installed=False, extra=[stranger])

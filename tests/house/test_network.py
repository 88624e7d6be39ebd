"""No test reaches another machine, not even by mistake."""

import socket

import pytest


def test_another_machine_cannot_be_reached() -> None:
    with (
        socket.socket(socket.AF_INET, socket.SOCK_STREAM) as outgoing,
        pytest.raises(UserWarning, match=r"host \"192\.0\.2\.1\""),
    ):
        outgoing.connect(("192.0.2.1", 80))


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost"])
def test_this_machine_can(name: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection((name, server.getsockname()[1])).close()

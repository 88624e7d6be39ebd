"""What a killed process held is free at once on its machine, and nothing else is."""

import subprocess
import sys
from uuid import UUID, uuid4

import pytest

from dubu_plugin.store import claimants

ANOTHER = "from dubu_plugin.store import claimants; print(claimants.name(), flush=True); input()"


def test_a_claim_is_its_process_and_gone_with_it() -> None:
    other = subprocess.Popen(
        [sys.executable, "-c", ANOTHER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert other.stdout is not None
    claim = UUID(other.stdout.readline().strip())
    assert not claimants.is_gone(claim), "it lives"
    other.kill()
    other.communicate()
    assert claimants.is_gone(claim)


def test_our_own_claims_live_and_no_two_are_the_same() -> None:
    names = {claimants.name() for _ in range(50)}
    assert len(names) == 50
    assert not any(map(claimants.is_gone, names))


def test_a_claim_from_another_machine_or_an_older_release_is_left_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    mine = claimants.name()
    monkeypatch.setattr(claimants, "_machine", lambda: b"else")
    assert not claimants.is_gone(mine)
    assert not claimants.is_gone(uuid4())

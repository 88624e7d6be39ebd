"""A subcommand reads in what it needs, and no more."""

import subprocess
import sys

import pytest

ASKED = """
import sys
sys.argv = ["dubu", {command!r}, "--help"]
from dubu_plugin import cli
try:
    cli.main()
except SystemExit:
    pass
print([name for name in {heavy!r} if name in sys.modules], file=sys.stderr)
"""


@pytest.mark.parametrize("command", ["db", "frister", "intake"])
def test_a_subcommand_begins_without_the_web_and_the_demo(command: str) -> None:
    heavy = ["dubu_plugin.demo.plan", "dubu_plugin.cli.serve", "dubu_plugin.bench.pages"]
    asked = subprocess.run(
        [sys.executable, "-c", ASKED.format(command=command, heavy=heavy)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert asked.stderr.strip() == "[]"
    assert "Brug: dubu" in asked.stdout

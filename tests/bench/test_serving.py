"""What is measured runs as an installed product does."""

from pathlib import Path

import pytest

from dubu_plugin.bench.serving import environment


def test_the_modules_are_kept_compiled_outside_the_checkout(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setenv("DUBU_CONFIG", "andet.toml")
    it = environment(tmp_path)
    assert "PYTHONDONTWRITEBYTECODE" not in it
    assert Path(it["PYTHONPYCACHEPREFIX"]).is_relative_to(tmp_path)
    assert it["DUBU_CONFIG"] == "andet.toml"

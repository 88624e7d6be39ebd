"""What is on the shelves is what is installed, and all of it."""

import json
import subprocess
import sys
import tomllib
from fnmatch import fnmatch
from importlib.metadata import Distribution, distribution, entry_points
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

import dubu_plugin

SHELVES = ("adapters", "templates", "migrations")
OURS = distribution("dubu-plugin")


def is_editable(installed: Distribution) -> bool:
    """Return whether an installation points back at a checkout (PEP 610)."""
    origin = json.loads(installed.read_text("direct_url.json") or "{}")
    return bool(origin.get("dir_info", {}).get("editable"))


@pytest.fixture(scope="session")
def declared(root: Path) -> dict[str, Any]:
    """What pyproject.toml says."""
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))


def on_shelf(root: Path, shelf: str) -> list[str]:
    return sorted(p.parent.name for p in (root / shelf).glob("*/__init__.py"))


@pytest.mark.checkout
@pytest.mark.parametrize("shelf", SHELVES)
def test_a_shelf_is_no_package(root: Path, shelf: str) -> None:
    assert not (root / shelf / "__init__.py").exists()
    assert on_shelf(root, shelf)
    assert [name for name in on_shelf(root, shelf) if not name.startswith("dubu_")] == []


@pytest.mark.checkout
def test_every_adapter_is_an_entry_point(root: Path) -> None:
    installed = {point.module for point in entry_points(group="dubu")}
    assert installed == set(on_shelf(root, "adapters")), (
        "give the adapter a line in pyproject.toml, then `make setup`"
    )


@pytest.mark.checkout
def test_every_data_file_goes_into_the_wheel(
    root: Path, tracked: list[Path], declared: dict[str, Any]
) -> None:
    patterns = declared["tool"]["setuptools"]["package-data"]["*"]
    shipped = [root / "dubu_plugin", *(root / shelf for shelf in SHELVES)]
    left_out = [
        str(file.relative_to(root))
        for file in tracked
        if any(file.is_relative_to(folder) for folder in shipped)
        and file.suffix != ".py"
        and not any(fnmatch(file.name, pattern) for pattern in patterns)
    ]
    assert left_out == [], "add the suffix to package-data in pyproject.toml"


def test_what_is_tested_is_what_is_installed(root: Path) -> None:
    """Without this a run against the wheel could read the checkout and prove nothing."""
    in_checkout = Path(dubu_plugin.__file__).is_relative_to(root)
    in_environment = Path(dubu_plugin.__file__).is_relative_to(sys.prefix)
    assert (in_checkout and not in_environment) if is_editable(OURS) else in_environment


@pytest.mark.parametrize("group", ["dubu", "dubu_journal", "console_scripts"])
def test_every_entry_point_loads(group: str) -> None:
    points = [point for point in OURS.entry_points if point.group == group]
    assert points
    for point in points:
        point.load()


@pytest.mark.parametrize(
    ("package", "path"),
    [
        ("dubu_plugin", "py.typed"),
        ("dubu_plugin", "web/static/vendor/dkfds/css/dkfds.min.css"),
        ("dubu_plugin", "web/static/vendor/dkfds/fonts/IBMPlexSans/complete/woff2"),
        ("dubu_plugin", "web/static/vendor/dkfds/img/svg-icons/check.svg"),
        ("dubu_plugin", "web/static/vendor/dkfds/LICENSE.md"),
        ("dubu_plugin", "web/static/vendor/htmx/htmx.min.js"),
        ("dubu_plugin", "web/static/vendor/htmx/LICENSE.txt"),
        ("dubu_journal", "py.typed"),
        ("dubu_templates", "py.typed"),
        ("dubu_templates", "letters.toml"),
        ("dubu_templates", "letters"),
        ("dubu_templates", "frister"),
        ("dubu_migrations", "script.py.mako"),
        ("dubu_migrations", "versions"),
        ("dubu_plugin", "demo/proevestrup.toml"),
        ("dubu_plugin", "demo/phrases.toml"),
        ("dubu_plugin", "demo/stories/stoette.toml"),
        ("dubu_plugin", "demo/post/alma-skole.eml"),
    ],
)
def test_data_is_found_where_it_is_installed(package: str, path: str) -> None:
    found = files(package).joinpath(path)
    assert found.is_file() or any(found.iterdir())


def test_nothing_but_our_packages_is_installed() -> None:
    """A stray top-level name, such as `tests`, would be importable in every environment."""
    if is_editable(OURS):
        listed = OURS.read_text("top_level.txt") or ""
        names = set(listed.split())
    else:
        names = {file.parts[0] for file in OURS.files or [] if file.suffix == ".py"}
    assert names
    assert {name for name in names if not name.startswith("dubu_")} == set()


WATCHED = ("sqlite3.connect", "socket.connect", "socket.bind", "subprocess.Popen", "os.mkdir")

IMPORT_EVERYTHING = f"""
import importlib, pkgutil, sys

def complain(event, arguments):
    if event in {WATCHED}:
        raise RuntimeError(f"importing this did something: {{event}}")

def modules(name):
    yield name
    package = importlib.import_module(name)
    for found in pkgutil.iter_modules(getattr(package, "__path__", ()), name + "."):
        if not found.name.endswith(("__main__", ".env", "dubu_plugin.testing")):
            yield from modules(found.name)

sys.addaudithook(complain)
for package in {{packages}}:
    for name in modules(package):
        importlib.import_module(name)
print(*sys.modules)
"""


def test_importing_does_nothing() -> None:
    """No connection, no process, no folder, and no library that only some installations need."""
    packages = ["dubu_plugin", *(point.module for point in OURS.entry_points.select(group="dubu"))]
    script = IMPORT_EVERYTHING.replace("{packages}", repr(packages))
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", script], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert {"zeep", "pyodbc", "psycopg", "pytest"} & set(done.stdout.split()) == set()

"""``dubu demo``: a municipality that does not exist, made in a folder and shown in the browser."""

import os
import sys
import webbrowser
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from dubu_plugin.cli import serve
from dubu_plugin.demo import making
from dubu_plugin.demo.making import AnotherSize, Demo
from dubu_plugin.demo.municipality import proevestrup
from dubu_plugin.demo.receiving import receive_post
from dubu_plugin.demo.sizes import SIZES, SizeName
from dubu_plugin.settings import Settings


def add_to(whole: typer.Typer) -> None:
    """Add the subcommand to the command line."""
    whole.command()(demo)


def demo(
    folder: Annotated[Path, typer.Option("--dir", help="Mappen, demoen bor i.")] = Path("demo"),
    port: serve.Port = None,
    size: Annotated[
        SizeName | None, typer.Option(help="Hvor stor kommunen er; small, hvis intet siges.")
    ] = None,
    no_serve: Annotated[bool, typer.Option("--no-serve", help="Lav den, og slut.")] = False,
    fresh: Annotated[bool, typer.Option("--fresh", help="Slet den, der er, og lav en ny.")] = False,
) -> None:
    """Lav en opdigtet kommune med sager og post, og åbn den i browseren.

    Anden gang åbnes den, der er lavet; begynd forfra med --fresh. Opdigtet er alt: personer,
    skoler og veje.

    Eksempel: dubu demo --dir demo --port 8080
    """
    said = Console(stderr=True)
    there = making.found(folder)
    if there is not None and fresh:
        making.remove(there)
        there = None
    if there is None:
        there = _made(folder, size or SizeName.SMALL, said)
    elif size is not None and size != there.size:
        raise AnotherSize(folder, there.size, size)
    else:
        _opened(there, said)
    if not there.has_post:
        _received(there, said)
    _tell(said)
    settings = Settings.from_file(there.config)
    if no_serve:
        address = f"http://{settings.web.host}:{settings.web.port}/"
        _next(said, f"Vis demoen: dubu serve --config {there.config}", *_visit(address))
        return
    with serve.starting():
        serve.run(settings, port, when_ready=lambda address: _open(address, there, said))


class _Bars:
    """Two bars, one for each database."""

    def __init__(self, progress: Progress, cases: int) -> None:
        self._progress = progress
        self._tasks = {
            "journal": progress.add_task("Fylder journalen", total=cases),
            "dubu": progress.add_task("Fylder vores database", total=cases),
        }

    def more(self, of: str, cases: int) -> None:
        """See `making.Bars`."""
        self._progress.advance(self._tasks[of], cases)


def _made(folder: Path, size: SizeName, said: Console) -> Demo:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TextColumn("sager"), TimeElapsedColumn(), console=said) as progress:
        bars = _Bars(progress, SIZES[size].cases)
        return making.make(folder, SIZES[size], now=datetime.now(UTC), port=8080, bars=bars)


def _opened(demo: Demo, said: Console) -> None:
    age = datetime.now(UTC) - datetime.fromisoformat(demo.made_at)
    old = " Dens frister er fra dengang." if age > timedelta(days=1) else ""
    said.print(
        f"Demoen i {demo.folder} er lavet {datetime.fromisoformat(demo.made_at):%d-%m-%Y}.{old} "
        "Vil du begynde forfra, så brug --fresh.",
        highlight=False,
    )


def _received(demo: Demo, said: Console) -> None:
    """Let the post in; it is written down when it is all in, so that it is never left halfway."""
    with said.status("Modtager dagens post"):
        count = receive_post(Settings.from_file(demo.config))
    making.mark(replace(demo, has_post=True))
    said.print(f"{count} breve er modtaget gennem indgangen.", highlight=False)


def _tell(said: Console) -> None:
    """Say as whom to log in, and what is seen then."""
    table = Table("Log ind som", "Stilling", "Kan prøve", title="Hvem vil du være?")
    for one in proevestrup().staff:
        if one.shows:
            table.add_row(one.name, one.title, one.shows)
    said.print(table)


def _next(said: Console, *steps: str) -> None:
    """Say what to do now, a line a step, so that nothing has to be guessed."""
    said.print("\n[bold]Sådan kommer du videre[/]")
    for number, step in enumerate(steps, start=1):
        said.print(f"{number}. {step}", highlight=False, markup=False, soft_wrap=True)


def _visit(address: str) -> tuple[str, str]:
    first = next(one for one in proevestrup().staff if one.shows)
    return (
        f"Åbn {address} i browseren.",
        f"Vælg {first.name} eller en anden fra listen, og tryk »Log ind«. "
        "Der er ingen adgangskode.",
    )


def _open(address: str, there: Demo, said: Console) -> None:
    """Say where it is, and open it where there is a screen."""
    _next(
        said,
        *_visit(address),
        f"Stop med Ctrl-C. Demoen bliver liggende i {there.folder}; åbn den igen med: "
        f"dubu demo --dir {there.folder}",
    )
    screen = sys.platform in ("darwin", "win32") or any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")
    )
    if screen:
        webbrowser.open(address)

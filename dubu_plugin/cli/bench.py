"""``dubu bench``: a workload on a made-up municipality, and its figures."""

import json
import os
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Final

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from dubu_plugin.bench import deadlines, editing, pages, posting, running, writing
from dubu_plugin.bench.bulk import store_activities
from dubu_plugin.bench.figures import Figures, machine
from dubu_plugin.bench.ground import FOLDER, Ground, ground, sizes_of
from dubu_plugin.cli.options import AsJson
from dubu_plugin.demo.sizes import SIZES, SizeName
from dubu_plugin.store.database import engine_for


class Workload(StrEnum):
    """What can be measured."""

    FRONT_PAGE = "front-page"
    CASE_PANEL = "case-panel"
    LEADER_PAGE = "leader-page"
    SEARCH = "search"
    INTAKE = "intake"
    START = "start"
    MEMORY = "memory"
    GENERATE = "generate"
    SECTION_SAVE = "section-save"
    MANY_EDITORS = "many-editors"
    FRISTER_RECOMPUTE = "frister-recompute"
    FRISTER_REACTION = "frister-reaction"


WORKLOADS: Final[dict[Workload, Callable[[Ground, Callable[[int], None]], Figures]]] = {
    Workload.FRONT_PAGE: pages.front_page,
    Workload.CASE_PANEL: pages.case_panel,
    Workload.LEADER_PAGE: pages.leader_page,
    Workload.SEARCH: pages.search,
    Workload.INTAKE: posting.intake,
    Workload.START: running.start,
    Workload.MEMORY: pages.memory,
    Workload.SECTION_SAVE: writing.section_save,
    Workload.MANY_EDITORS: editing.many_editors,
}

ALONE: Final[dict[Workload, Callable[[SizeName, Callable[[int], None]], Figures]]] = {
    Workload.FRISTER_RECOMPUTE: deadlines.frister_recompute,
    Workload.FRISTER_REACTION: deadlines.reaction,
}
"""Those that make a database of their own, and need no whole municipality."""


def add_to(whole: typer.Typer) -> None:
    """Add the subcommand to the command line."""
    whole.command()(bench)


def bench(
    name: Annotated[Workload, typer.Argument(help="Det, der måles.")],
    size: Annotated[SizeName, typer.Option(help="Hvor stor kommunen er.")] = SizeName.SMALL,
    folder: Annotated[Path, typer.Option("--dir", help="Her gemmes kommunerne.")] = FOLDER,
    activities: Annotated[
        int, typer.Option(min=0, help="Gem så mange aktiviteter først, i en kopi af kommunen.")
    ] = 0,
    as_json: AsJson = False,
) -> None:
    """Mål, hvor hurtigt noget går, på en opdigtet kommune.

    Kommunen laves første gang og genbruges. Intet er et mål i sig selv: kravene og det målte står i
    benchmarks/RESULTS.md.

    Eksempel: dubu bench front-page --size copenhagen --json
    """
    with Progress(console=Console(stderr=True), transient=True) as progress:
        figures, ground_facts = _measured(name, size, folder, activities, progress)
    said = {
        "name": name.value,
        "size": size.value,
        "figures": figures,
        **ground_facts,
        "machine": machine(),
        "load": round(os.getloadavg()[0], 1),
    }
    if as_json:
        print(json.dumps(said, ensure_ascii=False))
        return
    table = Table("Tal", "Værdi", title=f"{name} · {size}")
    for figure, value in figures.items():
        table.add_row(figure, str(value))
    Console().print(table)


def _measured(
    name: Workload, size: SizeName, folder: Path, activities: int, progress: Progress
) -> tuple[Figures, dict[str, Any]]:
    """Return the figures of a workload, and what they were measured on."""
    task = progress.add_task(f"Måler {name}", total=None)

    def tick(count: int) -> None:
        progress.advance(task, count)

    if name in ALONE:
        return ALONE[name](size, tick), {"database": "sqlite", "sizes": sizes_of(size)}
    bars = _Bars(progress, SIZES[size].cases)
    on = ground(folder, size, bars)
    facts = {
        "database": engine_for(on.settings.database_url).dialect.name,
        "sizes": on.sizes,
        "made_at": on.demo.made_at,
    }
    if name is Workload.GENERATE:
        return running.generate(on, bars), facts
    if not activities:
        return WORKLOADS[name](on, tick), facts
    with on.copy() as copy:
        fill = progress.add_task("Gemmer aktiviteter", total=activities)
        more = store_activities(
            copy.settings.database_url, activities, lambda count: progress.advance(fill, count)
        )
        stored = {"activities": activities, "closed_deadlines_more": more}
        return WORKLOADS[name](copy, tick), facts | {"sizes": on.sizes | stored}


class _Bars:
    """A bar for each database, shown once one of them has got a case."""

    def __init__(self, progress: Progress, cases: int) -> None:
        self._progress = progress
        self._tasks = {
            "journal": progress.add_task("Fylder journalen", total=cases, visible=False),
            "dubu": progress.add_task("Fylder vores database", total=cases, visible=False),
        }

    def more(self, of: str, cases: int) -> None:
        """See `dubu_plugin.demo.making.Bars`."""
        self._progress.update(self._tasks[of], advance=cases, visible=True)

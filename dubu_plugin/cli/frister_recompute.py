"""``dubu frister recompute``: bring running deadlines to the rules as they are now."""

import json
from dataclasses import asdict
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from dubu_plugin import app
from dubu_plugin.cli.options import AsJson, Config
from dubu_plugin.settings import Settings
from dubu_plugin.usecases.frist.recompute import Report
from dubu_plugin.usecases.frist.recompute import recompute as count_again


def recompute(
    everything: Annotated[
        bool,
        typer.Option(
            "--all",
            help="Se også på frister, hvis regel ikke er ændret, og afslut dem, som det, der er "
            "sket på sagen, afslutter nu.",
        ),
    ] = False,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Regn de løbende frister igen, når en regel er ændret, og åbn det, nye regler kræver.

    Det, der er begyndt under en regels gamle række, beholder den. Den gamle dato gemmes. Andre kan
    arbejde imens; afbrydes det, så kør det igen.

    Eksempel: dubu frister recompute --config /srv/dubu/dubu.toml
    """
    product = app.build(Settings.found(config))
    app.require_whole(product)
    with Progress(console=Console(stderr=True), transient=True) as bars:
        bar = bars.add_task("Regner frister", total=None)
        report = count_again(
            product.store,
            product.clock(),
            everything=everything,
            progress=lambda done, of: bars.update(bar, completed=done, total=of),
        )
    if as_json:
        print(json.dumps(asdict(report), ensure_ascii=False))
    else:
        _tell(report)


def _tell(report: Report) -> None:
    if report.rules:
        print(f"Ændrede regler: {', '.join(report.rules)}.")
    else:
        print("Ingen regel er ændret, siden fristerne sidst blev regnet.")
    print(
        f"{report.seen} åbne frister set efter: {report.moved} fik en ny dato, "
        f"{report.adjusted} kun et nyt varsel eller en ny mærkning, {report.kept} er uændrede."
    )
    if report.opened:
        print(f"{report.opened} frister åbnet på det, der løber, fordi reglen er ny.")
    if report.ended:
        print(f"{report.ended} frister afsluttet, fordi det, der var sket, afslutter dem nu.")
    for code, number in report.orphaned.items():
        print(
            f"{number} åbne frister har reglen {code}, som ikke står i nogen fil længere. De "
            "står, som de var. Sæt reglen ind igen, eller lad dem bortfalde på sagen med en grund."
        )

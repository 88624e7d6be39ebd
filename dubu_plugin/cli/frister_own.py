"""``dubu frister check``, ``install``, ``remove`` and ``files``: the municipality's own rules."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from dubu_plugin import app, plugins
from dubu_plugin.cli.frister_rules import installed
from dubu_plugin.cli.options import AsJson, Config
from dubu_plugin.cli.own_files import there
from dubu_plugin.frister.rule import Rule
from dubu_plugin.frister.rulefile import read
from dubu_plugin.frister.words import force_words, span_words
from dubu_plugin.settings import Settings
from dubu_plugin.store import rule_use

File = Annotated[Path, typer.Argument(metavar="FIL", help="En fil med regler (TOML).")]


def check(file: File, config: Config = None) -> None:
    """Sig, om en fil med regler kan lægges ind. 2, med fil, linje og grund, hvis den ikke kan.

    Eksempel: dubu frister check vores_frister.toml
    """
    rules = app.rule_files(plugins.build(), installed(config)).check(there(file))
    print(f"{file} kan lægges ind.")
    _tell(rules)


def install(file: File, config: Config = None) -> None:
    """Læg en fil med regler ind. Den, der serverer, ser den inden for et minut.

    Det, der allerede løber, får de nye frister med »dubu frister recompute«.

    Eksempel: dubu frister install vores_frister.toml
    """
    files = app.rule_files(plugins.build(), Settings.found(config))
    rules = files.install(there(file))
    print(f"{file.name} ligger nu i {files.own}.")
    _tell(rules)
    print(
        "Nye hændelser får fristerne af sig selv. Sager, der løber, får dem med »dubu frister "
        f"recompute«. Tag filen ud igen med »dubu frister remove {file.name}«."
    )


def remove(
    name: Annotated[str, typer.Argument(metavar="FIL", help="Filens navn, fx vores_frister.toml.")],
    config: Config = None,
) -> None:
    """Tag en af kommunens egne filer ud. Den flyttes og kan lægges ind igen. 1, hvis den er i brug.

    Eksempel: dubu frister remove vores_frister.toml
    """
    settings = Settings.found(config)
    product = app.build(settings)
    app.require_own(product)
    files = app.rule_files(product.plugins, settings)
    with product.store.read() as connection:
        aside = files.remove(name, used=lambda rule: rule_use.in_use(connection, rule))
    print(f"{name} er taget ud. Den kan lægges ind igen fra {aside}.")


def own_files(config: Config = None, as_json: AsJson = False) -> None:
    """Vis kommunens egne filer med regler, og hvad der står i dem.

    Eksempel: dubu frister files
    """
    files = app.rule_files(plugins.build(), installed(config))
    files.usable()
    wrong = {file.name: str(slip) for file, slip in files.left_out.items()}
    found = {
        file.name: [] if file.name in wrong else [rule for rule, _ in read(file)]
        for file in files.own_files()
    }
    if as_json:
        told = [
            {"file": name, "rules": [rule.code for rule in rules], "wrong": wrong.get(name)}
            for name, rules in found.items()
        ]
        print(json.dumps(told, ensure_ascii=False))
        return
    for name, rules in found.items():
        print(name)
        _tell(rules)
        if name in wrong:
            print(f"  KAN IKKE BRUGES og er ladt ude: {wrong[name]}")
            print(f"  Ret den, eller tag den ud med »dubu frister remove {name}«.")
    if not found:
        print("Kommunen har ikke lagt egne regler ind.")


def _tell(rules: Sequence[Rule]) -> None:
    for rule in rules:
        state = "" if rule.on else ", slået fra"
        print(
            f"  {rule.code} {rule.title} ({rule.law}): {span_words(rule)}, "
            f"{force_words(rule)}{state}."
        )

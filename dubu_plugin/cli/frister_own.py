"""``dubu frister check``, ``install``, ``remove`` and ``files``: the municipality's own rules."""

import json
from collections.abc import Sequence
from dataclasses import fields
from functools import partial
from pathlib import Path
from typing import Annotated, Final

import typer

from dubu_plugin import app, plugins
from dubu_plugin.cli.frister_rules import installed
from dubu_plugin.cli.options import AsJson, Config
from dubu_plugin.cli.own_files import there
from dubu_plugin.frister.rule import Rule
from dubu_plugin.frister.rulefile import read
from dubu_plugin.frister.words import force_words, span_words
from dubu_plugin.settings import Settings
from dubu_plugin.store.egne import rule_use

OF_DUBU_TOML: Final = frozenset({"on", "off_because", "own_choice", "reckoning"})
"""What dubu.toml says of a rule."""
WRITTEN: Final = [part.name for part in fields(Rule) if part.name not in OF_DUBU_TOML]
"""What a file says of one, by the names it has there."""

File = Annotated[Path, typer.Argument(metavar="FIL", help="En fil med regler (TOML).")]


def check(file: File, config: Config = None) -> None:
    """Sig, om en fil med regler kan lægges ind. 2, med fil, linje og grund, hvis den ikke kan.

    Ligger der en fil med det navn, siger den, hvad der ville blive ændret.

    Eksempel: dubu frister check vores_frister.toml
    """
    settings = installed(config)
    files = app.rule_files(plugins.build(), settings)
    rules = files.check(there(file), used=partial(_used, settings))
    changes = _changes(files.told_before(file), rules)
    print(f"{file} kan lægges ind.")
    _tell(rules)
    _tell_changes(file, changes)


def install(
    file: File,
    config: Config = None,
    yes: Annotated[bool, typer.Option("--yes", help="Ændringerne er rigtige.")] = False,
) -> None:
    """Læg en fil med regler ind, eller ret en. Den, der serverer, ser den inden for et minut.

    Ligger der en fil med det navn og de regler, bliver den rettet, når du siger --yes til
    ændringerne. Det, der allerede løber, får de nye frister med »dubu frister recompute«.

    Eksempel: dubu frister install vores_frister.toml
    """
    settings = Settings.found(config)
    files = app.rule_files(plugins.build(), settings)
    used = partial(_used, settings)
    changes = _changes(files.told_before(there(file)), files.check(file, used=used))
    if changes and not yes:
        _tell_changes(file, changes)
        print(f"Intet er ændret. Er det rigtigt, så kør »dubu frister install {file} --yes«.")
        raise typer.Exit(1)
    rules = files.install(file, used=used)
    print(f"{file.name} ligger nu i {files.own}.")
    _tell(rules)
    _tell_changes(file, changes)
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


def _used(settings: Settings | None, rule: Rule) -> int:
    """Return how many deadlines a version has; none where there is no installation."""
    if settings is None:
        return 0
    product = app.build(settings)
    app.require_own(product)
    with product.store.read() as connection:
        return rule_use.in_use(connection, rule)


def _changes(before: Sequence[Rule], after: Sequence[Rule]) -> Sequence[str]:
    """Return what a change of a file changes, a line each; nothing where the file is new."""
    if not before:
        return ()
    old = {(rule.code, rule.in_force_from): rule for rule in before}
    new = {(rule.code, rule.in_force_from): rule for rule in after}
    lines = [f"{_line(rule)} Tages ud." for key, rule in old.items() if key not in new]
    for key, rule in new.items():
        was = old.get(key)
        if was is None:
            lines.append(f"{_line(rule)} Er ny.")
        elif told := [name for name in WRITTEN if getattr(was, name) != getattr(rule, name)]:
            shown = f"før {span_words(was)}, nu {span_words(rule)}. " if "length" in told else ""
            lines.append(f"{rule.code} {rule.title}: {shown}Rettet: {', '.join(told)}.")
    return lines


def _tell_changes(file: Path, changes: Sequence[str]) -> None:
    if changes:
        print(f"Det ændrer den {file.name}, der ligger der:")
    for line in changes:
        print(f"  {line}")


def _line(rule: Rule) -> str:
    return f"{rule.code} {rule.title} ({rule.law}): {span_words(rule)}, {force_words(rule)}."

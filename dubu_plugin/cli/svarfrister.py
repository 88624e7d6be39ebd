"""``dubu svarfrister``: how long an application may wait, as the municipality has published it."""

import json
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

import typer

from dubu_plugin import app
from dubu_plugin.app import Product
from dubu_plugin.cli.options import AsJson, Config
from dubu_plugin.cli.own_files import AT_THE_SERVER
from dubu_plugin.domain.danish import counted, danish_day
from dubu_plugin.domain.svarfrister import Area, Svarfrist, Unit, areas
from dubu_plugin.errors import CaseworkError
from dubu_plugin.settings import Settings
from dubu_plugin.store.egne import svarfrister
from dubu_plugin.store.egne.svarfrister import Kept
from dubu_plugin.usecases.svarfrist.own_area import own_code
from dubu_plugin.usecases.svarfrist.publish import publish, take_out

DAY = ["%Y-%m-%d"]


class NoRow(CaseworkError):
    """No row begins with the text."""

    danish = "Der er ikke netop én frist med det nummer. Se dem med »dubu svarfrister list«."


def add_to(whole: typer.Typer) -> None:
    """Add the subcommand to the command line."""
    commands = typer.Typer(
        no_args_is_help=True,
        help="Svarfrister: hvor hurtigt kommunen svarer på en ansøgning (RSL § 3, stk. 2).\n\n"
        "Eksempel: dubu svarfrister list",
    )
    commands.command("list")(show)
    commands.command("set")(put_in)
    commands.command("remove")(remove)
    whole.add_typer(commands, name="svarfrister")


def show(config: Config = None, as_json: AsJson = False) -> None:
    """Vis sagsområderne og deres frister.

    Eksempel: dubu svarfrister list
    """
    product = _product(config)
    today = danish_day(product.clock())
    with product.store.read() as connection:
        kept = [one for one in svarfrister.history(connection) if one.stands]
    known = areas(product.matters, [one.row for one in kept], today)
    if as_json:
        print(json.dumps([_told(one) for one in kept], ensure_ascii=False))
        return
    for area in known:
        print(f"{area.title} ({area.law}): {area.code}")
        rows = [one for one in kept if one.row.area == area.code]
        for one in rows:
            its = one.row
            until = f" til {its.valid_to}" if its.valid_to else ""
            print(f"  {str(one.id)[:8]}: {its.words} fra {its.valid_from}{until}. {its.source}")
        if not rows:
            print("  Ingen egen frist: der regnes med 8 uger.")


def put_in(
    area: Annotated[str, typer.Argument(metavar="OMRÅDE", help="En kode fra »list«.")],
    amount: Annotated[int, typer.Argument(metavar="ANTAL")],
    unit: Annotated[Unit, typer.Argument(metavar="ENHED", help="days, weeks eller months.")],
    source: Annotated[
        str, typer.Option("--source", metavar="TEKST", help="Hvor den er offentliggjort.")
    ],
    valid_from: Annotated[
        datetime, typer.Option("--from", metavar="DATO", formats=DAY, help="Første dag.")
    ],
    valid_to: Annotated[
        datetime | None, typer.Option("--to", metavar="DATO", formats=DAY, help="Sidste dag.")
    ] = None,
    title: Annotated[
        str, typer.Option("--title", metavar="NAVN", help="Et område, I selv giver navn.")
    ] = "",
    law: Annotated[str, typer.Option("--law", metavar="PARAGRAF", help="Fx SEL § 112.")] = "",
    config: Config = None,
) -> None:
    """Læg en frist ind. Ansøgninger, der venter, regnes om med det samme.

    Eksempel: dubu svarfrister set tabt 4 weeks --from 2027-01-01 --source www.by.dk
    """
    product = _product(config)
    found = _area(product, area, title, law)
    one = Svarfrist(
        area=found.code, title=found.title, law=found.law, amount=amount, unit=unit,
        valid_from=_day(valid_from), valid_to=valid_to and _day(valid_to), source=source,
    )  # fmt: skip
    moved = publish(one, product=product, asker=AT_THE_SERVER, now=product.clock())
    print(f"{one.title}: {one.words} fra {one.valid_from} er lagt ind.")
    print(_moved(moved))


def remove(
    row: Annotated[str, typer.Argument(metavar="NUMMER", help="Begyndelsen, som »list« viser.")],
    config: Config = None,
) -> None:
    """Tag en frist ud. Den står stadig under ændringerne på siden.

    Eksempel: dubu svarfrister remove 3f2a91c0
    """
    product = _product(config)
    moved = take_out(_row(product, row), product=product, asker=AT_THE_SERVER, now=product.clock())
    print(f"Fristen er taget ud. {_moved(moved)}")


def _moved(number: int) -> str:
    waits = counted(number, "ansøgning, der venter", "ansøgninger, der venter")
    return f"{waits}, har fået en anden frist."


def _product(config: Any) -> Product:
    product = app.build(Settings.found(config))
    app.require_own(product)
    return product


def _area(product: Product, code: str, title: str, law: str) -> Area:
    if title:
        return Area(own_code(title), title, law)
    with product.store.read() as connection:
        rows = svarfrister.standing(connection).rows
    known = areas(product.matters, rows, danish_day(product.clock()))
    return next((one for one in known if one.code == code), Area("", "", ""))


def _row(product: Product, beginning: str) -> UUID:
    with product.store.read() as connection:
        found = [
            one.id
            for one in svarfrister.history(connection)
            if one.stands and str(one.id).startswith(beginning.lower())
        ]
    if len(found) != 1:
        raise NoRow
    return found[0]


def _day(moment: datetime) -> date:
    return moment.date()


def _told(one: Kept) -> dict[str, object]:
    its = one.row
    return {
        "id": str(one.id), "area": its.area, "title": its.title, "law": its.law,
        "length": its.length, "valid_from": its.valid_from.isoformat(),
        "valid_to": its.valid_to and its.valid_to.isoformat(), "source": its.source,
        "entered_by": one.entered_by, "entered_at": one.entered_at.isoformat(),
    }  # fmt: skip

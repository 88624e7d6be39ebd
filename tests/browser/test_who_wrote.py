"""Saying who wrote fills in the duty; an address brings the button that sends the kvittering."""

from collections.abc import Callable
from typing import Any, TypeAlias

import sqlalchemy as sa
from playwright.sync_api import Page, expect

from dubu_plugin.store.tables import underretninger
from dubu_plugin.testing.ordinary_day import Day

Open: TypeAlias = Callable[..., Page]


def test_the_source_suggests_the_duty_until_a_person_says_another(
    day_at: tuple[Day, str], open_page: Open
) -> None:
    _day, address = day_at
    page = open_page(f"{address}/dubu/indgang/ny")
    duty = page.get_by_label("Underretningspligt")
    page.get_by_label("Kilde").select_option("2")
    expect(duty).to_have_value("133")
    page.get_by_label("Kilde").select_option("13")
    expect(duty).to_have_value("135")
    duty.select_option("133")
    page.get_by_label("Kilde").select_option("12")
    expect(duty).to_have_value("133")


def test_the_button_that_sends_comes_with_an_address(
    day_at: tuple[Day, str], open_page: Open
) -> None:
    day, address = day_at
    values: dict[str, Any] = {"notifier_address": None, "notifier_name": None,
                              "notifier_organisation": None}  # fmt: skip
    with day.town.product.store.write(actor="proeve", now=day.town.now) as work:
        work.connection.execute(
            sa.update(underretninger)
            .where(underretninger.c.id == day.freja_underretning)
            .values(**values)
        )
    page = open_page(f"{address}/dubu/indgang/{day.freja_underretning}")
    send = page.get_by_role("button", name="Gem og send kvittering")
    note = page.get_by_text("Kvitteringen har ingen at gå til.")
    expect(send).to_be_hidden()
    expect(note).to_be_visible()
    page.get_by_label("Hvor sender vi kvitteringen hen?").fill("nabo@demo.example")
    expect(send).to_be_visible()
    expect(note).to_be_hidden()

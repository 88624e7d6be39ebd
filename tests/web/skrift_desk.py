"""Noah's case on an ordinary day, with an undersøgelse that is written on its pages."""

import html
import re
from typing import Any
from uuid import UUID

from dubu_plugin.store.skrift.skrifter import Skrift
from dubu_plugin.testing.fake_ports import KAREN
from dubu_plugin.testing.ordinary_day import Day
from tests.usecases.skrift.desk import BFU, Desk
from tests.web.conftest import Client, client_of

SCHOOL = "dagtilbud_skole_laering"
SLEEP = "sundhedsforhold"


class Pages(Desk):
    """What a caseworker does on the pages."""

    def __init__(self, day: Day, sag: UUID | None = None) -> None:
        super().__init__(day.town, sag or day.noah_sag)
        self.day = day
        self.bfu: Skrift = self.begun(BFU)
        self.url = f"/dubu/sag/{self.sag}/skrift/{self.bfu.id}"

    def client(self, who: str = KAREN) -> Client:
        return client_of(self.day, who)

    def shown(self, place: str = "", who: str = KAREN) -> str:
        answer = self.client(who).get(f"{self.url}/{place}".rstrip("/"))
        assert answer.status_code == 200, answer.status_code
        return plain(answer.text)

    def form(self, place: str, who: str = KAREN) -> dict[str, str]:
        """Return the form of a page with what it carries, as a browser would send it."""
        text = self.shown(place, who)
        text = text[text.index('id="skrift"') :]
        fields = dict(re.findall(r'name="(s-[\w-]+)" id="[^"]*" value="([^"]*)"', text))
        areas = re.findall(r'<textarea[^>]* name="(t-[\w-]+)"[^>]*>([^<]*)</textarea>', text)
        return fields | {name: html.unescape(value) for name, value in areas}

    def save(self, place: str, who: str = KAREN, *, by_itself: bool = False, **said: str) -> Any:
        """Open a page, write in it, and save it."""
        form = self.form(place, who) | {f"t-{name}": text for name, text in said.items()}
        return self.send(place, form, who, by_itself=by_itself)

    def send(
        self, place: str, form: dict[str, str], who: str = KAREN, *, by_itself: bool = False
    ) -> Any:
        end = "/gem" if by_itself else ""
        return self.client(who).post(f"{self.url}/{place}{end}", form)


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")

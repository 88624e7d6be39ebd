"""How a page becomes HTML: the templates, and the files they ask the browser to fetch."""

import hashlib
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Final

import jinja2
from starlette.requests import Request
from starlette.responses import Response

from dubu_journal import cases, danish, documents
from dubu_journal.web import masking

MEDIA_TYPES: Final = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
PLACE: Final = "/journal-filer"
A_YEAR: Final = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Asset:
    """A file of ours that pages link to. Its address changes with its content."""

    name: str
    content: bytes

    @property
    def url(self) -> str:
        """Where the browser gets it."""
        return f"{PLACE}/{hashlib.sha256(self.content).hexdigest()[:12]}/{self.name}"


class Pages:
    """The templates of the client, and its few files."""

    def __init__(self) -> None:
        here = files("dubu_journal.web")
        self._assets = {
            file.name: Asset(file.name, file.read_bytes()) for file in (here / "static").iterdir()
        }
        self._environment = jinja2.Environment(
            loader=jinja2.PackageLoader("dubu_journal.web", "pages"),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._environment.filters.update(
            short=danish.short,
            whole=danish.whole,
            clock=danish.clock,
            stamp=danish.stamp,
            size=danish.size,
            iso=danish.iso,
            cpr=masking.cpr,
            birthday=masking.born,
            whole_cpr=masking.whole_cpr,
            address=masking.address,
            surname_first=masking.surname_first,
        )
        self._environment.globals.update(
            asset=self.url,
            STATUSES=cases.STATUSES,
            DIRECTIONS=documents.DIRECTIONS,
        )

    def draw(self, template: str, **values: Any) -> str:
        """Return a template with its values put in; what is not said to be HTML is escaped."""
        return self._environment.get_template(template).render(**values)

    def url(self, name: str) -> str:
        """Return the address of one of our files."""
        return self._assets[name].url

    def fetch(self, request: Request) -> Response:
        """Answer a browser that asks for one of our files."""
        asset = self._assets.get(request.path_params["name"])
        if asset is None:
            return Response(status_code=404)
        kind = MEDIA_TYPES[asset.name.rsplit(".", 1)[-1]]
        return Response(asset.content, media_type=kind, headers={"Cache-Control": A_YEAR})

"""Writing under way: opening and saving a dimension, and a very large undersøgelse.

It runs on a copy of the municipality, with the disk forced at every step as in use.
"""

import random
import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from dubu_plugin import app
from dubu_plugin.app import Product
from dubu_plugin.bench.desks import BFU, FIELD, PLACES, cases, means
from dubu_plugin.bench.figures import Figures, rss_mb, spread
from dubu_plugin.bench.ground import Ground
from dubu_plugin.bench.serving import Answer, Browser, Serving, serving
from dubu_plugin.domain.access import Asker
from dubu_plugin.errors import ConfigurationError
from dubu_plugin.store.skrift import skrifter, tekster
from dubu_plugin.store.skrift.tekster import Written
from dubu_plugin.usecases.skrift.begin import begin

PEOPLE: Final = 20
EACH: Final = 15
"""Dimensions each of them opens and saves."""
VERSIONS: Final = 12
PAGES: Final = 60
PAGE: Final = 2_400
"""Characters on a page."""
OPENED: Final = 30
SEED: Final = 5
STEMS: Final = (
    "barn", "skole", "fravær", "mor", "far", "søvn", "måltid", "lærer", "støtte", "hverdag",
    "tryghed", "netværk", "ro", "aftale", "fritid", "ven", "lektie", "samvær", "bekymring",
    "udvikling", "morgen", "aften", "vane", "møde", "samtale",
)  # fmt: skip
ENDINGS: Final = ("", "en", "et", "er", "erne", "s", "ens", "ets", "ernes", "løs", "fuld", "mæssig")
WORDS: Final = tuple(stem + ending for stem in STEMS for ending in ENDINGS)
"""As many different words as some pages of running text have."""
HIDDEN: Final = re.compile(r'name="(s-[\w-]+)" id="[^"]*" value="([^"]*)"')

Tick = Callable[[int], None]


def section_save(ground: Ground, tick: Tick) -> Figures:
    """Measure opening a dimension and saving it; and an undersøgelse of 60 pages and 12 versions.

    ``p95_ms`` is of the saving, ``open_`` of the opening, ``big_`` of the page of the large one,
    ``diff_`` of two of its versions against each other.
    """
    with ground.copy() as copied:
        product = app.build(copied.settings)
        now = datetime.now(UTC)
        found = list(cases(product, PEOPLE))
        begun = [(who, sag, begin(sag, BFU, **means(product, who, now)).id) for who, sag in found]
        big = _made_big(product, *begun[0], now)
        product.store.close()
        with serving(copied.demo.config) as server:
            opened, saved = _saved(server, begun, tick)
            large, compared = _read(server, begun[0][0].key, big)
            return {
                **_summed(saved),
                **_summed(opened, "open_"),
                **_summed(large, "big_"),
                **_summed(compared, "diff_"),
                "rss_mb": rss_mb(server.pid),
            }


def _made_big(product: Product, who: Asker, sag: UUID, skrift: UUID, now: datetime) -> str:
    """Fill an undersøgelse with 60 pages of text in 12 versions, and return its address."""
    pick = random.Random(SEED)
    with product.store.write(actor=who.key, now=now) as work:
        found = skrifter.by_id(work.connection, skrift)
        assert found is not None
        method = product.methods.book.method(found.method or "", found.method_version or "")
        assert method is not None
        ats = [
            (dimension.code, one.code)
            for dimension in method.dimensions
            for one in method.fields_of(dimension.code)[:6]
        ]
        texts = {at: _prose(pick, PAGES * PAGE // len(ats)) for at in ats}
        for version in range(1, VERSIONS + 1):
            if version > 1:
                newest = skrifter.by_id(work.connection, skrift)
                assert newest is not None
                skrifter.begin_version(work.connection, newest, by=who.key, now=now)
            there = tekster.read(work.connection, skrift, version)
            texts = {at: _changed(pick, text) for at, text in texts.items()}
            written = {
                at: Written(text, there[at].revision if at in there else 0)
                for at, text in texts.items()
            }
            tekster.write(work.connection, skrift, version, written, by=who.key, now=now)
    return f"/dubu/sag/{sag}/skrift/{skrift}"


def _prose(pick: random.Random, characters: int) -> str:
    sentences: list[str] = []
    while sum(map(len, sentences)) < characters:
        words = " ".join(pick.choices(WORDS, k=12))
        sentences.append(f"{words.capitalize()}.")
    return "\n\n".join(" ".join(sentences[at : at + 5]) for at in range(0, len(sentences), 5))


def _changed(pick: random.Random, text: str) -> str:
    """Return a text with a few of its words put in others' place."""
    words = text.split(" ")
    for _ in range(4):
        words[pick.randrange(len(words))] = pick.choice(WORDS)
    return " ".join(words)


def _saved(
    server: Serving, begun: Sequence[tuple[Asker, UUID, UUID]], tick: Tick
) -> tuple[list[Answer], list[Answer]]:
    opened, saved = [], []
    for who, sag, skrift in begun:
        with server.browser(who.key) as browser:
            for number in range(EACH + 1):
                place = PLACES[number % len(PLACES)]
                url = f"/dubu/sag/{sag}/skrift/{skrift}/{place}"
                page = _right(browser.get(url), url)
                done = browser.post(url, _form(page, number))
                if done.status != 303:
                    raise ConfigurationError(f"{url} svarede {done.status}.")
                if number:
                    opened.append(page)
                    saved.append(done)
                    tick(1)
    return opened, saved


def _form(page: Answer, number: int) -> dict[str, str]:
    text = _prose(random.Random(number), PAGE // 2)
    return {**dict(HIDDEN.findall(page.body)), f"t-{FIELD}": text, "til": PLACES[0]}


def _read(server: Serving, who: str, url: str) -> tuple[list[Answer], list[Answer]]:
    with server.browser(who) as browser:
        return (
            _many(browser, f"{url}/{PLACES[0]}"),
            _many(browser, f"{url}/alle-versioner?fra=1&til={VERSIONS}"),
        )


def _many(browser: Browser, url: str) -> list[Answer]:
    _right(browser.get(url), url)
    return [_right(browser.get(url), url) for _ in range(OPENED)]


def _right(answer: Answer, page: str) -> Answer:
    if answer.status != 200:
        raise ConfigurationError(f"{page} svarede {answer.status}, så der er intet at måle.")
    return answer


def _summed(answers: Sequence[Answer], prefix: str = "") -> Figures:
    return {
        **spread([answer.cost.app_ms for answer in answers], prefix),
        f"{prefix}queries_max": max(answer.cost.queries for answer in answers),
        f"{prefix}wall_p95_ms": spread([answer.wall_ms for answer in answers])["p95_ms"],
    }

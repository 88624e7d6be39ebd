"""Pages under way: how long the server takes over each, and what it asks of the databases.

Time is the server's own, from the request to the first byte of the answer (`timing`); the time the
caller waited stands beside it as ``wall``, and what the process worked as ``cpu``.
"""

import random
import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import sqlalchemy as sa

from dubu_plugin.bench.figures import Figures, rss_mb, spread
from dubu_plugin.bench.ground import Ground
from dubu_plugin.bench.serving import Answer, Browser, Serving, serving
from dubu_plugin.domain.access import Role
from dubu_plugin.errors import ConfigurationError
from dubu_plugin.store import access
from dubu_plugin.store import tables as t
from dubu_plugin.store.database import engine_for

PEOPLE: Final = 20
"""How many caseworkers take turns."""
EACH: Final = 15
"""Pages each of them opens, after one that is not measured."""
MANY: Final = 1_000
SEED: Final = 5
MIN_DAG: Final = "/dubu/min-dag"
SEARCH: Final = "/dubu/soeg"
OVERBLIK: Final = "/dubu/overblik"
TAB: Final = re.compile(r'"(/sager/\d+/fane/[\w-]+)"')

Tick = Callable[[int], None]
Walks = Mapping[str, Sequence[str]]
"""Which pages each user opens."""


SETTLED: Final = 20.0
"""Seconds a server has been up when its pages are measured: it looks through all as it starts."""


@contextmanager
def _settled(config: Path) -> Iterator[Serving]:
    """Run a server that has been up for a while."""
    with serving(config) as server:
        time.sleep(SETTLED)
        yield server


def front_page(ground: Ground, tick: Tick) -> Figures:
    """Measure the host's front page with Min dag in it, and Min dag as a page of its own."""
    users = _caseworkers(ground)
    with _settled(ground.demo.config) as server:
        inside = _opened(server, {user: ["/"] * EACH for user in users}, tick)
        alone = _opened(server, {user: [MIN_DAG] * EACH for user in users}, tick)
        return _summed(inside) | _summed(alone, "alone_") | {"rss_mb": rss_mb(server.pid)}


def case_panel(ground: Ground, tick: Tick) -> Figures:
    """Measure the panel of a case, as the host's tab and as a page of its own."""
    cases = _cases(ground, _caseworkers(ground))
    with _settled(ground.demo.config) as server:
        tab = _tab(server, cases)
        tabs = {user: [tab.format(host) for _, host in some] for user, some in cases.items()}
        panels = {user: [f"/dubu/sag/{sag}" for sag, _ in some] for user, some in cases.items()}
        inside, alone = _opened(server, tabs, tick), _opened(server, panels, tick)
        return _summed(inside) | _summed(alone, "alone_") | {"rss_mb": rss_mb(server.pid)}


def leader_page(ground: Ground, tick: Tick) -> Figures:
    """Measure Overblik for who leads one unit, and for who leads them all (``director_``)."""
    director, *leaders = _leaders(ground)
    with _settled(ground.demo.config) as server:
        team = _opened(server, {user: [OVERBLIK] * EACH for user in leaders[-PEOPLE:]}, tick)
        whole = _opened(server, {director: [OVERBLIK] * EACH * 2}, tick)
        return _summed(team) | _summed(whole, "director_") | {"rss_mb": rss_mb(server.pid)}


def search(ground: Ground, tick: Tick) -> Figures:
    """Measure searches by a name, by a CPR number and by words of a text, each till its answer.

    A search is two requests: what is searched for is sent and logged, and the hits are shown.
    """
    users = _caseworkers(ground)
    asked = _questions(ground, users)
    figures: Figures = {}
    whole: list[Answer] = []
    with _settled(ground.demo.config) as server:
        for kind in ("name", "cpr", "text"):
            some = [
                answer
                for user in users
                for answer in _searched(server, user, asked[user, kind], tick)
            ]
            figures |= _summed(some, f"{kind}_")
            whole += some
        return _summed(whole) | figures | {"rss_mb": rss_mb(server.pid)}


def memory(ground: Ground, tick: Tick) -> Figures:
    """Measure what the process holds after a thousand pages of every kind."""
    cases = _cases(ground, _caseworkers(ground))
    with serving(ground.demo.config) as server:
        before = rss_mb(server.pid)
        tab = _tab(server, cases)
        walk = {
            user: [
                page
                for _ in range(4)
                for sag, host in some
                for page in ("/", MIN_DAG, "/dubu/indgang", tab.format(host), f"/dubu/sag/{sag}")
            ][: MANY // len(cases)]
            for user, some in cases.items()
        }
        answers = _opened(server, walk, tick)
        return {
            "pages": len(answers),
            "rss_mb_before": before,
            "rss_mb": rss_mb(server.pid),
            **_summed(answers),
        }


def _opened(server: Serving, walks: Walks, tick: Tick) -> list[Answer]:
    """Open the pages, one at a time, each user's first one before anything is measured."""
    answers = []
    for user, pages in walks.items():
        with server.browser(user) as browser:
            _right(browser.get(pages[0]), pages[0])
            for page in pages:
                answers.append(_right(browser.get(page), page))
                tick(1)
    return answers


def _searched(server: Serving, user: str, texts: Sequence[str], tick: Tick) -> list[Answer]:
    answers = []
    with server.browser(user) as browser:
        for text in texts:
            answers.append(_both(browser, text))
            tick(1)
    return answers


def _both(browser: Browser, text: str) -> Answer:
    """Return what a search cost with both its requests."""
    sent = browser.post(SEARCH, {"q": text})
    if sent.status != 303 or sent.location is None:
        raise ConfigurationError(f"Søgningen svarede {sent.status}.")
    return browser.get(sent.location).after(sent)


def _right(answer: Answer, page: str) -> Answer:
    if answer.status != 200:
        raise ConfigurationError(f"{page} svarede {answer.status}, så der er intet at måle.")
    return answer


def _summed(answers: Sequence[Answer], prefix: str = "") -> Figures:
    app = [answer.cost.app_ms for answer in answers]
    worked = spread([answer.cost.cpu_ms for answer in answers])
    return {
        **spread(app, prefix),
        # Follows the work alone, also where other programs keep the machine busy.
        f"{prefix}cpu_p50_ms": worked["p50_ms"],
        f"{prefix}cpu_p95_ms": worked["p95_ms"],
        f"{prefix}per_second": round(1000 * len(app) / sum(app), 1),
        f"{prefix}queries_max": max(answer.cost.queries for answer in answers),
        f"{prefix}own_queries_max": max(answer.cost.own for answer in answers),
        f"{prefix}wall_p95_ms": spread([answer.wall_ms for answer in answers])["p95_ms"],
        f"{prefix}pages": len(app),
    }


def _caseworkers(ground: Ground) -> list[str]:
    """Return some who have cases to see, the same ones each time."""
    having = (
        sa.select(t.sager.c.responsible)
        .where(t.sager.c.phase == "active")
        .group_by(t.sager.c.responsible)
        .having(sa.func.count() >= EACH)
        .order_by(t.sager.c.responsible)
    )
    keys = [key for key in _answers(ground, having) if key]
    return random.Random(SEED).sample(keys, min(PEOPLE, len(keys)))


def _leaders(ground: Ground) -> list[str]:
    """Return who leads units, who leads the most of them first."""
    with_role = sa.select(t.employees.c.key).where(
        t.employees.c.roles.contains(Role.TEAM_LEADER.value)
    )
    engine = engine_for(ground.settings.database_url)
    with engine.connect() as connection:
        found = [access.asker(connection, key) for key in connection.scalars(with_role).all()]
    engine.dispose()
    known = [who for who in found if who is not None]
    return [who.key for who in sorted(known, key=lambda who: (-len(who.units_below), who.key))]


def _cases(ground: Ground, users: Sequence[str]) -> dict[str, list[tuple[str, str]]]:
    """Return some open cases of each user, by our key and the host's."""
    found = {}
    for user in users:
        mine = (
            sa.select(t.sager.c.id, t.sager.c.host_key)
            .where(t.sager.c.responsible == user, t.sager.c.phase == "active")
            .order_by(t.sager.c.id)
            .limit(EACH)
        )
        engine = engine_for(ground.settings.database_url)
        with engine.connect() as connection:
            found[user] = [(str(sag), host) for sag, host in connection.execute(mine)]
        engine.dispose()
    return found


def _questions(ground: Ground, users: Sequence[str]) -> dict[tuple[str, str], list[str]]:
    """Return what each user looks for: children of their own cases and of others', and words."""
    pick = random.Random(SEED)
    everybody = list(_answers(ground, sa.select(t.personer.c.name).order_by(t.personer.c.id)))
    numbers = list(_answers(ground, sa.select(t.personer.c.cpr).order_by(t.personer.c.id)))
    words = ("fravær", "madpakke", "konflikter i frikvartererne", "depression", "indbrud kiosk")
    asked = {}
    for user in users:
        asked[user, "name"] = [
            name if place % 2 else name.split()[-1]
            for place, name in enumerate(pick.sample(everybody, EACH // 3))
        ]
        asked[user, "cpr"] = pick.sample(numbers, EACH // 3)
        asked[user, "text"] = list(words)
    return asked


def _answers(ground: Ground, question: sa.Select[str]) -> list[str]:
    engine = engine_for(ground.settings.database_url)
    with engine.connect() as connection:
        found = list(connection.scalars(question))
    engine.dispose()
    return found


def _tab(server: Serving, cases: Mapping[str, Sequence[tuple[str, str]]]) -> str:
    """Return the address of our tab on a case of the host's, with a place for its key."""
    user, some = next(iter(cases.items()))
    host = some[0][1]
    with server.browser(user) as browser:
        found = TAB.search(browser.get(f"/sager/{host}").body)
    if found is None:
        raise ConfigurationError("Der er ingen fane på sagen, så der er intet at måle.")
    return found[1].replace(f"/{host}/", "/{}/")

"""What somebody tries who knows how pages are made: other keys, other paths, too much of it."""

import json
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from structlog.testing import capture_logs

from dubu_plugin.domain.access import Relation
from dubu_plugin.store import tables as t
from dubu_plugin.store.drafts import LARGEST

from . import addresses
from .browser import Browser
from .municipality import Municipality

TYPED = "Det, kun Karen har skrevet"
HUGE = 99_999_999_999_999_999_999


@pytest.fixture
def karen(town: Municipality) -> Browser:
    """A caseworker who has the case, and has begun to type."""
    town.stand("karen", Relation.MEMBER, protected=False)
    browser = town.browser("karen")
    for form in drafts_of(town):
        browser.post(f"/dubu/kladde/{form}", {"begrundelse": TYPED, "tekst": TYPED, "q": TYPED})
    return browser


def drafts_of(town: Municipality) -> tuple[str, ...]:
    """Return what Karen's drafts are called."""
    return (f"vurdering:{town.underretning['ny']}", "henvendelse:ny", "soegning")


def kept(town: Municipality, user: str) -> dict[str, Any]:
    """Return somebody's drafts."""
    return {row.form: json.loads(row.fields) for row in town.rows(t.drafts, employee=user)}


def test_a_draft_is_shown_to_nobody_but_who_typed_it(town: Municipality, karen: Browser) -> None:
    new = town.underretning["ny"]
    pages = (f"/dubu/indgang/{new}", "/dubu/indgang/ny", "/dubu/soeg?resultat=1")
    assert [path for path in pages if TYPED in karen.get(path).text] == list(pages)
    with town.product.store.write(actor="system", now=town.now) as work:
        work.connection.execute(sa.update(t.underretninger).values(unit="mellem"))
    for user in ("henrik", "reva"):
        assert [path for path in pages if TYPED in town.browser(user).get(path).text] == []


def test_a_draft_is_changed_and_thrown_away_by_nobody_else(
    town: Municipality, karen: Browser
) -> None:
    before = kept(town, "karen")
    assert set(before) == set(drafts_of(town))
    other = town.browser("henrik")
    for form in drafts_of(town):
        other.post(f"/dubu/kladde/{form}", {"begrundelse": "Noget andet", "employee": "karen"})
        other.post(f"/dubu/kladde/{form}/slet", {"employee": "karen"})
    assert kept(town, "karen") == before
    assert kept(town, "henrik") == {}


@pytest.mark.parametrize(
    "form",
    ["../x", "..%2fx", "a b", "Vurdering:1", "vurdering:" + "1" * 60, "%00", "vurdering%3A%2F"],
)
def test_a_draft_has_no_name_of_its_own_making(
    town: Municipality, karen: Browser, form: str
) -> None:
    before = kept(town, "karen")
    assert karen.post(f"/dubu/kladde/{form}", {"tekst": "x"}).status_code in (404, 405)
    assert kept(town, "karen") == before


def test_what_hangs_on_one_thing_is_not_reached_through_another(
    town: Municipality, karen: Browser
) -> None:
    new, assessed = town.underretning["ny"], town.underretning["vurderet"]
    tried = [
        karen.post(f"/dubu/indgang/{assessed}/venter/{town.stuck['ny']}"),
        karen.post(f"/dubu/indgang/{new}/venter/{town.stuck['sag']}"),
        karen.post(f"/dubu/sag/{town.sag}/venter/{town.stuck['ny']}"),
        karen.post(f"/dubu/indgang/{new}/brev/{town.letter}/sendt"),
        karen.get(f"/dubu/indgang/{new}/fil/7"),
        karen.get(f"/dubu/indgang/{new}/fil/-1"),
        karen.get(f"/dubu/indgang/{town.sag}"),
        karen.get(f"/dubu/sag/{new}"),
        karen.get(f"/dubu/indgang/post/{new}"),
        karen.post(f"/sager/{town.case}/erindringer", {"udfoert": str(HUGE)}),
        karen.post(f"/sager/{town.case}/erindringer", {"udfoert": "987654"}),
    ]
    assert [answer.status_code for answer in tried[:9]] == [404] * 9
    assert all(answer.status_code in (404, 422) for answer in tried[9:])


def test_who_may_not_see_a_line_cannot_give_it_away(town: Municipality) -> None:
    town.stand("karen", Relation.NONE, protected=False)
    new = town.underretning["ny"]
    before = town.rows(t.underretninger, id=new)
    answers = [
        town.browser("karen").post("/dubu/indgang/valgte", {"valgt": str(key), "til": "mig"})
        for key in (new, uuid4())
    ]
    texts = [answer.text.replace(str(new), "") for answer in answers]
    assert "Du har nu 0 linjer mere" in texts[0]
    assert len(texts[0]) == len(texts[1]) - 36, "not theirs and not there look alike"
    assert town.rows(t.underretninger, id=new) == before


@pytest.mark.parametrize(
    "path",
    [
        "../door.py", "%2e%2e/door.py", "..%2fdoor.py", "....//door.py", "pages/../../door.py",
        "/etc/passwd", "%2fetc%2fpasswd", "..%5cdoor.py", "%00", "panel.css%00.html", ".",
        "%2e%2e%2f%2e%2e%2fsettings.py", "~root", "fonts/../../../door.py",
    ],
)  # fmt: skip
def test_no_path_leads_out_of_the_static_files(karen: Browser, path: str) -> None:
    for place in ("/dubu/static/", "/journal-filer/x/", "/dubu/static/x/../", "/journal-filer/"):
        answer = karen.get(place + path)
        assert answer.status_code == 404
        assert "import" not in answer.text
        assert "root:" not in answer.text


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80@journal.test", "", "a b"])
def test_no_answer_repeats_the_name_it_was_asked_by(
    town: Municipality, karen: Browser, host: str
) -> None:
    for browser in (karen, town.browser(None)):
        for path in (
            "/", "/sager", "/sager/", "/dubu", "/dubu/", "/dubu/min-dag/", "/dubu/indgang/",
            "/dubu/static", f"/dubu/vaert/{town.case}", f"/dubu/sag/{town.sag}/", "/nix",
        ):  # fmt: skip
            answer = browser.get(path, headers={"Host": host})
            assert "evil" not in answer.text
            assert "evil" not in str(answer.headers)
            assert not answer.headers.get("location", "/").startswith(("http", "//"))


def forms(town: Municipality) -> Iterator[str]:
    """Yield every address a form is sent to, filled with something that is there."""
    for address in addresses.every(town.app):
        if address.method == "POST" and address.path != "/log-ud":
            yield address.filled(addresses.things(town, address)[-1].values)


LARGE = {f"felt{number}": "x" for number in range(5_000)}
BODIES: tuple[tuple[str, bytes], ...] = (
    ("multipart/form-data; boundary=x", b"not a form"),
    ("multipart/form-data", b"no boundary"),
    ("application/x-www-form-urlencoded", b"q=%ff%fe&soeg=%00&titel=%ed%a0%80&fjern=" + b"9" * 40),
    ("application/json", b'{"q": "x"}'),
    ("text/plain; charset=nothing", b"q=x"),
)


def test_a_form_with_too_many_fields_is_not_read(town: Municipality, karen: Browser) -> None:
    for path in forms(town):
        if path.endswith(
            ("/vis-cpr", "/kalender/luk", "/kalender/ny", "/ryk", "/hent", "/smid")
        ):  # a button alone: no field is read
            continue
        answer = karen.post(path, LARGE)
        assert answer.status_code < 500, path
        assert answer.status_code not in (200, 303), path
        assert answer.headers["content-type"].startswith("text/html"), path


def test_a_form_that_is_none_breaks_nothing(town: Municipality, karen: Browser) -> None:
    broken = []
    with capture_logs() as logged:
        for path in forms(town):
            for media_type, body in BODIES:
                given = {"Content-Type": media_type}
                answer = karen.ask("POST", path, content=body, headers=given)
                if answer.status_code >= 500:
                    broken.append(f"{path} {media_type} answers {answer.status_code}")
    assert not broken
    assert [line for line in logged if line["event"] == "page_failed"] == []


@pytest.mark.parametrize("length", ["99999999999999", "1" * 30])
def test_a_form_too_large_is_told_so_before_it_is_sent(
    town: Municipality, karen: Browser, length: str
) -> None:
    given = {"Content-Type": "application/x-www-form-urlencoded", "Content-Length": length}
    with capture_logs() as logged:
        for path in forms(town):
            answer = karen.ask("POST", path, content=b"", headers=given)
            assert (answer.status_code, "for stort" in answer.text) == (413, True), path
    assert logged == []


def test_a_field_too_large_is_told_in_danish(town: Municipality, karen: Browser) -> None:
    new = town.underretning["ny"]
    before = kept(town, "karen")
    for path in (f"/dubu/kladde/vurdering:{new}", f"/dubu/indgang/{new}", "/dubu/indgang/ny"):
        for size in (LARGEST + 1, 6 * 1024 * 1024):
            answer = karen.post(path, {"begrundelse": "x" * size, "tekst": "x" * size})
            assert 400 <= answer.status_code < 500, path
            assert "lang" in answer.text or "kunne ikke læses" in answer.text, path
    assert kept(town, "karen") == before


def test_no_number_in_an_address_breaks_a_page(town: Municipality, karen: Browser) -> None:
    huge = str(HUGE)
    paths = [
        f"/sager/{huge}", f"/dokumenter/{huge}", f"/filer/{huge}", f"/post/{huge}",
        f"/adressebog/{huge}", f"/sager?efter={huge}_{huge}",
        f"/sager/{town.case}/journal?foer={huge}",
        f"/post?foer={huge}", "/kalender?uge=9999-12-31", "/kalender?uge=0001-01-01",
        f"/dubu/indgang?side={huge}", "/dubu/indgang?side=-5", "/dubu/indgang?side=x",
        f"/dubu/sag/{town.sag}?side={huge}", f"/dubu/min-dag?side={huge}", f"/dubu/vaert/{huge}",
        f"/dubu/indgang/{town.underretning['ny']}/fil/{huge}", "/dubu/indgang/post/x",
        f"/dubu/indgang/{town.underretning['ny']}/familie?barn={huge}", "/dubu/sag/%ff%fe",
    ]  # fmt: skip
    with capture_logs() as logged:
        statuses = {path: karen.get(path).status_code for path in paths}
    assert {path: status for path, status in statuses.items() if status not in (200, 404)} == {}
    assert [line for line in logged if line["event"] == "page_failed"] == []


def test_what_is_kept_lies_under_no_name_of_a_senders(town: Municipality) -> None:
    from dubu_plugin.testing import made_post

    raw = made_post.eml(
        "Barnet kom ikke.", message_id="<sti@skole.example>",
        attachments=[("../../../../udenfor.txt", "text/plain", b"x")],
    )  # fmt: skip
    town.receive("sti", raw, "../../udenfor.eml", sender="Børnehuset")
    names = {path.name for path in town.folder.parent.rglob("*") if path.is_file()}
    for name in ("sti",):
        town.host_post.pop(name)
        town.post.pop(name)
        town.underretning.pop(name)
    assert not any("udenfor" in name for name in names)

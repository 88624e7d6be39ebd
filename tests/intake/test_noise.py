"""Letters broken in three hundred ways: each is kept as it came, and none stops the reception."""

import random
from collections.abc import Callable, Iterator
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Final

import pytest

from dubu_plugin.domain.intake import PostState, Status
from dubu_plugin.store.tables import post_items, underretninger
from dubu_plugin.testing import made_post
from dubu_plugin.testing.reception import Reception, build_reception

SEED: Final = 20260302
HOW_MANY: Final = 300

Harm = Callable[[random.Random, bytes], bytes]


def flipped(luck: random.Random, content: bytes) -> bytes:
    """Some bytes are others."""
    harmed = bytearray(content)
    for _ in range(luck.randint(1, 40)):
        harmed[luck.randrange(len(harmed))] = luck.randrange(256)
    return bytes(harmed)


def cut_off(luck: random.Random, content: bytes) -> bytes:
    """The end never came."""
    return content[: luck.randint(1, len(content) - 1)]


def torn(luck: random.Random, content: bytes) -> bytes:
    """A piece is gone from the middle."""
    start = luck.randrange(len(content))
    return (content[:start] + content[start + luck.randint(1, 400) :]) or b"x"


def mixed(luck: random.Random, content: bytes) -> bytes:
    """Noise has got in between."""
    start = luck.randrange(len(content))
    return content[:start] + luck.randbytes(luck.randint(1, 3000)) + content[start:]


def doubled(luck: random.Random, content: bytes) -> bytes:
    """A piece came again and again."""
    start = luck.randrange(len(content))
    piece = content[start : start + luck.randint(1, 200)]
    return content[:start] + piece * luck.randint(2, 50) + content[start:]


def drowned(luck: random.Random, content: bytes) -> bytes:
    """Nothing is left but noise."""
    return luck.randbytes(len(content))


HARMS: Final[tuple[Harm, ...]] = (flipped, cut_off, torn, mixed, doubled, drowned)


def letters() -> list[tuple[str, bytes]]:
    """Whole letters of every kind, with names."""
    text = "Vi underretter om Alma Testvad, CPR 031216-4990. Hun bor Prøvegade 7. Stort fravær."
    demo = files("dubu_plugin.demo") / "post"
    mails = [file.read_bytes() for file in sorted(demo.iterdir(), key=lambda one: one.name)]
    return [
        *(("mail.eml", mail) for mail in mails),
        ("mail.eml", made_post.forwarded(made_post.eml(text, html=f"<p>{text}</p>"))),
        ("brev.docx", made_post.word(text, table=[("Barnets navn", "Alma Testvad")])),
        ("brev.pdf", made_post.pdf(text, "Hun er træt")),
        ("laast.pdf", made_post.locked_pdf(text)),
        ("note.txt", text.encode("cp1252")),
        ("note.txt", text.encode("utf-16")),
    ]


@pytest.fixture
def reception(tmp_path: Path) -> Iterator[Reception]:
    built = build_reception(tmp_path)
    yield built
    built.product.store.close()


def test_nothing_that_is_broken_is_lost_or_stops_the_reception(reception: Reception) -> None:
    luck = random.Random(SEED)
    whole = letters()
    for number in range(HOW_MANY):
        name, content = whole[number % len(whole)]
        harm = HARMS[luck.randrange(len(HARMS))]
        harmed = harm(luck, content)
        said = f"number {number}: {name}, {harm.__name__}"
        receipt = reception.receive(harmed, name)
        assert receipt.status is not Status.REFUSED, said
        assert receipt.message.endswith("."), said
        with reception.product.blobs.open(sha256(harmed).hexdigest()) as kept:
            assert kept.read() == harmed, said
    reception.deliver()
    posts = reception.rows(post_items)
    registered = {row.id for row in reception.rows(underretninger)}
    for post in posts:
        on_a_line = post.state == PostState.WAITS and post.needs
        assert on_a_line or post.underretning_id in registered or post.state == PostState.OTHER
    assert len(posts) > HOW_MANY // 2


def test_pure_noise_is_a_line_for_a_person_whatever_it_is_called(reception: Reception) -> None:
    luck = random.Random(SEED)
    for name in ("mail.eml", "brev.docx", "brev.pdf", "note.txt"):
        receipt = reception.receive(luck.randbytes(20_000), name)
        assert receipt.status is Status.NEEDS_HUMAN, name
        assert "En fil kan ikke åbnes." in receipt.message, name


def test_the_letters_are_good_before_they_are_broken(reception: Reception) -> None:
    for name, content in letters():
        status = reception.receive(content, name).status
        assert status in (Status.REGISTERED, Status.NEEDS_HUMAN), name
        assert status is Status.REGISTERED or name in ("mail.eml", "laast.pdf"), name

"""The mails of the three cases, as their senders wrote them and as the demo moves them in time."""

import email
import email.policy
import io
import re
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from importlib.resources import files

import docx
import pypdf
import pytest

from dubu_plugin.demo.municipality import Arrival, proevestrup
from dubu_plugin.demo.post import deliveries, redated

NOW = datetime(2026, 11, 3, 12, 30, tzinfo=UTC)

ALMA = """Prøvestrup Skole underretter om Alma Testvad, 3. b. Alma har siden november haft et \
stigende fravær, i februar 21 pct., heraf 18 pct. ulovligt. Hun kommer ofte 20–40 minutter for \
sent, er træt og har flere gange ikke haft madpakke. Hun har fortalt klasselæreren, at hun \
"passer på Viggo og mor". Der er begyndende konflikter i frikvartererne, og Alma trækker sig fra \
sin bedste veninde. Vi har holdt to møder med mor, som græder og fortæller, at hun er deprimeret \
og alene. Far møder sjældent op. Vi har aftalt morgenkald og frugt på skolen, men det har ikke \
vendt udviklingen. Vi er ikke bekendt med vold. Mor er orienteret om underretningen i dag."""

FREJA = """Freja, 23 år, er gravid i uge 16 med første barn. Hun fortæller, at hun selv var \
anbragt som barn, at hun røg hash dagligt indtil for seks uger siden, og at hun bor skiftevis \
hos en veninde og sin mor. Hun har ADHD og er stoppet med medicinen. Samarbejder fint. Kæresten \
Oliver er med til nogle undersøgelser, men bor ustabilt. Vi er bekymrede for tiden efter \
fødslen. Freja er orienteret og ønsker hjælp."""

EMIL = """Emil har autisme og epilepsi. Jeg er nødt til at gå ned i tid for at hente ham hver dag \
kl. 12, fordi han ikke kan være i SFO, og vi er vågne med ham flere gange om natten."""


def mail(name: str) -> EmailMessage:
    return read(files("dubu_plugin.demo").joinpath("post", f"{name}.eml").read_bytes())


def read(raw: bytes) -> EmailMessage:
    return email.message_from_bytes(raw, _class=EmailMessage, policy=email.policy.default)


def plain(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def attachment(message: EmailMessage) -> bytes:
    content = next(message.iter_attachments()).get_content()
    assert isinstance(content, bytes)
    return content


def folded(text: str) -> str:
    return " ".join(text.split())


def test_the_school_wrote_about_alma_in_a_word_file() -> None:
    message = mail("alma-skole")
    document = docx.Document(io.BytesIO(attachment(message)))
    assert ALMA in [paragraph.text for paragraph in document.paragraphs]
    assert message["Date"].datetime.isoformat() == "2026-03-02T09:14:00+01:00"


def test_the_midwife_wrote_about_freja_in_a_pdf() -> None:
    message = mail("freja-jordemoder")
    pages = pypdf.PdfReader(io.BytesIO(attachment(message))).pages
    assert FREJA in folded(" ".join(page.extract_text() for page in pages))
    assert "termin: 28-09-2026" in plain(message)
    assert message["Date"].datetime.date().isoformat() == "2026-04-13"


def test_emils_mother_wrote_in_the_mail_itself() -> None:
    message = mail("emil-ansoegning")
    assert EMIL in folded(plain(message))
    assert "tabt arbejdsfortjeneste 15 timer om ugen" in folded(plain(message))
    assert message.get_body(("html",)) is not None
    assert message["Date"].datetime.date().isoformat() == "2026-05-04"


@pytest.mark.parametrize("arrival", proevestrup().post, ids=lambda arrival: arrival.file)
def test_a_mail_is_complete_and_from_nobody_real(arrival: Arrival) -> None:
    message = mail(arrival.file.removesuffix(".eml"))
    for header in ("Message-ID", "Date", "Received", "From", "To", "Subject"):
        assert message[header]
    for address in (*message["From"].addresses, *message["To"].addresses):
        assert address.domain.endswith(".example")
    assert not re.search(r"\d{6}-?\d{4}", message["Subject"])


def test_every_mail_has_a_number_of_its_own() -> None:
    numbers = [read(item.raw)["Message-ID"] for item in deliveries(proevestrup().post, NOW)]
    assert len(set(numbers)) == len(numbers)


def test_mails_come_in_their_order_with_their_clocks_running() -> None:
    came = list(deliveries(proevestrup().post, NOW))
    assert [item.received_at for item in came] == sorted(item.received_at for item in came)
    for item in came:
        assert NOW - timedelta(hours=30) < item.received_at < NOW
        assert read(item.raw)["Date"].datetime == item.received_at


def test_a_moved_mail_says_the_same() -> None:
    raw = files("dubu_plugin.demo").joinpath("post", "alma-skole.eml").read_bytes()
    moved = redated(raw, NOW)
    assert attachment(read(moved)) == attachment(read(raw))
    assert plain(read(moved)) == plain(read(raw))
    assert read(moved)["Message-ID"] == read(raw)["Message-ID"]


def test_a_due_date_follows_the_mail() -> None:
    """Week 16 plus 24 weeks is the due date, whenever the midwife writes."""
    raw = files("dubu_plugin.demo").joinpath("post", "freja-jordemoder.eml").read_bytes()
    due = f"{NOW + timedelta(weeks=24):%d-%m-%Y}"
    assert f"termin: {due}" in plain(read(redated(raw, NOW)))


def test_a_mail_inside_a_mail_moves_along() -> None:
    raw = files("dubu_plugin.demo").joinpath("post", "malthe-anden-kommune.eml").read_bytes()
    (inner,) = read(redated(raw, NOW)).iter_attachments()
    sent = inner.get_content()["Date"].datetime
    assert NOW - sent == timedelta(days=1, hours=18, minutes=5)

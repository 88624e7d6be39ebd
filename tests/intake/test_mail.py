"""Mails as people and old systems send them: the text and the files come out, nothing raises."""

import tracemalloc
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as some

from dubu_plugin.domain.intake import FileState, NotTaken, Remark
from dubu_plugin.domain.sought import sought_in
from dubu_plugin.domain.suggestions import suggested
from dubu_plugin.intake.content import Content, Limits
from dubu_plugin.intake.read import read
from dubu_plugin.testing import made_post


def mail(content: bytes, limits: Limits | None = None) -> Content:
    return read(content, "mail.eml", limits)


def test_a_plain_mail_says_who_what_and_when() -> None:
    found = mail(made_post.eml("Alma er træt.\n\nHun kommer for sent."))
    assert found.text == "Alma er træt.\n\nHun kommer for sent."
    assert found.sender == "Prøvestrup Skole <skole@proevestrup-skole.example>"
    assert found.subject == "Underretning"
    assert found.message_id == "1@proevestrup-skole.example"
    assert found.received_at == datetime(2026, 3, 2, 8, 14, tzinfo=UTC)
    assert found.remarks == ()


def test_the_topmost_received_line_outranks_the_date() -> None:
    content = made_post.eml(received="Mon, 02 Mar 2026 10:00:00 +0100")
    assert mail(content).received_at == datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("date", "moment"),
    [
        ("Mon, 02 Mar 2026 09:14:00", datetime(2026, 3, 2, 8, 14, tzinfo=UTC)),
        ("Mon, 02 Mar 2026 09:14:00 -0000", datetime(2026, 3, 2, 9, 14, tzinfo=UTC)),
        ("i går", None),
        ("Thu, 01 Jan 1970 00:00:00 +0000", None),
        ("Mon, 02 Mar 99999 09:14:00 +0100", None),
    ],
)
def test_a_date_without_a_zone_is_danish_and_a_date_nobody_can_read_is_none(
    date: str, moment: datetime | None
) -> None:
    raw = made_post.eml(date=None).replace(b"Subject:", f"Date: {date}\nSubject:".encode(), 1)
    assert mail(raw).received_at == moment


def test_a_mail_in_html_only_is_readable_text() -> None:
    html = (
        "<html><head><title>x</title><style>p {color: red}</style></head><body><p>Kære kommune</p>"
        "<p>Alma<br>er&nbsp;tr&aelig;t</p><ul><li>fravær</li><li>mad</li></ul>"
        "<table><tr><td>CPR</td><td>031216-4990</td></tr></table>"
        "<script>alert(1)</script></body></html>"
    )
    text = mail(made_post.eml(None, html=html)).text
    assert "Kære kommune" in text
    assert "Alma\ner træt" in text
    assert "- fravær\n- mad" in text
    assert "CPR\t031216-4990" in text
    assert "alert" not in text
    assert "color" not in text


def test_a_stub_beside_html_does_not_hide_what_the_html_says() -> None:
    html = "<p>" + "Alma har været væk fra skole i tre uger. " * 5 + "</p>"
    assert "tre uger" in mail(made_post.eml("Se i HTML.", html=html)).text


def test_a_plain_version_that_says_it_all_is_taken_as_it_is() -> None:
    text = "Alma har været væk i tre uger, og vi har talt med mor to gange."
    assert mail(made_post.eml(text, html=f"<p><b>{text}</b></p>")).text == text


@pytest.mark.parametrize(
    ("claimed", "encoding"),
    [
        ("us-ascii", "utf-8"),
        ("iso-8859-1", "utf-8"),
        ("utf-8", "cp1252"),
        ("us-ascii", "iso-8859-1"),
        ("x-nobody-knows", "utf-8"),
        ("windows-1252", "cp1252"),
        ("utf-16", "utf-16"),
        ("", "cp1252"),
    ],
)
def test_a_wrong_charset_still_gives_danish_letters(claimed: str, encoding: str) -> None:
    head = f"From: a@b.example\nContent-Type: text/plain; charset={claimed}\n"
    body = "Æblet på søen, blå børn".encode(encoding)
    raw = head.encode() + b"Content-Transfer-Encoding: 8bit\n\n" + body
    assert mail(raw).text == "Æblet på søen, blå børn"


def test_a_mail_without_text_asks_for_a_person() -> None:
    assert mail(made_post.eml("")).remarks == (Remark.NO_TEXT,)


def test_a_mail_inside_a_mail_is_read_with_its_files() -> None:
    inner = made_post.eml(
        "Barnets navn: Alma Testvad",
        subject="Underretning om Alma",
        attachments=[("notat.txt", "text/plain", "Set i går".encode())],
    )
    found = mail(made_post.forwarded(inner))
    assert "Videresendt mail" in found.text
    assert "Barnets navn: Alma Testvad" in found.text
    assert "Set i går" in found.text
    assert [file.name for file in found.files] == ["notat.txt"]


def test_mails_inside_mails_end_somewhere() -> None:
    content = made_post.eml("Inderst")
    for _ in range(12):
        content = made_post.forwarded(content)
    found = mail(content)
    assert found.text.count("Videresendt mail") == Limits().deepest_mail
    assert len(found.files) == 1


def test_winmail_is_kept_and_a_person_is_told() -> None:
    found = mail(
        made_post.eml("", attachments=[("winmail.dat", "application/ms-tnef", b"\x78\x9f\x3e\x22")])
    )
    assert Remark.WINMAIL in found.remarks
    assert found.files[0].state is FileState.NO_TEXT


def test_many_attachments_are_all_taken_up_to_a_bound() -> None:
    many = [(f"{n}.txt", "text/plain", b"x") for n in range(30)]
    assert len(mail(made_post.eml(attachments=many)).files) == 30
    found = mail(made_post.eml(attachments=many), Limits(most_files=10))
    assert len(found.files) == 10
    assert Remark.TOO_MANY in found.remarks


def test_a_picture_in_the_signature_asks_nobody_for_anything() -> None:
    raw = made_post.eml(
        html='<p>Vi underretter om Alma Testvad.</p><img src="cid:logo">',
        attachments=[("image001.png", "image/png", b"\x89PNG....")],
    )
    found = mail(raw)
    assert found.remarks == ()
    assert [file.name for file in found.files] == ["image001.png"]


def test_an_attachment_over_the_limit_is_measured_and_the_rest_is_kept() -> None:
    large = b"\x00" * 60_000
    content = made_post.eml(
        attachments=[
            ("film.mp4", "video/mp4", large),
            ("brev.txt", "text/plain", "Alma er væk".encode()),
        ]
    )
    found = mail(content, Limits(largest_attachment=50_000))
    assert [(file.name, file.state) for file in found.files] == [
        ("film.mp4", FileState.TOO_LARGE),
        ("brev.txt", FileState.READ),
    ]
    assert found.files[0].content is None
    assert abs(found.files[0].size - len(large)) < len(large) // 50
    assert "Alma er væk" in found.text
    assert found.remarks == (Remark.TOO_LARGE,)


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd.txt",
        "..\\..\\windows\\system32\\notat.txt",
        "/etc/cron.d/notat.txt",
        "C:\\Users\\x\\notat.txt",
        "notat\u202etxt.exe.txt",
        "nota\x00t\r\n.txt",
        "....//notat.txt",
        "a" * 400 + ".txt",
    ],
)
def test_a_path_in_a_file_name_is_only_a_name(name: str) -> None:
    found = mail(made_post.eml(attachments=[("navn.txt", "text/plain", b"x")]))
    from dubu_plugin.intake.text import safe_name

    safe = safe_name(name)
    assert safe.endswith("txt")
    assert not set(safe) & set("/\\:\x00\r\n\u202e")
    assert len(safe) <= 120
    assert found.files[0].name == "navn.txt"


@pytest.mark.parametrize("name", ["", "..", "/", "\x00", "   "])
def test_a_name_that_is_nothing_becomes_a_name(name: str) -> None:
    from dubu_plugin.intake.text import safe_name

    assert safe_name(name) == "fil"


def test_a_program_with_a_letters_name_is_found_out() -> None:
    found = mail(made_post.eml(attachments=[("brev.pdf", "application/pdf", made_post.PROGRAM)]))
    assert found.files[0].state is FileState.DANGEROUS
    assert found.files[0].content == made_post.PROGRAM
    assert Remark.DANGEROUS in found.remarks


def test_an_automatic_reply_says_so() -> None:
    found = mail(made_post.eml("Jeg holder ferie", headers={"Auto-Submitted": "auto-replied"}))
    assert found.remarks == (Remark.AUTOMATIC,)


def test_a_form_that_sends_by_itself_is_no_automatic_reply() -> None:
    found = mail(made_post.eml("Ny underretning", headers={"Auto-Submitted": "auto-generated"}))
    assert found.remarks == ()


@pytest.mark.parametrize(
    "raw",
    [
        b"From: =?utf-8?q?=FF=FE?= <a@b>\nSubject: =?x?y?z\n\nhej",
        b"From: ,,,<<>>\nSubject: \xe6\xf8\xe5 raw\n\nhej",
        b"From: a@b\nContent-Type: multipart/mixed\n\nhej",
        b"From: a@b\nContent-Type: multipart/mixed; boundary=\n\n--\nhej",
        b'From: a@b\nContent-Type: text/plain; charset="\x00"\n\nhej',
        b"From: a@b\nContent-Transfer-Encoding: base64\n\n!!!!",
        b"From: a@b\nContent-Type: message/rfc822\n\n",
        b"From: a@b\nDate: \nReceived: ;\nMessage-ID: \n\nhej",
        b"\xef\xbb\xbf\r\n\r\nFrom: a@b\r\n\r\nhej",
        b"From: " + b"a" * 100_000 + b"\n\nhej",
        b"Subject: x\n" * 5_000 + b"\nhej",
    ],
)
def test_a_broken_mail_is_read_as_far_as_it_goes(raw: bytes) -> None:
    mail(raw)


@given(some.binary(max_size=400))
def test_no_bytes_at_all_make_the_reading_of_a_mail_fail(raw: bytes) -> None:
    try:
        found = read(b"From: a@b\n" + raw, "x.eml")
    except NotTaken:
        return
    assert "\x00" not in found.text


def test_text_that_would_hide_or_reorder_is_taken_out() -> None:
    found = mail(made_post.eml("Al\u200bma \u202eer\u202c tr\u00adæt 👩\u200d👧 \ufeff"))
    assert found.text == "Alma er træt 👩\u200d👧"


def test_a_mail_of_sixty_megabytes_is_read_without_unpacking_it() -> None:
    large = bytes(range(256)) * 4 * 1024 * 60
    content = made_post.eml(
        "Alma er væk",
        attachments=[("film.mp4", "video/mp4", large), ("brev.txt", "text/plain", b"Se film")],
    )
    tracemalloc.start()
    found = mail(content)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [(file.name, file.state) for file in found.files] == [
        ("film.mp4", FileState.TOO_LARGE),
        ("brev.txt", FileState.READ),
    ]
    assert abs(found.files[0].size - len(large)) < 1024 * 1024
    assert "Alma er væk" in found.text
    assert peak < 3 * len(content), "the attachment was unpacked, or parsed line by line"


HOSTILE = {
    "deep html": lambda: made_post.eml(None, html="<div>" * 100_000 + "hej" + "</div>" * 100_000),
    "many attributes": lambda: made_post.eml(
        None, html="<p " + " ".join(f"a{n}=1" for n in range(100_000)) + ">hej"
    ),
    "many parts": lambda: (
        b"From: a@b\nContent-Type: multipart/mixed; boundary=x\n\n"
        + b"--x\n\nhej\n" * 200_000
        + b"--x--"
    ),
    "deep parts": lambda: (
        b"From: a@b\n"
        + b"".join(
            b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3000)
        )
        + b"\nhej"
    ),
    "many encoded words": lambda: (
        b"From: a@b\nSubject: " + b"=?utf-8?q?a?= " * 100_000 + b"\n\nhej"
    ),
    "one long word": lambda: made_post.eml("A" * 3_000_000),
    "blanks": lambda: made_post.eml("hej" + " " * 3_000_000 + "hej"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_mail_made_to_be_slow_is_read_in_time(what: str) -> None:
    found = mail(HOSTILE[what]())
    sought_in(found.text)
    suggested(found.text, subject=found.subject, on=date(2026, 3, 2))
    assert found.text, "and in seconds: each of these took minutes before it was bounded"

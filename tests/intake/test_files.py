"""Word, PDF and the rest: what they say comes out, and what would harm stays where it is."""

import io
import random
import zipfile

import pytest

from dubu_plugin.domain.intake import REMARKS, FileState, NotTaken, Remark
from dubu_plugin.intake import reader, sandbox, word
from dubu_plugin.intake.content import Content, Limits
from dubu_plugin.intake.kinds import Kind, kind_of
from dubu_plugin.intake.read import read
from dubu_plugin.testing import made_post


def only(found: Content) -> FileState:
    assert len(found.files) == 1
    return found.files[0].state


def test_a_word_file_is_read_in_order_with_its_tables() -> None:
    content = made_post.word("Alma har stort fravær.", table=[("Barnets navn", "Alma Testvad")])
    found = read(content, "Underretning.docx")
    assert found.text == "Barnets navn\tAlma Testvad\nAlma har stort fravær."
    assert only(found) is FileState.READ
    assert found.files[0].content is None, "the item itself is kept once, as the original"


def test_a_pdf_file_is_read() -> None:
    found = read(made_post.pdf("Underretning om Alma", "Hun er træt"), "x.pdf")
    assert found.text == "Underretning om Alma\nHun er træt"
    assert only(found) is FileState.READ


def test_what_a_file_is_outranks_what_it_is_called() -> None:
    assert read(made_post.pdf("Alma"), "brev.docx").kind is Kind.PDF
    assert read(made_post.word("Alma"), "brev.pdf").kind is Kind.WORD


def test_a_pdf_with_a_password_asks_for_a_person() -> None:
    found = read(made_post.locked_pdf("hemmeligt"), "x.pdf")
    assert only(found) is FileState.ENCRYPTED
    assert found.remarks == (Remark.ENCRYPTED,)


def encrypted(scheme: bytes, check: int) -> bytes:
    """A PDF file under a password that needs more than is installed to be tried at all."""
    keys = b" ".join(b"/%s <%s>" % (key, b"5a" * check) for key in (b"O", b"U"))
    more = b"".join(b" /%s <%s>" % (key, b"5a" * 32) for key in (b"OE", b"UE"))
    filters = b"/CF << /StdCF << /AuthEvent /DocOpen %s >> >> /StmF /StdCF /StrF /StdCF" % scheme
    lock = b"<< /Filter /Standard /P -3904 %s %s%s /Perms <%s> %s >>" % (
        filters, keys, more, b"5a" * 16,
        b"/V 5 /R 6 /Length 256" if check == 48 else b"/V 4 /R 4 /Length 128",
    )  # fmt: skip
    name = b"/ID [<%s> <%s>]" % (b"0a" * 16, b"0a" * 16)
    return made_post.pdf("Alma").replace(
        b"trailer << ", b"trailer << %s /Encrypt %s " % (name, lock)
    )


@pytest.mark.parametrize(
    "content",
    [
        encrypted(b"/CFM /AESV3 /Length 32", 48),
        encrypted(b"/CFM /AESV2 /Length 16", 32),
        made_post.locked_pdf("hemmeligt"),
    ],
    ids=["AES-256", "AES-128", "RC4"],
)
def test_a_pdf_is_said_to_be_locked_whichever_lock_it_has(content: bytes) -> None:
    found = read(content, "x.pdf")
    assert only(found) is FileState.ENCRYPTED
    assert "En fil er låst med adgangskode." in REMARKS[found.remarks[0]].danish


def test_a_pdf_that_only_may_not_be_changed_is_read() -> None:
    assert read(made_post.locked_pdf("Alma er væk", owner_only=True), "x.pdf").text == "Alma er væk"


def test_a_scan_asks_for_a_person() -> None:
    found = read(made_post.pdf(), "scan.pdf")
    assert only(found) is FileState.NO_TEXT
    assert found.remarks == (Remark.PICTURE,)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"%PDF-1.7\nnothing more", "x.pdf"),
        (made_post.pdf("Alma")[:-200], "x.pdf"),
        (b"this is no Word file", "x.docx"),
        (b"PK\x03\x04 and then nothing", "x.docx"),
        (made_post.word("Alma")[:-300], "x.docx"),
    ],
)
def test_a_broken_file_asks_for_a_person_and_stops_nothing(content: bytes, name: str) -> None:
    found = read(content, name)
    assert only(found) in {FileState.DAMAGED, FileState.READ, FileState.NO_TEXT}
    assert found.text or found.remarks


def test_a_zip_that_is_no_word_file_is_damaged() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("hej.txt", "hej")
    found = read(packed.getvalue(), "x.docx")
    assert only(found) is FileState.DAMAGED
    assert found.remarks == (Remark.DAMAGED,)


def test_a_zip_bomb_is_never_unpacked() -> None:
    content = made_post.bomb()
    assert len(content) < 1024 * 1024
    found = read(content, "x.docx")
    assert only(found) is FileState.DANGEROUS
    assert found.remarks == (Remark.DANGEROUS,)


def test_an_archive_of_very_many_members_is_a_bomb() -> None:
    members = [zipfile.ZipInfo(str(n)) for n in range(word.MOST_MEMBERS + 1)]
    assert word.is_bomb(members)


def test_entities_that_multiply_do_no_harm() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    xml = (
        f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY l0 "ha">{laughs}]>'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        "<w:body><w:p><w:r><w:t>&l9;</w:t></w:r></w:p></w:body></w:document>"
    )
    source, packed = zipfile.ZipFile(io.BytesIO(made_post.word("Hej"))), io.BytesIO()
    with source, zipfile.ZipFile(packed, "w") as target:
        for name in source.namelist():
            content = xml.encode() if name == "word/document.xml" else source.read(name)
            target.writestr(name, content)
    assert len(read(packed.getvalue(), "x.docx").text) < 1_000_000


def test_a_macro_file_is_kept_and_never_opened() -> None:
    for content, name in ((made_post.macro_word(), "x.docx"), (made_post.word("Hej"), "x.docm")):
        found = read(content, name)
        assert only(found) is FileState.DANGEROUS
        assert found.text == ""


@pytest.mark.parametrize("name", ["regning.exe", "x.scr", "x.zip", "uden-endelse"])
def test_a_program_by_itself_is_refused(name: str) -> None:
    with pytest.raises(NotTaken) as no:
        read(made_post.PROGRAM, name)
    assert ".docx" in no.value.for_people()


@pytest.mark.parametrize("name", ["brev.docx", "brev.pdf", "mail.eml", "note.txt", "side.html"])
def test_a_program_that_is_called_a_letter_is_kept_unopened_for_a_person(name: str) -> None:
    found = read(made_post.PROGRAM, name)
    assert only(found) is FileState.DANGEROUS
    assert (found.text, found.remarks) == ("", (Remark.DANGEROUS,))


@pytest.mark.parametrize("name", ["mail.eml", "note.txt", "side.html"])
def test_noise_that_is_called_a_letter_is_damaged_and_not_read_as_words(name: str) -> None:
    found = read(random.Random(20260302).randbytes(50_000), name)
    assert only(found) is FileState.DAMAGED
    assert (found.text, found.remarks) == ("", (Remark.DAMAGED,))


@pytest.mark.parametrize(
    "content",
    [
        b"From: a@b.example\nSubject: Underretning\n\n" + bytes(range(256)) * 20,
        b"Content-Type: application/pdf\nContent-Transfer-Encoding: binary\n\n" + bytes(500),
    ],
)
def test_a_mail_with_bytes_in_it_is_still_a_mail(content: bytes) -> None:
    found = read(content, "mail.eml")
    assert found.kind is Kind.MAIL
    assert found.remarks


def test_a_mail_whose_text_is_noise_is_for_a_person() -> None:
    found = read(b"From: a@b.example\n\n" + random.Random(1).randbytes(5000), "mail.eml")
    assert Remark.DAMAGED in found.remarks


def test_old_text_files_are_no_noise() -> None:
    drawn = "Alma\x1a\r\n\x0c" + "\x1b$B" + "Hun er træt. " * 30
    assert read(drawn.encode("cp1252"), "x.txt").text


@pytest.mark.parametrize("name", ["x.zip", "x.7z", "x.weird", "x.bat", "x.js", "x.lnk"])
def test_a_kind_we_do_not_take_is_refused(name: str) -> None:
    with pytest.raises(NotTaken):
        read(b"noget", name)


@pytest.mark.parametrize("name", ["gammelt.doc", "besked.msg", "foto.jpg", "ark.xlsx", "brev.odt"])
def test_a_document_we_cannot_read_is_kept_for_a_person(name: str) -> None:
    found = read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" if "." in name else b"", name)
    assert found.remarks in {(Remark.PICTURE,), (Remark.ENCRYPTED,)}


def test_an_empty_file_is_refused_with_a_sentence() -> None:
    with pytest.raises(NotTaken) as no:
        read(b"", "x.eml")
    assert no.value.for_people() == "Filen er tom. Bed afsenderen sende den igen."


def test_an_item_over_the_limit_is_refused_with_the_limit() -> None:
    with pytest.raises(NotTaken) as no:
        read(b"x" * 2_000_000, "x.txt", Limits(largest_item=1024 * 1024))
    assert "1 MB" in no.value.for_people()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_a_text_file_is_read_in_the_encoding_it_has(encoding: str) -> None:
    content = "Æblet på søen ligger på børneværelset".encode(encoding)
    assert read(content, "x.txt").text == "Æblet på søen ligger på børneværelset"


def test_a_shortcut_and_an_elf_file_are_programs() -> None:
    assert kind_of(b"\x7fELF\x02", "x.txt") is Kind.DANGEROUS
    assert kind_of(b"L\x00\x00\x00\x01\x14\x02\x00", "x.txt") is Kind.DANGEROUS
    assert kind_of(b"#!/bin/sh\nrm", "x.txt") is Kind.DANGEROUS
    assert kind_of(b"MZ er et fornavn her", "x.txt") is Kind.TEXT


# -- the reader process ----------------------------------------------------------------------------


def test_a_file_that_takes_all_memory_takes_only_its_own_process(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert _by_a_copy(monkeypatch, lambda: bytearray(3 * 1024**3)) == reader.DAMAGED
    assert read(made_post.word("Alma"), "x.docx").text == "Alma"


def test_a_file_that_never_ends_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "SECONDS", 0.3)

    def for_ever() -> None:
        while True:
            pass

    assert _by_a_copy(monkeypatch, for_ever) == reader.DAMAGED


def test_a_file_cannot_make_its_reader_write(
    monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    def write() -> None:
        with open(f"{tmp_path}/x", "wb") as file:
            file.write(b"x" * 10_000)

    assert _by_a_copy(monkeypatch, write) == reader.DAMAGED


def _by_a_copy(monkeypatch: pytest.MonkeyPatch, harm: object) -> object:
    """Have the reader make its copy here, and the copy do harm in place of reading."""

    def harmful(content: bytes, what: str, longest: int) -> object:
        assert callable(harm)
        harm()
        return {"state": "laest", "text": "kom levende ud", "cut": False}

    monkeypatch.setattr(reader, "read", harmful)
    return reader._read_by_a_copy(b"", "word", 10)


def test_a_reader_that_was_killed_is_replaced() -> None:
    one = sandbox.Reader()
    try:
        assert one.read(made_post.word("Alma"), "word", 100).text == "Alma"
        assert one._process is not None
        one._process.kill()
        one._process.wait()
        assert one.read(made_post.word("Viggo"), "word", 100).text == "Viggo"
    finally:
        one.close()


def test_a_long_text_is_cut_and_said_to_be() -> None:
    found = read(made_post.word("Alma " * 1000), "x.docx", Limits(largest_text=100))
    assert len(found.text) <= 100
    assert found.remarks == (Remark.CUT,)

"""A letter we cannot read, in a mail we can, is for a person to open."""

import pytest

from dubu_plugin.domain.intake import Remark, Status
from dubu_plugin.testing import made_post
from dubu_plugin.testing.reception import Reception

OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600


@pytest.mark.parametrize(
    ("name", "media_type", "content"),
    [
        ("underretning.doc", "application/msword", OLD_WORD),
        ("Underretning.RTF", "application/rtf", b"{\\rtf1 En dreng}"),
    ],
)
def test_an_unread_letter_opens_a_line(
    reception: Reception, name: str, media_type: str, content: bytes
) -> None:
    raw = made_post.eml("Se vedhæftede.", attachments=[(name, media_type, content)])
    receipt = reception.receive(raw)
    assert (receipt.status, receipt.remarks) == (Status.NEEDS_HUMAN, (Remark.PICTURE,))
    assert receipt.underretning is not None
    assert "Åbn den" in receipt.message


def test_the_picture_under_a_signature_opens_none(reception: Reception) -> None:
    logo = b"\x89PNG\r\n\x1a\n" + b"x" * 600
    raw = made_post.eml("En dreng græder.", attachments=[("logo.png", "image/png", logo)])
    assert reception.receive(raw).status is Status.REGISTERED

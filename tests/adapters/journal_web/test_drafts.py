"""A draft is taken out, brought back and filed; what is filed stays as it is."""

import pytest

from dubu_journal import documents
from dubu_journal.host import Host
from dubu_journal.web.choices import Choices

from ..conftest import Municipality
from .conftest import Browse, Browser


@pytest.fixture
def draft(municipality: Municipality) -> str:
    return f"/dokumenter/{municipality.documents['draft']}"


def test_a_draft_goes_out_comes_back_and_is_filed(karen: Browser, draft: str, host: Host) -> None:
    assert "Tjekket ud" not in karen.get(draft).text
    assert "Hent filen, ret den" in karen.post(draft, {"knap": "udtjek"}).text
    back = karen.post(draft, {"knap": "indtjek"}, files={"fil": ("brev.docx", b"nyt indhold")})
    assert "Kladden er tjekket ind som en ny version." in back.text
    assert "Tidligere versioner (1)" in back.text
    assert "Journaliseret" in karen.post(draft, {"knap": "journaliser"}).text
    with host.database.reading() as connection:
        kept = documents.versions(connection, int(draft.split("/")[-1]))
    assert [(one.version, one.name) for one in kept[:1]] == [(2, "brev.docx")]


def test_what_somebody_has_out_is_theirs(karen: Browser, browse: Browse, draft: str) -> None:
    karen.post(draft, {"knap": "udtjek"})
    mads = browse("mads")
    assert "Tjekket ud af Karen Demotoft" in mads.get(draft).text
    for act in ("udtjek", "journaliser"):
        refused = mads.post(draft, {"knap": act})
        assert refused.status_code == 422
        assert "Kladden er tjekket ud af Karen Demotoft" in refused.text
    late = mads.post(draft, {"knap": "indtjek"}, files={"fil": ("brev.docx", b"mit")})
    assert "Du har ikke længere kladden" in late.text
    assert mads.post(draft, {"knap": "slip"}).status_code == 422


def test_a_draft_is_let_go_unchanged(karen: Browser, browse: Browse, draft: str) -> None:
    karen.post(draft, {"knap": "udtjek"})
    assert "Kladden er sluppet" in karen.post(draft, {"knap": "slip"}).text
    assert browse("mads").post(draft, {"knap": "udtjek"}).status_code == 200


def test_a_filed_document_has_no_way_to_be_changed(
    karen: Browser, municipality: Municipality
) -> None:
    filed = f"/dokumenter/{municipality.documents['filed']}"
    assert 'name="knap"' not in karen.get(filed).text
    refused = karen.post(filed, {"knap": "indtjek"}, files={"fil": ("b.docx", b"x")})
    assert "journaliseret og kan ikke ændres" in refused.text


def test_a_draft_has_one_file(karen: Browser) -> None:
    form = {"titel": "T", "retning": "out", "dato": "2026-10-26", "knap": "kladde"}
    files = [("filer", ("a.txt", b"a")), ("filer", ("b.txt", b"b"))]
    assert "En kladde har én fil" in karen.post("/sager/1/dokumenter/nyt", form, files=files).text


def test_a_file_that_is_too_large_is_refused_in_words(
    karen: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = property(lambda _: 1024 * 1024)
    monkeypatch.setattr(Choices, "largest_file", small)
    form = {"titel": "T", "retning": "out", "dato": "2026-10-26"}
    files = {"filer": ("stor.bin", b"x" * (1024 * 1024 + 1))}
    answer = karen.post("/sager/1/dokumenter/nyt", form, files=files)
    assert answer.status_code == 422
    assert "Filen er for stor. Den må højst fylde 1 MB." in answer.text


def test_a_file_comes_down_as_it_went_up_and_is_never_run(karen: Browser) -> None:
    content = b"<script>alert(1)</script>\0\xff"
    form = {"titel": "T", "retning": "in", "dato": "2026-10-26"}
    filed = karen.post("/sager/1/dokumenter/nyt", form, files={"filer": ('æ "1".html', content)})
    href = filed.text.split('href="/filer/')[1].split('"')[0]
    answer = karen.get(f"/filer/{href}")
    assert answer.content == content
    assert answer.headers["content-disposition"].startswith("attachment; filename*=utf-8''")
    assert "sandbox" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"

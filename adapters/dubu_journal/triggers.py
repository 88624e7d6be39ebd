"""What the database itself sees to: what is filed stays, what is written can be found.

The word tables of documents and notes keep no copy of the text (``content=''``), so an entry is
taken out by handing in what was put there. `cases.scope` says which units may find a case; the
triggers add the case's own word, ``c<id>``. Source: sqlite.org/fts5.html, sections 4.4 and 6.
"""

from typing import Final

_LEAN: Final = "content='', detail=column"

WORD_TABLES: Final = {
    "case_words": "title, parties, scope",
    "document_words": f"title, scope, {_LEAN}",
    "note_words": f"title, body, scope, {_LEAN}",
    "contact_words": "name, rough, content=''",
}
"""The full-text tables; `rowid` is the id of the object."""

TOKENIZER: Final = "tokenize='unicode61 remove_diacritics 2', prefix='2 3 4 5'"
"""With the beginnings of words kept too: else a short one is merged out of every word it begins."""

_SCOPE: Final = "'c' || c.id || ' ' || c.scope"
_NAMES: Final = (
    "SELECT group_concat(k.name, ' ') FROM case_parties p JOIN contacts k ON k.id = p.contact_id"
)

KEEPING: Final = {
    "notes_stay": "BEFORE UPDATE ON notes BEGIN SELECT RAISE(ABORT, 'notes are only added'); END",
    "notes_are_kept": (
        "BEFORE DELETE ON notes BEGIN SELECT RAISE(ABORT, 'notes are only added'); END"
    ),
    "filed_documents_stay": (
        "BEFORE UPDATE ON documents WHEN old.filed "
        "BEGIN SELECT RAISE(ABORT, 'a filed document cannot change'); END"
    ),
    "filed_documents_are_kept": (
        "BEFORE DELETE ON documents WHEN old.filed "
        "BEGIN SELECT RAISE(ABORT, 'a filed document cannot be removed'); END"
    ),
    "versions_stay": (
        "BEFORE UPDATE ON document_files "
        "BEGIN SELECT RAISE(ABORT, 'a version of a file cannot change'); END"
    ),
    "filed_files_are_kept": (
        "BEFORE DELETE ON document_files "
        "WHEN (SELECT filed FROM documents WHERE id = old.document_id) "
        "BEGIN SELECT RAISE(ABORT, 'a filed document cannot lose a file'); END"
    ),
    "filed_documents_take_no_file": (
        "BEFORE INSERT ON document_files "
        "WHEN (SELECT filed FROM documents WHERE id = new.document_id) "
        "BEGIN SELECT RAISE(ABORT, 'a filed document takes no more files'); END"
    ),
    "post_stays": (
        "BEFORE UPDATE OF key, received_at, channel, name, size, sha256 ON incoming_post "
        "BEGIN SELECT RAISE(ABORT, 'post is kept as it came'); END"
    ),
    "post_is_kept": (
        "BEFORE DELETE ON incoming_post BEGIN SELECT RAISE(ABORT, 'post is kept'); END"
    ),
    "reads_stay": "BEFORE UPDATE ON reads BEGIN SELECT RAISE(ABORT, 'reads are only added'); END",
    "ops_stay": "BEFORE UPDATE ON ops BEGIN SELECT RAISE(ABORT, 'ops are only added'); END",
    "ops_are_kept": "BEFORE DELETE ON ops BEGIN SELECT RAISE(ABORT, 'ops are only added'); END",
}

FINDING: Final = {
    "case_found": (
        "AFTER INSERT ON cases BEGIN "
        "INSERT INTO case_words (rowid, title, parties, scope) "
        f"SELECT c.id, c.title, '', {_SCOPE} FROM cases c WHERE c.id = new.id; END"
    ),
    "case_found_by_new_title": (
        "AFTER UPDATE OF title ON cases BEGIN "
        "UPDATE case_words SET title = new.title WHERE rowid = new.id; END"
    ),
    "case_found_by_others": (
        "AFTER UPDATE OF scope ON cases WHEN old.scope <> new.scope BEGIN "
        "UPDATE case_words SET scope = 'c' || new.id || ' ' || new.scope WHERE rowid = new.id; "
        "INSERT INTO document_words (document_words, rowid, title, scope) "
        "SELECT 'delete', d.id, d.title, 'c' || old.id || ' ' || old.scope "
        "FROM documents d WHERE d.case_id = new.id; "
        "INSERT INTO document_words (rowid, title, scope) "
        "SELECT d.id, d.title, 'c' || new.id || ' ' || new.scope "
        "FROM documents d WHERE d.case_id = new.id; "
        "INSERT INTO note_words (note_words, rowid, title, body, scope) "
        "SELECT 'delete', n.id, n.title, n.body, 'c' || old.id || ' ' || old.scope "
        "FROM notes n WHERE n.case_id = new.id; "
        "INSERT INTO note_words (rowid, title, body, scope) "
        "SELECT n.id, n.title, n.body, 'c' || new.id || ' ' || new.scope "
        "FROM notes n WHERE n.case_id = new.id; END"
    ),
    "party_found": (
        "AFTER INSERT ON case_parties BEGIN UPDATE case_words "
        f"SET parties = coalesce(({_NAMES} WHERE p.case_id = new.case_id), '') "
        "WHERE rowid = new.case_id; END"
    ),
    "party_forgotten": (
        "AFTER DELETE ON case_parties BEGIN UPDATE case_words "
        f"SET parties = coalesce(({_NAMES} WHERE p.case_id = old.case_id), '') "
        "WHERE rowid = old.case_id; END"
    ),
    "party_found_by_new_name": (
        "AFTER UPDATE OF name ON contacts WHEN old.name <> new.name BEGIN UPDATE case_words "
        f"SET parties = coalesce(({_NAMES} WHERE p.case_id = case_words.rowid), '') "
        "WHERE rowid IN (SELECT case_id FROM case_parties WHERE contact_id = new.id); END"
    ),
    "document_found": (
        "AFTER INSERT ON documents BEGIN INSERT INTO document_words (rowid, title, scope) "
        f"SELECT new.id, new.title, {_SCOPE} FROM cases c WHERE c.id = new.case_id; END"
    ),
    "document_found_by_new_title": (
        "AFTER UPDATE OF title ON documents WHEN old.title <> new.title BEGIN "
        "INSERT INTO document_words (document_words, rowid, title, scope) "
        f"SELECT 'delete', old.id, old.title, {_SCOPE} FROM cases c WHERE c.id = old.case_id; "
        "INSERT INTO document_words (rowid, title, scope) "
        f"SELECT new.id, new.title, {_SCOPE} FROM cases c WHERE c.id = new.case_id; END"
    ),
    "document_forgotten": (
        "AFTER DELETE ON documents BEGIN "
        "INSERT INTO document_words (document_words, rowid, title, scope) "
        f"SELECT 'delete', old.id, old.title, {_SCOPE} FROM cases c WHERE c.id = old.case_id; END"
    ),
    "note_found": (
        "AFTER INSERT ON notes BEGIN INSERT INTO note_words (rowid, title, body, scope) "
        f"SELECT new.id, new.title, new.body, {_SCOPE} FROM cases c WHERE c.id = new.case_id; END"
    ),
}

TELLING: Final = {
    f"{table}_{verb.lower()}_told": (
        f"AFTER {verb} ON {table} BEGIN "
        f"INSERT INTO changes (kind, object_id) VALUES ('{kind}', new.id); END"
    )
    for table, kind, verbs in (
        ("cases", "case", ("INSERT", "UPDATE")),
        ("documents", "document", ("INSERT", "UPDATE")),
        ("notes", "note", ("INSERT",)),
        ("reminders", "reminder", ("INSERT", "UPDATE")),
    )
    for verb in verbs
}

TRIGGERS: Final = {**KEEPING, **FINDING, **TELLING}

REFILL: Final = (
    "INSERT INTO case_words (rowid, title, parties, scope) "
    f"SELECT c.id, c.title, coalesce(({_NAMES} WHERE p.case_id = c.id), ''), {_SCOPE} "
    "FROM cases c WHERE c.id > :cases",
    "INSERT INTO document_words (rowid, title, scope) "
    f"SELECT d.id, d.title, {_SCOPE} FROM documents d JOIN cases c ON c.id = d.case_id "
    "WHERE d.id > :documents",
    "INSERT INTO note_words (rowid, title, body, scope) "
    f"SELECT n.id, n.title, n.body, {_SCOPE} FROM notes n JOIN cases c ON c.id = n.case_id "
    "WHERE n.id > :notes",
)
"""What the triggers of `FINDING` would have written for everything above these ids."""

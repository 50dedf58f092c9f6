"""The full-text index of the catalogue, in each database's own way.

SQLite: an FTS5 table whose content is ``catalogue_searchentry``, kept in step by triggers (so that
every way of writing the table, a bulk insert or a flush too, keeps it right).
PostgreSQL: a generated tsvector of the title's terms and one of the rest, each with a GIN index.
A later migration that rebuilds ``catalogue_searchentry`` on SQLite has to run ``create`` again.
"""

from django.db import migrations

SQLITE = (
    """CREATE VIRTUAL TABLE catalogue_search USING fts5(
        terms, body, content='catalogue_searchentry', content_rowid='id',
        tokenize="unicode61 remove_diacritics 0", prefix='2 3')""",
    """CREATE TRIGGER catalogue_search_insert AFTER INSERT ON catalogue_searchentry BEGIN
        INSERT INTO catalogue_search(rowid, terms, body) VALUES (new.id, new.terms, new.body); END""",
    """CREATE TRIGGER catalogue_search_delete AFTER DELETE ON catalogue_searchentry BEGIN
        INSERT INTO catalogue_search(catalogue_search, rowid, terms, body)
        VALUES ('delete', old.id, old.terms, old.body); END""",
    """CREATE TRIGGER catalogue_search_update AFTER UPDATE ON catalogue_searchentry BEGIN
        INSERT INTO catalogue_search(catalogue_search, rowid, terms, body)
        VALUES ('delete', old.id, old.terms, old.body);
        INSERT INTO catalogue_search(rowid, terms, body) VALUES (new.id, new.terms, new.body); END""",
    "INSERT INTO catalogue_search(catalogue_search) VALUES ('rebuild')",
    "CREATE VIRTUAL TABLE catalogue_search_vocab USING fts5vocab(catalogue_search, 'col')",
)
SQLITE_DROP = (
    "DROP TRIGGER catalogue_search_insert",
    "DROP TRIGGER catalogue_search_delete",
    "DROP TRIGGER catalogue_search_update",
    "DROP TABLE catalogue_search_vocab",
    "DROP TABLE catalogue_search",
)
POSTGRESQL = (
    """ALTER TABLE catalogue_searchentry
        ADD COLUMN title_vector tsvector
            GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, terms)) STORED,
        ADD COLUMN body_vector tsvector
            GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, body)) STORED""",
    "CREATE INDEX catalogue_search_title ON catalogue_searchentry USING gin (title_vector)",
    "CREATE INDEX catalogue_search_body ON catalogue_searchentry USING gin (body_vector)",
)
POSTGRESQL_DROP = ("ALTER TABLE catalogue_searchentry DROP COLUMN title_vector, DROP COLUMN body_vector",)


def create(apps, schema_editor):
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


def drop(apps, schema_editor):
    for statement in {"sqlite": SQLITE_DROP, "postgresql": POSTGRESQL_DROP}[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0001_initial")]

    operations = [migrations.RunPython(create, drop, elidable=False)]

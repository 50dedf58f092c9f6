"""One vector for title and body on PostgreSQL: a question's words may stand in either.

The titles themselves are held in memory by each process (rules/titles.py), so neither the vector of the title
alone nor SQLite's table of frequencies is asked any more.
"""

from django.db import migrations

SQLITE = ("DROP TABLE catalogue_search_vocab",)
SQLITE_BACK = ("CREATE VIRTUAL TABLE catalogue_search_vocab USING fts5vocab(catalogue_search, 'col')",)
POSTGRESQL = (
    "ALTER TABLE catalogue_searchentry DROP COLUMN title_vector, DROP COLUMN body_vector",
    """ALTER TABLE catalogue_searchentry ADD COLUMN whole_vector tsvector
        GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, terms || ' ' || body)) STORED""",
    "CREATE INDEX catalogue_search_whole ON catalogue_searchentry USING gin (whole_vector)",
)
POSTGRESQL_BACK = (
    "ALTER TABLE catalogue_searchentry DROP COLUMN whole_vector",
    """ALTER TABLE catalogue_searchentry
        ADD COLUMN title_vector tsvector
            GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, terms)) STORED,
        ADD COLUMN body_vector tsvector
            GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, body)) STORED""",
    "CREATE INDEX catalogue_search_title ON catalogue_searchentry USING gin (title_vector)",
    "CREATE INDEX catalogue_search_body ON catalogue_searchentry USING gin (body_vector)",
)


def forward(apps, schema_editor):
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


def back(apps, schema_editor):
    for statement in {"sqlite": SQLITE_BACK, "postgresql": POSTGRESQL_BACK}[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0003_procedure_audience")]

    operations = [migrations.RunPython(forward, back, elidable=False)]

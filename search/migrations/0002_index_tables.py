"""What the database backend searches in: virtual tables on SQLite, a table of vectors on PostgreSQL.

Other databases get none: they need another SITE_SEARCH_BACKEND. The tables are filled by
`manage.py rebuild_search`.
"""

from django.db import migrations

SQLITE = (
    "CREATE VIRTUAL TABLE search_index USING fts5(title, summary, keywords, body, tokenize='ascii')",
    "CREATE VIRTUAL TABLE search_title USING fts5(words, tokenize='ascii', prefix='2 3 4')",
)
POSTGRESQL = (
    "CREATE TABLE search_index (entry_id bigint PRIMARY KEY, words tsvector NOT NULL, title tsvector NOT NULL)",
    "CREATE INDEX search_index_words ON search_index USING gin (words)",
    "CREATE INDEX search_index_title ON search_index USING gin (title)",
)
CREATE = {"sqlite": SQLITE, "postgresql": POSTGRESQL}
DROP = {
    "sqlite": ("DROP TABLE search_index", "DROP TABLE search_title"),
    "postgresql": ("DROP TABLE search_index",),
}


def create(_apps, schema_editor):
    for statement in CREATE.get(schema_editor.connection.vendor, ()):
        schema_editor.execute(statement)


def drop(_apps, schema_editor):
    for statement in DROP.get(schema_editor.connection.vendor, ()):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(create, drop)]

"""What import-linter cannot see: foreign keys are strings, and migrations name each other."""

import re

from django.apps import apps
from django.db.migrations.loader import MigrationLoader
from django.db.models import CASCADE, Field, ForeignKey, Model
from django.test.utils import isolate_apps

from tests.support.house import PROGRAM, nouns, ranks

RANK = ranks()


def upward(source: str, target: str) -> bool:
    """True when a row or migration of ``source`` needs one of a context that is not below it."""
    if source not in RANK or target not in RANK or source == target:
        return False
    return RANK[target] >= RANK[source]


def relations(model: type[Model]) -> list[tuple[str, str]]:
    """Fields of a model that point at other models, with the label of the other's app."""
    own = [f for f in model._meta.get_fields(include_hidden=True) if isinstance(f, Field) and f.related_model]
    return [(field.name, field.related_model._meta.app_label) for field in own]


def test_the_order_is_read_rightly() -> None:
    assert upward("events", "dossiers")
    assert upward("notices", "process"), "siblings do not know each other"
    assert not upward("dossiers", "people")
    assert set(nouns()) <= set(RANK)


def test_no_table_points_upward() -> None:
    found = [
        f"{model.__name__}.{name} → {target}"
        for noun in nouns()
        for model in apps.get_app_config(noun).get_models()
        for name, target in relations(model)
        if upward(noun, target)
    ]
    assert found == []


def test_a_planted_upward_key_is_seen() -> None:
    from motcua.dossiers.models import Dossier

    with isolate_apps("motcua.events"):

        class Planted(Model):
            dossier = ForeignKey(Dossier, on_delete=CASCADE)

            class Meta:
                app_label = "events"

            def __str__(self) -> str:
                return "planted"

        assert ("dossier", "dossiers") in relations(Planted)
    assert upward("events", "dossiers")


def test_no_migration_depends_upward() -> None:
    disk = MigrationLoader(None).disk_migrations
    found = []
    for (label, name), migration in disk.items():
        for target, on in [*migration.dependencies, *migration.run_before]:
            target = "people" if (target, on) == ("__setting__", "AUTH_USER_MODEL") else target
            if upward(label, target):
                found.append(f"{label}.{name} → {target}.{on}")
    assert disk
    assert found == []


def test_every_migration_is_named_with_words() -> None:
    names = [p for p in PROGRAM.glob("*/migrations/*.py") if p.name != "__init__.py"]
    assert names
    assert [str(p) for p in names if not re.fullmatch(r"\d{4}_(?!auto)[a-z][a-z0-9_]*\.py", p.name)] == []


def test_no_signals_and_no_logic_in_save() -> None:
    found = []
    for noun in nouns():
        for path in (PROGRAM / noun).rglob("*.py"):
            text = path.read_text()
            if re.search(
                r"django\.(db\.models|core|dispatch)\S* import .*\b(post_save|pre_save|receiver|Signal)\b",
                text,
            ):
                found.append(f"{path}: signal")
            if "models" in {path.stem, path.parent.name} and re.search(r"def (save|delete)\(", text):
                found.append(f"{path}: save or delete")
    assert found == []

"""Gives each copied dossier answers that are sealed to its own code: ``python bench/seal_copies.py MODEL``.

Run in the site's own environment, because the keys are there. Rows that SQL copied hold the model's seal.
"""

import os
import sys
from itertools import islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.settings")
CHUNK = 10_000


def main(model: str) -> None:
    """Seal the model's answers anew for every code that was copied from it."""
    import django

    django.setup()
    from django.db import connection

    from motcua.dossiers.sealed import seal_answers, unseal_answers

    with connection.cursor() as cursor:
        cursor.execute("SELECT answers_sealed FROM dossiers_dossier WHERE code = %s", [model])
        answers = unseal_answers(cursor.fetchone()[0], f"dossier:{model}")
        cursor.execute(
            "SELECT code FROM dossiers_dossier WHERE code LIKE %s", [f"{model.split('-')[0]}-250101-%"]
        )
        codes = iter([code for (code,) in cursor.fetchall()])
        while chunk := list(islice(codes, CHUNK)):
            sealed = [seal_answers(answers, f"dossier:{code}") for code in chunk]
            cursor.execute(
                "UPDATE dossiers_dossier d SET answers_sealed = v.sealed "
                "FROM unnest(%s::text[], %s::bytea[]) AS v(code, sealed) WHERE d.code = v.code",
                [chunk, sealed],
            )


if __name__ == "__main__":
    main(sys.argv[1])

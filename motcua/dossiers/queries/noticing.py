"""What is unusual about a request that waits to be received."""

from motcua.agencies.queries import agency_by_id
from motcua.catalogue.queries import revision_pack
from motcua.core.actor import Actor
from motcua.core.texts import Text
from motcua.dossiers.access import may_handle
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.files import seen_dossier
from motcua.dossiers.rules.noticing import AtIntake, notices
from motcua.dossiers.rules.status import DECIDED, Status
from motcua.dossiers.sealed import unseal_answers
from motcua.people.queries import held_name
from motcua.places.queries import units

MOST = 3  # codes that are named


def intake_notices(code: str, *, actor: Actor) -> tuple[Text, ...]:
    """Notices for who handles a new request; none once it was received, none for others.

    Raises ``NotFound``. The name that is held under a number is compared, never shown.
    """
    dossier, steps = seen_dossier(code, actor)
    if dossier.status != Status.NEW or not may_handle(actor, dossier, (s.agency_id for s in steps)):
        return ()
    answers = unseal_answers(dossier.answers_sealed, f"dossier:{code}")
    known = revision_pack(dossier.revision_id).form.sources(answers)
    declared = str(known.get("person.residence_code") or "")
    agency = agency_by_id(dossier.agency_id)
    place = units({declared}).get(declared) if declared else None
    number = str(known.get("person.personal_number") or "")
    return notices(
        AtIntake(
            declared_code=declared,
            declared_name=place.name if place else "",
            served_code=agency.serves_code or "",
            agency=agency.name,
            name=str(known.get("person.full_name") or dossier.applicant_name),
            held_name=held_name(number) if number else "",
            open_codes=_still_open(dossier),
        )
    )


def _still_open(dossier: Dossier) -> tuple[str, ...]:
    """Other requests of the same person for the same procedure that nobody has decided."""
    if dossier.applicant_id is None:
        return ()
    rows = Dossier.objects.filter(applicant_id=dossier.applicant_id, procedure_code=dossier.procedure_code)
    found = rows.exclude(pk=dossier.pk).exclude(status__in=DECIDED).order_by("-pk")
    return tuple(found.values_list("code", flat=True)[:MOST])

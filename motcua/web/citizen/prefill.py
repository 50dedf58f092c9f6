"""What the person's own data already hold, by the names that packs use for them."""

from typing import Any

from motcua.people.queries import PersonProfile


def known_of(profile: PersonProfile | None) -> dict[str, Any]:
    """``{"person.full_name": …}``; what is not held is left out."""
    if profile is None:
        return {}
    held = {
        "full_name": profile.full_name if profile.kind != "business" else "",  # the form asks for a person
        "birth_on": profile.birth_on.isoformat() if profile.birth_on else "",
        "sex": profile.sex,
        "ethnicity": profile.ethnicity,
        "nationality": profile.nationality,
        "personal_number": profile.personal_number,
        "residence": ", ".join(p for p in (profile.address_line, profile.residence_name) if p),
        "residence_code": profile.residence_code,
        "residence_name": profile.residence_name,
        "address_line": profile.address_line,
        "phone": profile.phone,
        "email": profile.email,
    }
    return {f"person.{name}": value for name, value in held.items() if value}

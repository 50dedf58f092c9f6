"""Reads of persons and accounts. What is sealed is opened only for those who may see it."""

import hashlib
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Q

from motcua.core.actor import SYSTEM, Actor, Reading, Role
from motcua.core.kept import Kept
from motcua.core.refusals import NotFound
from motcua.core.sealing import blind_index, unseal
from motcua.people.models import Person, User
from motcua.people.rules import check_personal_number, tax_code

NUMBER_PURPOSE = "personal_number"


@dataclass(frozen=True, slots=True)
class PersonProfile:
    """A person as forms are filled from it. ``personal_number`` is plain text: never log it."""

    id: int
    kind: str
    full_name: str
    birth_on: date | None
    sex: str
    ethnicity: str
    nationality: str
    personal_number: str | None
    residence_code: str | None
    residence_name: str
    address_line: str
    phone: str
    email: str
    locale: str
    fictional: bool = False


@dataclass(frozen=True, slots=True)
class Contact:
    """Where messages to an account go, and in which language."""

    user_id: int
    email: str
    locale: str
    name: str


@dataclass(frozen=True, slots=True)
class AccountRef:
    """An account that may sign in."""

    id: int
    username: str
    name: str
    person_id: int | None
    is_helper: bool
    is_business: bool = False


def _may_read(actor: Actor, person_id: int) -> bool:
    own = actor.is_person and actor.person_id == person_id
    return actor == SYSTEM or own or actor.has_role(Role.DESK)


_PERSON = Kept(lambda number: Person.objects.select_related("residence").filter(pk=number), int)


def person_profile(person_id: int, *, actor: Actor) -> PersonProfile:
    """A person for itself, for a desk that types in for it, or for the system.

    Raises ``NotFound`` for everybody else, as when there is no such person.
    """
    person: Person | None = next(iter(_PERSON.objects(person_id)), None)
    if person is None or not _may_read(actor, person_id):
        raise NotFound
    if actor.person_id != person_id:
        actor.note(Reading("person", str(person_id), why="typing in"))
    number = None
    if person.number_sealed is not None:
        row = f"person:{person.seal_row}"
        number = unseal(bytes(person.number_sealed), key=settings.KEYS.personal, row=row).decode()
    place = person.residence
    return PersonProfile(
        id=person.pk,
        kind=person.kind,
        full_name=person.full_name,
        birth_on=person.birth_on,
        sex=person.sex,
        ethnicity=person.ethnicity,
        nationality=person.nationality,
        personal_number=number,
        residence_code=place.code if place else None,
        residence_name=place.name if place else "",
        address_line=person.address_line,
        phone=person.phone,
        email=person.email,
        locale=person.locale,
        fictional=person.fictional,
    )


def contact_of_user(user_id: int) -> Contact:
    """Address, language and name of an account; raises ``NotFound``."""
    user = User.objects.select_related("person").filter(pk=user_id, is_active=True).first()
    if user is None:
        raise NotFound
    person = user.person
    return Contact(
        user_id=user.pk,
        email=user.email or (person.email if person else ""),
        locale=person.locale if person else "vi",
        name=user.display_name or (person.full_name if person else user.username),
    )


def contacts_for(*, person_id: int | None, user_id: int | None) -> tuple[Contact, ...]:
    """Whom to tell about a request: the accounts of a person and one more account, each once."""
    wanted = Q(pk=user_id) if user_id is not None else Q(pk__in=[])
    if person_id is not None:
        wanted |= Q(person_id=person_id)
    rows = User.objects.filter(wanted, is_active=True).order_by("pk")
    return tuple(contact_of_user(pk) for pk in rows.values_list("pk", flat=True))


def number_index(number: str) -> str:
    """The blind index of a number that has been read by the rules."""
    return blind_index(number, key=settings.KEYS.index, purpose=NUMBER_PURPOSE)


def index_of_number(number: str) -> str:
    """The blind index of a personal number or tax code as it was typed; "" when it is neither."""
    digits = check_personal_number(number).digits or tax_code(number)
    return number_index(digits) if digits else ""


def person_id_by_index(index: str) -> int | None:
    """The person whose number has this blind index."""
    return Person.objects.filter(number_index=index).values_list("pk", flat=True).first() if index else None


def find_person_id_by_number(number: str) -> int | None:
    """The person with this personal number or tax code, found without unsealing anything."""
    return person_id_by_index(index_of_number(number))


def is_a_number(number: str) -> bool:
    """True for 12 digits of a personal number, or a tax code; with the usual spaces and dots."""
    return bool(check_personal_number(number).digits or tax_code(number))


def held_name(number: str) -> str:
    """The name of the person with this number, to be compared with one that was typed; "" for nobody."""
    found = find_person_id_by_number(number)
    names = Person.objects.filter(pk=found).values_list("full_name", flat=True) if found else ()
    return next(iter(names), "")


def account(user_id: int) -> AccountRef | None:
    """An active account by id."""
    return _account(User.objects.select_related("person").filter(pk=user_id, is_active=True).first())


def account_by_username(username: str) -> AccountRef | None:
    """An active account by its name."""
    rows = User.objects.select_related("person").filter(username=username, is_active=True)
    return _account(rows.first())


def any_account_id(username: str) -> int | None:
    """The id of an account by its name, also of a closed one."""
    return User.objects.filter(username=username).values_list("pk", flat=True).first()


def accounts_by_id(ids: tuple[int, ...]) -> dict[int, AccountRef]:
    """Accounts (also closed ones) by id, in one query."""
    found = (
        _account(user) for user in User.objects.select_related("person").filter(pk__in=ids).order_by("pk")
    )
    return {ref.id: ref for ref in found if ref is not None}


def _account(user: User | None) -> AccountRef | None:
    if user is None:
        return None
    business = user.person is not None and user.person.kind == Person.Kind.BUSINESS
    return AccountRef(user.pk, user.username, user.get_full_name(), user.person_id, user.is_helper, business)


def token_digest(token: str) -> str:
    """What is kept of a token: SHA-256 (a token has 256 random bits, so no salt is needed)."""
    return hashlib.sha256(token.encode()).hexdigest()


_ROW = Kept(lambda pk: User.objects.filter(pk=pk), int)


def account_row(user_id: int) -> User | None:
    """The account as Django's session machinery wants it, for the edge's back end alone."""
    return next(iter(_ROW.objects(user_id)), None)

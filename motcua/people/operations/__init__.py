"""Making persons and accounts."""

import uuid
from datetime import date, datetime

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from motcua.core.actor import Actor
from motcua.core.folding import nfc
from motcua.core.refusals import Refusal
from motcua.core.sealing import seal
from motcua.core.texts import Text
from motcua.events.operations import append
from motcua.people.models import Person, User
from motcua.people.queries import number_index
from motcua.people.rules import check_personal_number, tax_code
from motcua.people.rules import phone as normal_phone
from motcua.places.queries import unit_id


class NumberUnreadable(Refusal):
    """A personal number or tax code without the right count of digits."""

    code = "personal_number_unreadable"
    cause = Text(
        "Số định danh phải có 12 chữ số (mã số doanh nghiệp: 10 hoặc 13).",
        "A personal number has 12 digits (a business number 10 or 13).",
    )
    next_step = Text("Kiểm tra lại số trên thẻ căn cước.", "Check the number on the identity card.")
    status = 422


class NumberTaken(Refusal):
    """Another person has this number."""

    code = "personal_number_taken"
    cause = Text("Số định danh này đã có trong hệ thống.", "This personal number is already known.")
    next_step = Text("Tìm người theo số này thay vì tạo mới.", "Find the person by the number instead.")


class PhoneUnreadable(Refusal):
    """A phone number that is none of Viet Nam."""

    code = "phone_unreadable"
    cause = Text("Số điện thoại không đúng.", "The phone number is not right.")
    next_step = Text(
        "Nhập số như 0912 345 678 hoặc +84 912 345 678.", "Write it as 0912 345 678 or +84 912 345 678."
    )
    status = 422


class UsernameTaken(Refusal):
    """Another account has this name."""

    code = "username_taken"
    cause = Text("Tên đăng nhập {username} đã có người dùng.", "The user name {username} is taken.")
    next_step = Text("Chọn tên khác.", "Choose another name.")


def _read_number(kind: str, number: str | None) -> str | None:
    if not number:
        return None
    digits = tax_code(number) if kind == Person.Kind.BUSINESS else check_personal_number(number).digits
    if not digits:
        raise NumberUnreadable
    if Person.objects.filter(number_index=number_index(digits)).exists():
        raise NumberTaken
    return digits


def _read_phone(phone: str) -> str:
    if phone and not normal_phone(phone):
        raise PhoneUnreadable
    return normal_phone(phone)


def create_person(
    *,
    full_name: str,
    kind: str = "citizen",
    personal_number: str | None = None,
    birth_on: date | None = None,
    sex: str = "",
    ethnicity: str = "",
    nationality: str = "",
    residence_code: str | None = None,
    address_line: str = "",
    phone: str = "",
    email: str = "",
    locale: str = "vi",
    fictional: bool = False,
    actor: Actor,
    now: datetime,
) -> int:
    """Make a person; its number is sealed under a random row and indexed blindly. Returns the id.

    Raises ``NumberUnreadable``, ``NumberTaken``, ``PhoneUnreadable``, ``NotFound`` (residence).
    """
    with transaction.atomic():
        digits = _read_number(kind, personal_number)
        row = uuid.uuid4()
        sealed = seal(digits.encode(), key=settings.KEYS.personal, row=f"person:{row}") if digits else None
        person = Person.objects.create(
            kind=kind,
            full_name=nfc(full_name),
            birth_on=birth_on,
            sex=sex,
            ethnicity=ethnicity,
            nationality=nationality,
            number_sealed=sealed,
            number_index=number_index(digits) if digits else None,
            seal_row=row,
            residence_id=unit_id(residence_code) if residence_code else None,
            address_line=nfc(address_line),
            phone=_read_phone(phone),
            email=email,
            locale=locale,
            fictional=fictional,
        )
        data = {"kind": kind, "fictional": fictional}
        append(stream=f"person:{person.pk}", kind="person.created", data=data, actor=actor, now=now)
    return person.pk


def hash_password(password: str) -> str:
    """The password as accounts keep it; slow on purpose."""
    return make_password(password)


def create_account(
    *,
    username: str,
    password: str | None,
    display_name: str,
    person_id: int | None = None,
    email: str = "",
    is_helper: bool = False,
    hashed: bool = False,
    actor: Actor,
    now: datetime,
) -> int:
    """Make an account (without a password it cannot sign in by one); returns its id.

    ``hashed``: the password is ``hash_password``'s already (many accounts with one password).
    """
    with transaction.atomic():
        if User.objects.filter(username=username).exists():
            raise UsernameTaken(username=username)
        user = User.objects.create_user(
            username,
            password,
            hashed=hashed,
            display_name=nfc(display_name),
            person_id=person_id,
            email=email,
            is_helper=is_helper,
        )
        data = {"person": person_id, "helper": is_helper}
        append(stream=f"account:{user.pk}", kind="account.created", data=data, actor=actor, now=now)
    return user.pk

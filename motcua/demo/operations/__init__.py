"""Making the demo province: one transaction, so a home holds either all of it or nothing."""

from datetime import datetime

from django.db import transaction

from motcua.agencies.queries import roots
from motcua.core.refusals import Refusal
from motcua.core.texts import Text
from motcua.demo.operations.accounts import create_accounts, new_password
from motcua.demo.operations.dossiers import file_dossiers
from motcua.demo.operations.morning import file_morning
from motcua.demo.operations.outside import load_assessments, load_papi, load_publications
from motcua.demo.operations.province import create_agencies, freeze_years, load_units
from motcua.demo.operations.residence import file_residence
from motcua.demo.operations.services import load_procedures, offer_services
from motcua.demo.operations.voices import speak
from motcua.demo.people import ACCOUNTS
from motcua.demo.queries import DemoAccounts, accounts, adopt_draft, discard_draft, keep_draft
from motcua.events.queries import last_event_id


class HomeNotEmpty(Refusal):
    """The demo is only made in an empty home."""

    code = "home_not_empty"
    cause = Text(
        "Nơi lưu dữ liệu này đã có dữ liệu; tỉnh mẫu chỉ được tạo ở nơi còn trống.",
        "This home holds data already; the demo province is only made in an empty one.",
    )
    next_step = Text(
        "Đặt MOTCUA_HOME tới một thư mục mới rồi chạy lại.",
        "Set MOTCUA_HOME to a new folder and run it again.",
    )


def create(*, now: datetime) -> DemoAccounts:
    """Make the whole demo and return its accounts; raises ``HomeNotEmpty``.

    The password file is drafted before the commit and named after it: a machine that dies in
    between finds the draft beside a full database, and the next call adopts it.
    """
    if last_event_id() or roots():
        found = accounts() is None and adopt_draft()
        if not found:
            raise HomeNotEmpty
        return found
    made = DemoAccounts(new_password(), tuple((a.username, a.who) for a in ACCOUNTS))
    keep_draft(made)
    try:
        with transaction.atomic():
            _create(made.password, now)
    except BaseException:
        discard_draft()
        raise
    return adopt_draft() or made


def _create(password: str, now: datetime) -> None:
    load_units(now)
    create_agencies(now)
    freeze_years(now)
    create_accounts(password, now)
    load_procedures(now)
    offer_services(now)
    file_dossiers(now)
    file_residence(now)
    file_morning(now)
    load_papi(now)
    load_publications(now)
    load_assessments(now)
    speak(now)

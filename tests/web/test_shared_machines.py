"""What one person leaves in a browser is not the next one's; an address never overrules the account."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from motcua.dossiers.models import Draft
from motcua.dossiers.sealed import unseal_answers
from motcua.people.models import Person
from motcua.web.citizen.eligibility import ANSWERS_STAY, INTENDED, KEY, MARK_STAYS, SAID
from tests.web.filing import CODE, Portal, Walk, commune, portal, walk

__all__ = ["commune", "portal", "walk"]
pytestmark = pytest.mark.django_db
BEGIN = f"/nop/{CODE}/bat-dau/"


def answered_then_signed_in(walk: Callable[..., Walk], ago: int) -> Walk:
    """The questions were answered in this browser by somebody not signed in, so many seconds ago."""
    visitor, here = Walk(Client()), walk()
    visitor.post(f"/nop/{CODE}/dieu-kien/", {"wanted": "status"})
    visitor.post(f"/nop/{CODE}/dieu-kien/", {"citizen": "yes"})
    left, session = visitor.client.session, here.client.session
    at, by = left[SAID.format(code=CODE)]
    assert by is None
    for name in (KEY, INTENDED):
        session[name.format(code=CODE)] = left[name.format(code=CODE)]
    session[SAID.format(code=CODE)] = (at - timedelta(seconds=ago).total_seconds(), by)
    session.save()
    return here


def test_answers_go_through_a_sign_in_right_away(walk: Callable[..., Walk]) -> None:
    answered_then_signed_in(walk, 30).client.get(BEGIN)
    assert Draft.objects.count() == 1


def test_what_was_left_a_while_ago_makes_no_draft_by_itself(walk: Callable[..., Walk]) -> None:
    here = answered_then_signed_in(walk, MARK_STAYS + 60)
    here.get(BEGIN)
    assert not Draft.objects.exists()
    here.post(BEGIN)  # pressed by who sits there now
    assert Draft.objects.count() == 1


def test_answers_that_were_left_long_ago_are_asked_again(walk: Callable[..., Walk]) -> None:
    here = answered_then_signed_in(walk, ANSWERS_STAY + 60)
    assert here.post(BEGIN) == f"/nop/{CODE}/dieu-kien/"
    assert not Draft.objects.exists()


def test_an_address_overrules_nothing(walk: Callable[..., Walk], portal: Portal) -> None:
    Person.objects.filter(pk=portal.commune.citizen.person_id).update(sex="female")
    here = walk()
    here.post(f"/nop/{CODE}/dieu-kien/", {"wanted": "status"})
    here.post(f"/nop/{CODE}/dieu-kien/", {"citizen": "yes"})
    here.post(f"{BEGIN}?person_sex=male&exemption=poor")
    draft = Draft.objects.get()
    answers = unseal_answers(draft.answers_sealed, f"draft:{draft.pk}")
    assert answers.get("person_sex") != "male"
    assert "exemption" not in answers, "no life event says so"

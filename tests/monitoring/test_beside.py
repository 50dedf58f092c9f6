"""Own measures beside an outside index: the province is found however its name is spelt."""

import unicodedata
from collections.abc import Callable
from typing import Any

import pytest

from motcua.core.actor import PUBLIC
from motcua.monitoring.queries import platform_measures
from tests.monitoring.conftest import at


@pytest.mark.django_db
@pytest.mark.parametrize(
    "spelt", ["Tỉnh Thanh Hóa", "Tỉnh Thanh Hoá", unicodedata.normalize("NFD", "Tỉnh Thanh Hóa")]
)
def test_a_province_is_found_however_it_is_spelt(make_dossier: Callable[..., Any], spelt: str) -> None:
    from motcua.agencies.models import Agency

    Agency.objects.filter(identifier="H43").update(name_vi=spelt)
    for asked in ("Thanh Hóa", "Thanh Hoá", "THANH HÓA"):
        assert platform_measures(asked, at(20), actor=PUBLIC).scope == "H43"
    assert platform_measures("Khánh Hòa", at(20), actor=PUBLIC).scope == "national"

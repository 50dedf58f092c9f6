"""What stands on every page is made once, for each language and setting, and for nobody in particular."""

from django.template import engines
from django.utils import translation

WORDS = (
    "{% load i18n %}{% fixed who %}{% translate 'Sign in' %} {{ who }} {{ other }}{% endfixed %} {{ other }}"
)


def test_what_is_fixed_is_made_once_for_each_language_and_value() -> None:
    page = engines["django"].from_string(WORDS)
    with translation.override("vi"):
        assert page.render({"who": "<a>", "other": 1}) == "Đăng nhập &lt;a&gt; 1 1"
        assert page.render({"who": "<a>", "other": 2}) == "Đăng nhập &lt;a&gt; 1 2"  # not made again
        assert page.render({"who": "b", "other": 3}) == "Đăng nhập b 3 3"
    with translation.override("en"):
        assert page.render({"who": "<a>", "other": 4}) == "Sign in &lt;a&gt; 4 4"

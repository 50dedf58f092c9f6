"""Template filters and tags of the site."""

from django import template

register = template.Library()

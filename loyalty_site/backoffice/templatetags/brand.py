"""The brand on pages outside of the theme."""

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def brand_name() -> str:
    return settings.BRAND_NAME


@register.simple_tag
def brand_shade(name: str) -> str:
    return settings.BRAND_SHADES[name]

"""The mail to a customer who bought a reward, in the customer's language.

It tells what the customer did a moment ago and advertises nothing, so it asks for no agreement to marketing; who does
not want it says so (`Customer.reward_mail`).
"""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.formats import date_format

from campaigns.models import Purchase
from customers.models import Customer
from loyalty_site.outbox.letters import Letter
from loyalty_site.outbox.models import Event


def write(event: Event) -> Letter | None:
    """The letter about a purchase; None where it was given back since, or there is nobody to write to."""
    purchases = Purchase.objects.select_related("campaign", "customer", "coupon").filter(refunded_at=None)
    purchase = purchases.filter(pk=event.object_id).first()
    if purchase is None or not _is_written_to(purchase.customer):
        return None
    known = {code for code, _ in settings.MAIL_LANGUAGES}
    language = purchase.customer.language if purchase.customer.language in known else settings.LANGUAGE_CODE
    with translation.override(language):
        facts = _facts(purchase)
    name = f"campaigns/letters/reward_bought.{language}"
    subject, _, text = render_to_string(f"{name}.txt", facts).partition("\n")
    html = render_to_string(f"{name}.html", facts)
    return Letter(purchase.customer.email, subject, text.strip() + "\n", html, language)


def _is_written_to(customer: Customer) -> bool:
    return bool(customer.email) and customer.reward_mail and customer.status not in Customer.SHUT_OUT


def _facts(purchase: Purchase) -> dict[str, object]:
    cost = purchase.cost_in_points
    return {
        "campaign": purchase.campaign,
        "code": purchase.coupon.code,
        "customer": purchase.customer,
        "cost": cost,
        "points": settings.POINT_SINGULAR if cost == 1 else settings.POINT_PLURAL,
        "day": date_format(timezone.localtime(purchase.purchased_at), "DATE_FORMAT"),
        "programme": settings.PROGRAM_NAME,
        "colour": settings.BRAND_SHADES["600"],
    }

"""What is to be done first so that tills and colleagues get in, and letters get out."""

from django.conf import settings
from django.utils.translation import gettext as _

from loyalty_site.access.models import ApiToken, User
from loyalty_site.backoffice.first_steps import Step


def steps() -> list[Step]:
    return [
        Step(
            text=_("Make a token for the till"),
            why=_("Tills, shops and partners' systems show it when they call the API."),
            permission="access.add_apitoken",
            done=ApiToken.objects.all(),
            page="admin:access_apitoken_add",
        ),
        Step(
            text=_("Let a colleague in"),
            why=_("Groups give each only the rights that the work needs; keep this account for administration."),
            permission="access.manage_staff",
            done=User.objects.filter(is_staff=True, is_superuser=False),
            page="admin:access_user_add",
        ),
        Step(
            text=_("Set up mail"),
            why=_("By the setting EMAIL_URL of the server: for links to new passwords and letters to customers."),
            permission="access.manage_staff",
            done=settings.MAIL_LEAVES or settings.DEMO,
        ),
    ]

"""Every setting comes from the environment; `docs/operations.md` lists them."""

# ruff: noqa: F403

from loyalty_site.settings.api import *
from loyalty_site.settings.applications import *
from loyalty_site.settings.backoffice import *
from loyalty_site.settings.branding import *
from loyalty_site.settings.content_security import *
from loyalty_site.settings.database import *
from loyalty_site.settings.files import *
from loyalty_site.settings.ground import *
from loyalty_site.settings.jobs import *
from loyalty_site.settings.languages import *
from loyalty_site.settings.log import *
from loyalty_site.settings.loyalty import *
from loyalty_site.settings.mail import *
from loyalty_site.settings.outbox import *
from loyalty_site.settings.parts import *
from loyalty_site.settings.second_factor import *
from loyalty_site.settings.secrets import *
from loyalty_site.settings.transport import *

"""The person at the keyboard, as services want to know who is answerable."""

from django.http import HttpRequest

from loyalty_site.access.actors import Actor
from loyalty_site.access.models import User


def actor_of(request: HttpRequest) -> Actor:
    return actor_for(request.user)


def actor_for(user: User) -> Actor:
    return Actor("user", str(user.pk), user.username)

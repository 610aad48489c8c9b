"""The person at the keyboard, as services want to know who is answerable."""

from django.http import HttpRequest

from loyalty_site.access.actors import Actor


def actor_of(request: HttpRequest) -> Actor:
    user = request.user
    return Actor("user", str(user.pk), user.username)

"""What the worker does for this room. Every task may be done twice: one that was cut off is begun again."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from evengait.core.language import marked, say, speaking
from evengait.storage.records.languages import language_of
from evengait.storage.records.notices import address_to_mail

SUBJECT = marked("Something new on your desk")
TEXT = marked("""There is something new for you. Sign in to read it:

https://{host}{notices}

What it is stands only there. You get no other mail until you have looked; mails can be turned off on that page.
""")


@task()
def write(account: str) -> None:
    """Send one mail that says that there is something new, and nothing else."""
    if settings.AT_HOME or not getattr(settings, "EMAIL_HOST", ""):
        return
    address = address_to_mail(UUID(account), timezone.now())
    if address:
        host = next((h for h in settings.ALLOWED_HOSTS if h != "*"), "localhost")
        with speaking(language_of(UUID(account))):
            send_mail(say(SUBJECT), say(TEXT, host=host, notices=reverse("notices:home")), None, [address])

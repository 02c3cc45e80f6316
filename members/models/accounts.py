"""Accounts: an e-mail address, a language, and when they were last used."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


def today() -> dt.date:
    """The local day."""
    return timezone.localdate()


class UserQuerySet(models.QuerySet["User"]):
    """The vocabulary of accounts."""

    def members(self) -> UserQuerySet:
        """Accounts in use whose address is verified: the only ones that anybody sees."""
        return self.filter(is_active=True, anonymised_at=None, emailaddress__verified=True).distinct()


class UserManager(BaseUserManager["User"]):
    """Accounts are known by their e-mail address, folded to lower case."""

    def get_queryset(self) -> UserQuerySet:
        return UserQuerySet(self.model, using=self._db)

    def members(self) -> UserQuerySet:
        """Accounts in use whose address is verified."""
        return self.get_queryset().members()

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Create an account. Raises ValueError without an address."""
        if not email:
            raise ValueError("an account needs an e-mail address")
        user = self.model(email=email.lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Create an administrator."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=(username or "").lower())


class User(AbstractUser):
    """An account: an e-mail address, no username."""

    username = None  # type: ignore[assignment]
    email = models.EmailField(_("e-mail address"), unique=True)
    job_title = models.CharField(_("job"), max_length=120, blank=True)
    language = models.CharField(
        _("language"), max_length=5, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    last_activity_on = models.DateField(_("last activity"), default=today, db_index=True)
    dormancy_notices = models.PositiveSmallIntegerField(_("notices of dormancy"), default=0, editable=False)
    dormancy_noticed_on = models.DateField(
        _("last notice of dormancy"), null=True, blank=True, editable=False
    )
    anonymised_at = models.DateTimeField(_("anonymised at"), null=True, blank=True, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = (
            models.UniqueConstraint(Lower("email"), name="user_email_unique"),
            models.CheckConstraint(
                name="user_anonymised_is_nobody",
                condition=Q(anonymised_at=None)
                | Q(is_active=False, first_name="", last_name="", job_title=""),
            ),
        )

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    def get_full_name(self) -> str:
        """The name; “Former member” once anonymised (Wagtail's history shows it)."""
        return gettext("Former member") if self.anonymised_at else super().get_full_name()

    @property
    def public_name(self) -> str:
        """What others read: never an address."""
        return self.get_full_name() or gettext("A member")

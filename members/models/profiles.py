"""What a member says of herself, and to whom: field by field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.models import Theme

from .accounts import User
from .identifiers import new_public_id

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class Visibility(models.TextChoices):
    """Who reads a field of a profile."""

    NOBODY = "nobody", _("Nobody but me")
    MEMBERS = "members", _("Members")
    EVERYONE = "everyone", _("Everyone")


def visibility_field(label: _StrPromise) -> models.CharField[str, str]:
    """The choice that goes with one field: members, unless the member says otherwise."""
    return models.CharField(
        label,
        max_length=10,
        choices=Visibility,
        default=Visibility.MEMBERS,
    )


class Profile(models.Model):
    """One an account. The photo is re-encoded by us, kept private, and served by permission only."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="profile")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    photo = models.CharField(_("photo"), max_length=120, blank=True, editable=False)
    photo_changed_at = models.DateTimeField(null=True, blank=True, editable=False)
    offers = models.TextField(_("what I can help with"), max_length=1000, blank=True)
    seeks = models.TextField(_("what I look for"), max_length=1000, blank=True)
    themes = models.ManyToManyField(
        Theme, verbose_name=_("themes that interest me"), blank=True, related_name="profiles"
    )
    name_visibility = visibility_field(_("who sees my name"))
    job_visibility = visibility_field(_("who sees my job"))
    company_visibility = visibility_field(_("who sees my company"))
    themes_visibility = visibility_field(_("who sees my themes"))
    photo_visibility = visibility_field(_("who sees my photo"))
    offers_visibility = visibility_field(_("who sees what I can help with"))
    seeks_visibility = visibility_field(_("who sees what I look for"))
    # What members may find it by: the fields that they may see, folded (no accents, no capitals).
    search_text = models.TextField(blank=True, default="", editable=False)
    changed_at = models.DateTimeField(_("changed at"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("profile")
        verbose_name_plural = _("profiles")

    def __str__(self) -> str:
        return self.user.public_name

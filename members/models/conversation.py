"""Comments, questions and thanks under what the rooms publish (decision 0019)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from .accounts import User
from .identifiers import new_public_id
from .organisations import Organisation

TEXT_LENGTH = 3000


class CommentQuerySet(models.QuerySet["Comment"]):
    """The vocabulary of comments."""

    def about(self, kind: str, target: str) -> CommentQuerySet:
        """Under one thing."""
        return self.filter(target_kind=kind, target=target)

    def visible(self) -> CommentQuerySet:
        """Words that everybody reads."""
        return self.filter(state=Comment.State.VISIBLE)

    def held(self) -> CommentQuerySet:
        """Which wait for a moderator."""
        return self.filter(state=Comment.State.HELD)


class Comment(models.Model):
    """A comment, a question or an answer; `target` is the key that all language versions share.

    An answer has a `parent`, which has none: one level. What its author deleted keeps its place and
    loses its words; what staff hid keeps them, for whoever contests it.
    """

    class Sort(models.TextChoices):
        """What is expected of the readers."""

        COMMENT = "comment", _("Comment")
        QUESTION = "question", _("Question")

    class State(models.TextChoices):
        """Who sees it."""

        HELD = "held", _("Waiting for a moderator")
        VISIBLE = "visible", _("On line")
        HIDDEN = "hidden", _("Hidden by the team")
        DELETED = "deleted", _("Deleted by its author")

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    target_kind = models.CharField(max_length=15)
    target = models.CharField(max_length=40)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="answers"
    )
    author = models.ForeignKey(
        User, verbose_name=_("author"), null=True, on_delete=models.SET_NULL, related_name="comments"
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("company"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="comments",
    )
    sort = models.CharField(_("kind"), max_length=10, choices=Sort, default=Sort.COMMENT)
    text = models.TextField(_("text"), max_length=TEXT_LENGTH, blank=True)
    language = models.CharField(_("language"), max_length=5, default="fr")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.HELD)
    by_staff = models.BooleanField(_("by the team"), default=False)
    created_at = models.DateTimeField(_("written at"), default=timezone.now)
    published_at = models.DateTimeField(_("on line since"), null=True, blank=True)
    edited_at = models.DateTimeField(_("changed at"), null=True, blank=True)
    ended_at = models.DateTimeField(_("hidden or deleted at"), null=True, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ("created_at", "pk")
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        constraints = (
            models.CheckConstraint(name="comment_not_its_own_answer", condition=~Q(parent=F("pk"))),
            models.CheckConstraint(
                name="comment_visible_is_dated",
                condition=~Q(state="visible") | Q(published_at__isnull=False),
            ),
            models.CheckConstraint(
                name="comment_deleted_says_nothing", condition=~Q(state="deleted") | Q(text="")
            ),
            models.CheckConstraint(name="comment_says_something", condition=Q(state="deleted") | ~Q(text="")),
        )
        indexes = (
            models.Index(name="comment_thread", fields=["target_kind", "target", "created_at"]),
            models.Index(name="comment_daily_limit", fields=["author", "created_at"]),
        )

    def __str__(self) -> str:
        return self.text[:60]


class Thanks(models.Model):
    """Somebody found something useful: its author is told, no score is shown.

    `comment` is set when it is a comment that helped; otherwise it is the thing itself.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="thanks_given")
    target_kind = models.CharField(max_length=15)
    target = models.CharField(max_length=40)
    comment = models.ForeignKey(
        Comment, null=True, blank=True, on_delete=models.CASCADE, related_name="thanks"
    )
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("thanks")
        verbose_name_plural = _("thanks")
        constraints = (
            models.UniqueConstraint(
                name="thanks_once", fields=("user", "target_kind", "target"), condition=Q(comment=None)
            ),
            models.UniqueConstraint(
                name="thanks_once_a_comment",
                fields=("user", "comment"),
                condition=Q(comment__isnull=False),
            ),
        )
        indexes = (models.Index(name="thanks_of_target", fields=["target_kind", "target"]),)

    def __str__(self) -> str:
        return f"{self.target_kind}:{self.target}"


class CommentReport(models.Model):
    """A reader finds a comment wrong (Regulation 2022/2065, article 16)."""

    class Reason(models.TextChoices):
        """Why; the words say more."""

        SPAM = "spam", _("Advertising")
        RUDE = "rude", _("Hurtful or insulting")
        PRIVATE = "private", _("Names or describes somebody")
        WRONG = "wrong", _("False or misleading")
        ILLEGAL = "illegal", _("Against the law")
        OTHER = "other", _("Something else")

    comment = models.ForeignKey(
        Comment, verbose_name=_("comment"), on_delete=models.CASCADE, related_name="reports"
    )
    reporter = models.ForeignKey(
        User, verbose_name=_("reported by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    reason = models.CharField(_("reason"), max_length=10, choices=Reason)
    text = models.TextField(_("explanation"), max_length=1000, blank=True)
    created_at = models.DateTimeField(_("reported at"), default=timezone.now)
    upheld = models.BooleanField(_("upheld"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    class Meta:
        ordering = ("created_at", "pk")
        verbose_name = _("reported comment")
        verbose_name_plural = _("reported comments")
        constraints = (
            models.UniqueConstraint(
                name="comment_report_once", fields=("comment", "reporter"), condition=Q(decided_at=None)
            ),
            models.CheckConstraint(
                name="comment_report_decided_is_dated",
                condition=Q(upheld=None, decided_at=None) | Q(upheld__isnull=False, decided_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return self.get_reason_display()


@register_setting(icon="comment")
class ConversationSettings(BaseGenericSetting):
    """Whether words are read by the team before or after everybody sees them."""

    class Moderation(models.TextChoices):
        """When a moderator looks."""

        BEFORE = "before", _("Before: nothing shows until a moderator agrees")
        AFTER = "after", _("After: shown at once, save the first ones of new members")

    moderation = models.CharField(
        _("moderation"), max_length=10, choices=Moderation, default=Moderation.AFTER
    )
    first_held = models.PositiveSmallIntegerField(
        _("first comments held"),
        default=1,
        help_text=_("How many comments of a new member wait for a moderator, when the others do not."),
    )

    panels = (FieldPanel("moderation"), FieldPanel("first_held"))

    class Meta:
        verbose_name = _("conversation settings")
        verbose_name_plural = _("conversation settings")

    def __str__(self) -> str:
        return str(self.get_moderation_display())

"""The short forms. What is typed is never lost: a refused form comes back as it was, files included."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.choices import CallableChoiceIterator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.rich_text import get_rich_text_editor_widget
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.images.fields import WagtailImageField

from common.models import Commune, Theme
from common.models.themes import Family
from events.models import Format
from home.captions import read_captions
from home.films import inspect, megabytes

from .uploads import KeptFileInput

if TYPE_CHECKING:
    from collections.abc import Iterator

TITLE_LENGTH = 110
SUMMARY_LENGTH = 300
RICH_FEATURES = ["bold", "italic", "ul", "ol", "link"]
MAX_THEMES = 3


def themes_by_family() -> Iterator[tuple[str, Any]]:
    """The themes as a select box groups them."""
    themes = list(Theme.objects.all())
    yield "", _("Choose…")
    for family in Family:
        yield str(family.label), [(theme.pk, theme.name) for theme in themes if theme.family == family]


class ThemeField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """The one theme that gives a page its pip."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Theme.objects.all(), label=gettext_lazy("Theme"), **kwargs)

    def _get_choices(self) -> CallableChoiceIterator:
        return CallableChoiceIterator(themes_by_family)

    choices = property(_get_choices, forms.ChoiceField.choices.fset)  # type: ignore[union-attr]


class LocalDateTimeInput(forms.DateTimeInput):
    """The browser's own box for a day and a time."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class DayInput(forms.DateInput):
    """The browser's own box for a day."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class QuickForm(forms.Form):
    """A title and a telling sentence; `optional_in_draft` may wait until publication."""

    optional_in_draft: tuple[str, ...] = ("summary",)

    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=TITLE_LENGTH,
        help_text=gettext_lazy("What one will remember. 75 characters fit on one line of a shared link."),
    )
    summary = forms.CharField(
        label=gettext_lazy("Telling sentence"),
        max_length=SUMMARY_LENGTH,
        widget=AdminAutoHeightTextInput,
        help_text=gettext_lazy(
            "One sentence for lists, search engines and shared links. It says what one learns."
        ),
    )

    def __init__(self, *args: Any, draft: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.draft = draft
        if draft:
            for name in self.optional_in_draft:
                self.fields[name].required = False

    def remember_files(self) -> None:
        """Keep the files that were accepted, since the form goes back to its author."""
        for name, field in self.fields.items():
            if isinstance(field.widget, KeptFileInput) and name not in self.errors:
                sent = field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
                if sent:
                    field.widget.remember(sent)


class NewsForm(QuickForm):
    """A news item."""

    text = forms.CharField(
        label=gettext_lazy("Text"),
        help_text=gettext_lazy("The news first, then what led to it. Links go on the words they explain."),
    )
    picture = WagtailImageField(
        label=gettext_lazy("Picture"),
        required=False,
        widget=KeptFileInput(attrs={"accept": "image/*"}),
    )
    picture_text = forms.CharField(
        label=gettext_lazy("What the picture shows"),
        required=False,
        max_length=255,
        help_text=gettext_lazy("Read aloud to those who do not see it. Empty: it only decorates."),
    )
    themes = forms.ModelMultipleChoiceField(
        Theme.objects.all(),
        label=gettext_lazy("Themes"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Three at most."),
    )
    published_on = forms.DateField(label=gettext_lazy("Dated"), widget=DayInput, initial=timezone.localdate)
    optional_in_draft = ("summary", "text")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        editor = get_rich_text_editor_widget(features=RICH_FEATURES)
        editor.options["ariaLabelledBy"] = "id_text-label"
        self.fields["text"].widget = editor
        self.fields["picture"].help_text = _(
            "Ours only, at least 1,440 pixels wide. A news item lives well without."
        )

    def clean_themes(self) -> Any:
        themes = self.cleaned_data["themes"]
        if len(themes) > MAX_THEMES:
            raise ValidationError(_("Three themes at most: beyond that, none stands out."))
        return themes


class VideoForm(QuickForm):
    """A video: our own file, or an address elsewhere."""

    film = forms.FileField(
        label=gettext_lazy("Film"),
        required=False,
        widget=KeptFileInput(attrs={"accept": "video/mp4,video/webm,.mp4,.webm"}),
    )
    address = forms.URLField(
        label=gettext_lazy("… or its address elsewhere"),
        required=False,
        assume_scheme="https",
        help_text=gettext_lazy(
            "PeerTube, YouTube, Vimeo… Nothing is loaded from there before a visitor clicks."
        ),
    )
    captions = forms.FileField(
        label=gettext_lazy("Captions"),
        required=False,
        widget=KeptFileInput(attrs={"accept": ".vtt,.srt,text/vtt"}),
        help_text=gettext_lazy(
            "WebVTT (.vtt) or SubRip (.srt), in the language spoken. Compulsory for what is ours."
        ),
    )
    poster = WagtailImageField(
        label=gettext_lazy("Poster"),
        required=False,
        widget=KeptFileInput(attrs={"accept": "image/*"}),
    )
    transcript = forms.CharField(
        label=gettext_lazy("Transcript"),
        required=False,
        widget=AdminAutoHeightTextInput,
        help_text=gettext_lazy(
            "What is said and what is shown. Search engines read it, deaf and blind people too."
        ),
    )
    lead_theme = ThemeField(help_text=gettext_lazy("Its family gives the card its pip and colour."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        film, limit = self.fields["film"], settings.FILM_MAX_UPLOAD_SIZE
        film.widget.attrs["data-max-size"] = limit
        film.help_text = _("MP4 (H.264) or WebM, %(limit)s at most.") % {"limit": megabytes(limit)}
        # Wagtail's image field speaks of formats; ours says what to choose.
        self.fields["poster"].help_text = _(
            "What one sees before playing. Without one, a card of the theme’s colour is drawn."
        )

    def clean_film(self) -> Any:
        film = self.cleaned_data["film"]
        self.cleaned_data["duration"] = inspect(film).duration if film else None
        return film

    def clean_captions(self) -> str:
        file = self.cleaned_data["captions"]
        if not file:
            return ""
        file.seek(0)
        return read_captions(file.read())

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        film, address = cleaned.get("film"), cleaned.get("address")
        if film and address:
            self.add_error("address", _("Give a file or an address, one of the two."))
        elif not (film or address or self.draft or {"film", "address"} & self.errors.keys()):
            self.add_error("film", _("Give a file or an address, one of the two."))
        return cleaned


class EventForm(QuickForm):
    """An event. Without a place it happens on line."""

    format = forms.ChoiceField(label=gettext_lazy("Format"), choices=Format)
    lead_theme = ThemeField(help_text=gettext_lazy("Its family gives the card its pip and colour."))
    starts_at = forms.DateTimeField(label=gettext_lazy("Starts"), widget=LocalDateTimeInput)
    ends_at = forms.DateTimeField(label=gettext_lazy("Ends"), widget=LocalDateTimeInput)
    place = forms.CharField(
        label=gettext_lazy("Place"),
        required=False,
        max_length=150,
        help_text=gettext_lazy("The name of the place. Empty: it happens on line."),
    )
    commune = forms.ModelChoiceField(
        Commune.objects.all(),
        label=gettext_lazy("Commune"),
        required=False,
        empty_label=gettext_lazy("On line"),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        starts, ends = cleaned.get("starts_at"), cleaned.get("ends_at")
        if starts and ends and ends <= starts:
            self.add_error("ends_at", _("It ends before it starts."))
        if cleaned.get("place") and not cleaned.get("commune") and "commune" not in self.errors:
            self.add_error("commune", _("Which commune is this place in? Meetings are counted by commune."))
        if cleaned.get("commune") and not cleaned.get("place") and "place" not in self.errors:
            self.add_error("place", _("Where in this commune?"))
        return cleaned

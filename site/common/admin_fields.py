"""Form fields for what the database keeps as JSON: names in several languages, lists of lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminAutoHeightTextInput

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.utils.safestring import SafeString


class TranslatedWidget(forms.MultiWidget):
    """One box a language, each with the language's name."""

    template_name = "wagtailadmin/widgets/translated.html"

    def __init__(self, *, long: bool = False, attrs: dict[str, Any] | None = None) -> None:
        box = AdminAutoHeightTextInput if long else forms.TextInput
        super().__init__({code: box(attrs={"lang": code}) for code, _name in settings.LANGUAGES}, attrs)

    def decompress(self, value: dict[str, str] | None) -> list[str]:
        texts = value or {}
        return [texts.get(code, "") for code, _name in settings.LANGUAGES]

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        texts = value if isinstance(value, list) else self.decompress(value)
        shared = {**self.attrs, **(attrs or {})}
        boxes = []
        for (code, language), box, text in zip(settings.LANGUAGES, self.widgets, texts, strict=True):
            box_id = f"{shared.get('id', name)}_{code}"
            html = box.render(f"{name}_{code}", text, {**shared, **box.attrs, "id": box_id}, renderer)
            boxes.append({"id": box_id, "language": language, "html": html})
        return render_to_string(self.template_name, {"boxes": boxes})


class TranslatedField(forms.MultiValueField):
    """A text in each language, cleaned to `{"fr": "…", "en": "…"}`; French is compulsory."""

    def __init__(self, *, long: bool = False, **kwargs: Any) -> None:
        incomplete = {"incomplete": _("Give at least the French text.")}
        fields = [
            forms.CharField(required=code == settings.LANGUAGE_CODE, error_messages=incomplete)
            for code, _name in settings.LANGUAGES
        ]
        kwargs.setdefault("widget", TranslatedWidget(long=long))
        super().__init__(fields, require_all_fields=False, **kwargs)

    def compress(self, data_list: Sequence[str]) -> dict[str, str]:
        codes = [code for code, _name in settings.LANGUAGES]
        return {code: text for code, text in zip(codes, data_list, strict=False) if text}

    def has_changed(self, initial: Any, data: Any) -> bool:
        texts = dict(zip([code for code, _name in settings.LANGUAGES], data or [], strict=False))
        return {code: text for code, text in texts.items() if text} != (initial or {})


class LinesField(forms.CharField):
    """A list of short texts, one a line."""

    widget = AdminAutoHeightTextInput

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        if isinstance(value, list):
            return value
        lines = (line.strip() for line in (value or "").splitlines())
        return [line for line in lines if line]

    def validate(self, value: Any) -> None:
        if self.required and not value:
            raise ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value: Any) -> None:
        for line in value:
            super().run_validators(line)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.to_python(data) != (initial or []))

"""The form by which staff bring a file in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from toolbox.models import ImportRun

from .reading import MOST_BYTES

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

SUFFIXES = (".csv", ".txt", ".tsv", ".xlsx")


class ImportForm(forms.ModelForm[ImportRun]):
    """A file, and what becomes of it. A trial comes first, by default."""

    table = forms.FileField(
        label=_("File"),
        help_text=_(
            "CSV or Excel (.xlsx), 25 MB and 20,000 lines at most; its first line names the columns."
        ),
        widget=forms.FileInput(attrs={"accept": ",".join(SUFFIXES)}),
    )

    class Meta:
        model = ImportRun
        fields: ClassVar[list[str]] = ["kind", "trial", "publish"]
        widgets: ClassVar[dict[str, Any]] = {"kind": forms.RadioSelect}
        help_texts: ClassVar[dict[str, Any]] = {
            "trial": _("Reads everything and says what it would do, line by line; writes nothing."),
            "publish": _("Otherwise what is new stays a draft, to be read again and published one by one."),
        }

    field_order = ("kind", "table", "trial", "publish")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].initial = ImportRun._meta.get_field("kind").choices[0][0]  # type: ignore[index]
        self.fields["trial"].initial = True

    def clean_table(self) -> UploadedFile[bytes]:
        file: UploadedFile[bytes] = self.cleaned_data["table"]
        name = str(file.name).lower()
        if not name.endswith(SUFFIXES):
            raise forms.ValidationError(
                _("“%(name)s” is neither CSV nor Excel (.xlsx): save it as one of them."),
                params={"name": str(file.name)[:80]},
            )
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(_("The file is over 25 MB: cut it into several."))
        return file

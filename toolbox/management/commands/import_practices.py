"""Bring practices in by file."""

from __future__ import annotations

from toolbox.importing.command import ImportCommand
from toolbox.models import Contribution


class Command(ImportCommand):
    help = "Bring practices in from a CSV or XLSX file: a report line by line, safe to run twice."
    kind = Contribution.Kind.PRACTICE

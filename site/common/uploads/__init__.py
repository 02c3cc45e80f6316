"""Files are looked at before they are kept (decision 20)."""

from .inspection import Inspection, inspect
from .refusals import RefusedFile

__all__ = ["Inspection", "RefusedFile", "inspect"]

"""Why a file is not taken: a sentence for who sent it, which says what to do."""

from __future__ import annotations


class RefusedFile(Exception):  # noqa: N818 (it reads as what it is)
    """The file is not kept; `message` can be shown to who sent it. `code` is for logs and tests."""

    def __init__(self, message: str, code: str = "refused") -> None:
        super().__init__(message)
        self.message = message
        self.code = code

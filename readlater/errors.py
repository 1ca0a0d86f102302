"""The tree of expected errors: a code and arguments, never a sentence for a person."""

from __future__ import annotations

from readlater.article import Problem


class ReadLaterError(Exception):
    """An expected error; `words.sentence(error.problem)` says it to a person.

    ReadLaterError
    ├── InputError        what a person gave cannot be used
    ├── FetchError        nothing came from the web; `passing` when it may come later
    ├── ExtractionError   the worker died of the page, or ran out of time or memory
    ├── LibraryError      the library's folder or database cannot be used
    └── SettingsError     a setting's name or value is wrong
    """

    def __init__(self, code: str, **args: str | int | float) -> None:
        super().__init__(code, args)
        self.problem = Problem(code, args)

    @property
    def code(self) -> str:
        """The code of the sentence in `words`."""
        return self.problem.code


class InputError(ReadLaterError):
    """What a person gave cannot be used; nothing was changed."""


class FetchError(ReadLaterError):
    """Nothing came. `retry_after_s` is what the server asked for (Retry-After), if it did."""

    def __init__(
        self,
        code: str,
        *,
        passing: bool = False,
        retry_after_s: float | None = None,
        **args: str | int | float,
    ) -> None:
        super().__init__(code, **args)
        self.passing = passing
        self.retry_after_s = retry_after_s


class ExtractionError(ReadLaterError):
    """The worker could not make an article; what came is kept raw."""


class LibraryError(ReadLaterError):
    """The library's folder or database cannot be used."""


class SettingsError(ReadLaterError):
    """A setting's name or value is wrong."""

"""Every exception the library raises.

    TalentServiceError
    ├── InputError (ValueError)          a value handed in is wrong
    │   ├── WrongType                    not the type that is due (a number for a date, True for a count)
    │   ├── InvalidDate                  malformed, ambiguous or out of range
    │   ├── NaiveDatetime                a time without a zone
    │   ├── DateOrder                    the end lies before the start
    │   ├── InvalidNumber                not finite, out of range, reversed range
    │   ├── InvalidText                  forbidden characters, too long, empty
    │   ├── InvalidIdentifier            credit code, identity number, phone, ticket number
    │   ├── TableError                   a table to be read is not one (encoding, columns, size)
    │   ├── FormError                    values a form does not take; holds every problem found
    │   └── FileRefused                  a file that is not what it says, or that is not safe to open
    ├── CalendarCoverageError            the day lies outside the published holiday notices
    ├── RegionFileError                  a region's files are wrong; holds every Problem found
    ├── UnknownName (LookupError)        no such region, rule, clause, reading …; says what there is
    ├── NotInForce                       the document was not in force on that day
    ├── MissingParameter                 the text prints no value and none was supplied
    ├── FlowError                        a command a ticket's flow refuses
    │   ├── WrongState                   the step does not start from the ticket's state
    │   ├── WrongRole                    the role may not take the step
    │   ├── MissingData                  the step needs data that was not given
    │   ├── ConditionNotMet              the step's own condition says no, or cannot be decided
    │   ├── StaleVersion                 the ticket has moved since it was read
    │   └── CommandReused                one command id, two different commands
    ├── PluginError                      a plugin failed; names the stage
    └── MissingExtra (ImportError)       an optional package is not installed

Each has a stable ``code``, a text in English and in Chinese, and never repeats a personal value.
"""

from typing import ClassVar, Literal

Lang = Literal["zh", "en"]


class TalentServiceError(Exception):
    """Root of the tree: ``en`` and ``zh`` say the same thing, ``code`` is for programs."""

    code: ClassVar[str] = "error"

    def __init__(self, en: str, zh: str, *, code: str | None = None) -> None:
        super().__init__(en, zh)
        self.en = en
        self.zh = zh
        if code is not None:
            self.code = code  # type: ignore[misc]  # an instance may name its case more closely

    def message(self, lang: Lang = "en") -> str:
        """The text in one language."""
        return self.zh if lang == "zh" else self.en

    def __str__(self) -> str:
        return self.en

    def __reduce__(self) -> tuple[object, ...]:
        return _restored, (type(self), self.args, self.__dict__)


def _restored(cls: type[TalentServiceError], args: tuple[object, ...], state: dict[str, object]) -> TalentServiceError:
    """An error as it was pickled; the constructors differ, the state does not."""
    error = cls.__new__(cls, *args)
    error.__dict__.update(state)
    return error


class InputError(TalentServiceError, ValueError):
    """A value handed in is wrong; nothing was changed."""

    code = "input"


class WrongType(InputError):
    """The value is not of the type that is due."""

    code = "wrong-type"


class InvalidDate(InputError):
    """The date is malformed, ambiguous, or outside 2000-01-01 to 2100-12-31."""

    code = "invalid-date"


class NaiveDatetime(InputError):
    """A point in time came without a time zone."""

    code = "naive-datetime"


class DateOrder(InputError):
    """The end lies before the start."""

    code = "date-order"


class InvalidNumber(InputError):
    """The number is not finite, out of range, or the range is reversed."""

    code = "invalid-number"


class InvalidText(InputError):
    """The text is empty, too long, or holds characters that must not be stored."""

    code = "invalid-text"


class InvalidIdentifier(InputError):
    """A credit code, identity number, phone or ticket number is malformed."""

    code = "invalid-identifier"


class TableError(InputError):
    """A table cannot be read at all (single bad rows are reported, not raised)."""

    code = "table"


class FormError(InputError):
    """Values do not fit a form, or the form fits no file; ``problems`` holds every one that could be found.

    `code` says which: form, or too-large where a file of that kind holds no more; then there may be no `problems`.
    """

    code = "form"

    def __init__(self, en: str, zh: str, problems: tuple[object, ...] = (), *, code: str | None = None) -> None:
        super().__init__(en, zh, code=code)
        self.problems = problems


class FileRefused(InputError):
    """A file is not what it says it is, or not safe to open: nothing was read from it.

    `code` says which: file-type, damaged, encrypted, unsafe-archive, unsafe-xml, macro, external-link, embedded, too-large;
    of a form also other-form, other-version.
    """

    code = "file"


class CalendarCoverageError(TalentServiceError):
    """The answer needs a day no published holiday notice covers."""

    code = "calendar-coverage"


class RegionFileError(TalentServiceError):
    """A region's files are wrong; ``problems`` holds every one that could be found."""

    code = "region-file"

    def __init__(self, en: str, zh: str, problems: tuple[object, ...] = ()) -> None:
        super().__init__(en, zh)
        self.problems = problems


class UnknownName(TalentServiceError, LookupError):
    """Nothing has that name; the text says what there is and what may have been meant."""

    code = "unknown-name"


class NotInForce(TalentServiceError):
    """The document was not in force on that day; ``as_if_in_force`` answers all the same and says so."""

    code = "not-in-force"


class MissingParameter(TalentServiceError):
    """The text prints no value: the deployer has to supply one."""

    code = "missing-parameter"


class FlowError(TalentServiceError):
    """A ticket's flow refuses the command; the ticket is unchanged."""

    code = "flow"


class WrongState(FlowError):
    """The step does not start from the ticket's present state."""

    code = "wrong-state"


class WrongRole(FlowError):
    """The role may not take the step."""

    code = "wrong-role"


class MissingData(FlowError):
    """The step needs data that was not given."""

    code = "missing-data"


class ConditionNotMet(FlowError):
    """The step's condition says no, or lacks what it needs to say yes."""

    code = "condition-not-met"


class StaleVersion(FlowError):
    """The ticket is not at the version the command expects."""

    code = "stale-version"


class CommandReused(FlowError):
    """The command id was used before, for something else."""

    code = "command-reused"


Stage = Literal["discover", "import", "register", "api", "load"]


class PluginError(TalentServiceError):
    """A plugin failed: ``region`` and ``distribution`` say whose, ``stage`` says where."""

    code = "plugin"

    def __init__(self, en: str, zh: str, *, region: str, distribution: str, stage: Stage) -> None:
        super().__init__(en, zh)
        self.region = region
        self.distribution = distribution
        self.stage: Stage = stage


class MissingExtra(TalentServiceError, ImportError):
    """An optional package is not installed; the text names the extra that brings it."""

    code = "missing-extra"

    def __init__(self, package: str, extra: str) -> None:
        super().__init__(
            f"this needs the package {package}; install talentservice[{extra}]",
            f"需要安装 {package}：请安装 talentservice[{extra}]",
        )


def did_you_mean(name: str, known: list[str]) -> str | None:
    """The known name nearest to a misspelt one, or None."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(name, known, n=1, cutoff=0.6)), None)


def unknown(what_en: str, what_zh: str, name: str, known: list[str]) -> UnknownName:
    """An UnknownName that lists what there is and suggests the nearest."""
    near = did_you_mean(name, known)
    listed = ", ".join(known) or "none"
    en = f"no {what_en} {name!r}; there is: {listed}" + (f". Did you mean {near!r}?" if near else "")
    zh = f"没有{what_zh}“{name}”；现有：{'、'.join(known) or '无'}" + (f"。是否指“{near}”？" if near else "")
    return UnknownName(en, zh)

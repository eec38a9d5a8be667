"""A form's values as a pydantic model: validation, JSON Schema and attribute access come from the one definition."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Annotated, Any, Literal

from attrs import field as attribute
from attrs import frozen
from pydantic import BaseModel, BeforeValidator, Field, ValidationError, create_model
from pydantic.config import JsonDict

from talentservice.cells import shown
from talentservice.errors import FormError, TalentServiceError, did_you_mean
from talentservice.forms.due import due, wrong
from talentservice.forms.entries import FIRST, LAST, LAST_ORDINAL
from talentservice.forms.fields import NO_VALUE, FormField
from talentservice.forms.nesting import Nested, put, undotted
from talentservice.forms.spec import FormFile
from talentservice.forms.values import accept
from talentservice.labels import Label, as_label
from talentservice.steps import Step
from talentservice.strict import Strict

LONGEST_KEY = 120
MONTH = Annotated[str, Field(pattern=r"^\d{4}-\d{2}$")]
_TYPES: Mapping[str, Any] = {
    "date": date,
    "date-or-month": date | MONTH,
    "year-month": MONTH,
    "year": Annotated[int, Field(ge=FIRST, le=LAST)],
    "integer": Annotated[int, Field(ge=0)],
    "ordinal": Annotated[int, Field(ge=1, le=LAST_ORDINAL)],
    "decimal": Decimal,
    "percent": Decimal,
    "bool": bool,
    "unit-list": list[str],
    "text-list": list[str],
}


@frozen
class FieldProblem:
    """What is wrong with one value; `where` names a cell or a line of a file in both languages, or the value's path."""

    where: Label = attribute(converter=as_label)
    key: str
    label: Label
    en: str
    zh: str

    def line(self, lang: str) -> str:
        """The problem in one line."""
        return (
            f"{self.where.zh}（{self.label.zh}）：{self.zh}"
            if lang == "zh"
            else f"{self.where.en} ({self.label.en}): {self.en}"
        )

    def to_dict(self) -> dict[str, object]:
        """The problem as plain data."""
        return {
            "where": self.where.model_dump(),
            "field": self.key,
            "label": self.label.model_dump(),
            "en": self.en,
            "zh": self.zh,
        }


def problem(
    where: str | Label, key: str, field: FormField, error: TalentServiceError, found: object = None
) -> FieldProblem:
    """The problem of one field: the error, which itself never repeats a value, and what was found, unless it is personal."""
    en, zh = error.en, error.zh
    if found is not None and not field.personal:
        lines = (" ".join(line.split()) for line in str(found).splitlines())
        told = shown("⏎".join(lines))
        en, zh = f"{en}, got '{told}'", f"{zh}，实为“{told}”"
    return FieldProblem(where, key, field.label, en, zh)


def lacking(step: Step) -> FieldProblem:
    """A step of a form's check as a problem of the field it names."""
    at, clause, label = step.facts["where"], step.facts["clause"], step.facts["field"]
    assert isinstance(at, str) and isinstance(label, Label)  # noqa: S101, PT018  # as the check tells it
    en, zh = ("is missing", "未填写") if step.kind == "lacking" else ("does not add up", "合计不符")
    return FieldProblem(at, at, label, f"{en} [{clause}]", f"{zh}〔{clause}〕")


def refused(problems: Sequence[FieldProblem]) -> FormError:
    """The error that holds every problem found."""
    en, zh = ("\n".join(p.line(lang) for p in problems) for lang in ("en", "zh"))
    return FormError(en, zh, tuple(problems))


def model_of(form: FormFile, shift: int = 0) -> type[BaseModel]:
    """The model of a form's values: nested by the parts of a field's id, a list for repeated groups, a table by year.

    Every value may be absent; what a form must have is told by its check. `shift` moves the years on.
    """
    tree: Nested = {}
    for group in form.groups:
        kept: Nested = {} if group.repeat or group.all_years else tree
        for field in group.fields:
            if field.type not in NO_VALUE:
                put(kept, field.id, _leaf(field))
        if group.repeat:
            row = _model(f"{form.id}.{group.at}", kept)
            put(tree, group.at, (list[row], {"default": [], "title": group.label.zh}))  # type: ignore[valid-type]  # made here
        elif group.all_years:
            row = _model(f"{form.id}.{group.at}", kept)
            each: Nested = {str(year + shift): (row | None, {}) for year in group.all_years}
            years = _model(f"{form.id}.{group.at}.years", each)
            put(tree, group.at, (years | None, {"title": group.label.zh}))
    return _model(form.id, tree)


def _model(name: str, tree: Mapping[str, Any]) -> type[BaseModel]:
    fields: Nested = {}
    for key, leaf in tree.items():
        kind, more = (_model(f"{name}.{key}", leaf) | None, {}) if isinstance(leaf, dict) else leaf
        # A year, or a name that every model has: data and schema keep the form's own.
        attribute = f"y{key}" if key[0].isdigit() else f"{key}_" if hasattr(Strict, key) else key
        alias = {} if attribute == key else {"alias": key}
        fields[attribute] = (kind, Field(**{"default": None, **more, **alias}))
    return create_model(name, __base__=Strict, **fields)


def _leaf(field: FormField) -> tuple[Any, Nested]:
    kind = _TYPES.get(field.type, str)
    if field.choices:
        one: Any = Literal[tuple(field.choices)]
        one = one | str if field.other else one
        kind = list[one] if field.type == "multi-choice" else one
    what = due(field)
    extra: JsonDict = {"x-unit": field.unit} if field.unit else {}
    more: Nested = {"default": field.constant, "title": field.label.zh, "description": f"{what.zh} / {field.label.en}: {what.en}", "repr": not field.personal, "json_schema_extra": extra}  # fmt: skip
    return Annotated[kind | None, BeforeValidator(partial(accept, field))], more


def validated(form: FormFile, model: type[BaseModel], data: Mapping[str, Any], shift: int = 0) -> BaseModel:
    """The values as the form's model; keys may be nested, or written with dots.

    Raises:
        FormError: holds every problem.
    """
    clashes: list[str] = []
    tree = undotted(data, clashes)
    problems = [_shape(c, "it is given twice, or under a value", "重复给出，或写在一个值之下") for c in clashes]
    try:
        found = model.model_validate(tree)
    except ValidationError as error:
        problems += [_told(row, form, shift) for row in error.errors(include_url=False)]
        raise refused(problems) from None
    if problems:
        raise refused(problems)
    return found


def _fields(form: FormFile, shift: int) -> Iterator[tuple[str, FormField]]:
    """Each field by its path, that of a repeated one without its number."""
    for group, field in form.entries():
        if group.all_years:
            yield from ((f"{group.at}.{year + shift}.{field.id}", field) for year in group.all_years)
        else:
            yield (f"{group.at}.{field.id}" if group.repeat else field.id), field


def _told(row: Any, form: FormFile, shift: int) -> FieldProblem:  # pydantic's ErrorDetails
    where = shown(".".join(str(p) for p in row["loc"]), LONGEST_KEY)
    path = ".".join(p for p in row["loc"] if isinstance(p, str))  # without the numbers of rows
    fields = dict(_fields(form, shift))
    field = next((f for p, f in fields.items() if path == p or path.startswith(f"{p}.")), None)
    if field is not None:
        cause, found = row.get("ctx", {}).get("error"), row.get("input")
        error = cause if isinstance(cause, TalentServiceError) else wrong(field)
        return problem(where, where, field, error, found if isinstance(found, str | int | Decimal | date) else None)
    if row["type"] == "extra_forbidden":
        en, zh = _meant(path, form, list(fields), shift)
        return _shape(where, f"the form has no such field{en}", f"表中没有此栏目{zh}", "多出", "unknown")
    en, zh = ("a list of rows", "列表，每行一项") if row["type"] == "list_type" else ("a table", "表（键与值）")
    return _shape(where, f"{en} is due", f"应为{zh}")


def _shape(where: str, en: str, zh: str, label_zh: str = "结构", label_en: str = "shape") -> FieldProblem:
    return FieldProblem(where, where, Label(zh=label_zh, en=label_en), en, zh)


def _meant(path: str, form: FormFile, fields: list[str], shift: int) -> tuple[str, str]:
    """What a name that the form does not have was likely meant for."""
    for group in form.groups:
        if group.all_years and path.rpartition(".")[0] == group.at:
            years = [str(year + shift) for year in group.all_years]
            return f"; its years are {', '.join(years)}", f"；表中年份：{'、'.join(years)}"
    stems = {".".join(f.split(".")[:n]) for f in fields for n in range(1, f.count(".") + 1)}
    near = did_you_mean(path, [*fields, *sorted(stems)])
    return (f"; did you mean {near!r}?", f"；是否指“{near}”？") if near else ("", "")

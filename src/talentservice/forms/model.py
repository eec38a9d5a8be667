"""A form's values as a pydantic model: validation, JSON Schema and attribute access come from the one definition."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Annotated, Any, Literal

from attrs import frozen
from pydantic import BaseModel, BeforeValidator, Field, ValidationError, create_model
from pydantic.config import JsonDict

from talentservice.errors import FormError, InputError, TalentServiceError, did_you_mean
from talentservice.forms.due import due
from talentservice.forms.fields import NO_VALUE, FormField
from talentservice.forms.spec import FormFile, FormGroup
from talentservice.forms.values import accept
from talentservice.labels import Label
from talentservice.steps import Step
from talentservice.strict import Strict

Nested = dict[str, Any]
MONTH = Annotated[str, Field(pattern=r"^\d{4}-\d{2}$")]
_TYPES: Mapping[str, Any] = {
    "date": date,
    "date-or-month": date | MONTH,
    "year-month": MONTH,
    "year": int,
    "integer": Annotated[int, Field(ge=0)],
    "ordinal": Annotated[int, Field(ge=1)],
    "decimal": Decimal,
    "percent": Decimal,
    "bool": bool,
    "unit-list": list[str],
    "text-list": list[str],
}


@frozen
class FieldProblem:
    """What is wrong with one value: `where` names a cell or a line of a file, or the value's path; texts in both languages."""

    where: str
    key: str
    label: Label
    en: str
    zh: str

    def line(self, lang: str) -> str:
        """The problem in one line."""
        return (
            f"{self.where}（{self.label.zh}）：{self.zh}"
            if lang == "zh"
            else f"{self.where} ({self.label.en}): {self.en}"
        )

    def to_dict(self) -> dict[str, object]:
        """The problem as plain data."""
        return {"where": self.where, "field": self.key, "label": self.label.model_dump(), "en": self.en, "zh": self.zh}


def problem(where: str, key: str, field: FormField, error: TalentServiceError, found: object = None) -> FieldProblem:
    """The problem of one field; what was found is told, unless it is personal."""
    told = "" if found is None or field.personal else str(found)[:40] + ("…" if len(str(found)) > 40 else "")  # noqa: PLR2004  # what fits a line
    en, zh = (f"{error.en}, got '{told}'", f"{error.zh}，实为“{told}”") if told else (error.en, error.zh)
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
    tree: dict[str, Any] = {}
    for group in form.groups:
        kept = {f.id: _leaf(f) for f in group.fields if f.type not in NO_VALUE}
        if group.repeat:
            row = _model(f"{form.id}.{group.at}", kept)
            _put(tree, group.at, (list[row], Field(default=[], title=group.label.zh)))  # type: ignore[valid-type]  # made here
        elif group.all_years:
            row = _model(f"{form.id}.{group.at}", kept)
            each = {f"y{y + shift}": (row | None, Field(default=None, alias=str(y + shift))) for y in group.all_years}
            years = _model(f"{form.id}.{group.at}.years", each)
            _put(tree, group.at, (years | None, Field(default=None, title=group.label.zh)))
        else:
            for name, leaf in kept.items():
                _put(tree, name, leaf)
    return _model(form.id, tree)


def _put(tree: dict[str, Any], path: str, leaf: object) -> None:
    *stems, last = path.split(".")
    for stem in stems:
        tree = tree.setdefault(stem, {})
    tree[last] = leaf


def _model(name: str, tree: Mapping[str, Any]) -> type[BaseModel]:
    fields: dict[str, Any] = {
        key: (_model(f"{name}.{key}", leaf) | None, None) if isinstance(leaf, dict) else leaf
        for key, leaf in tree.items()
    }
    return create_model(name, __base__=Strict, **fields)


def _leaf(field: FormField) -> tuple[Any, Any]:
    kind = _TYPES.get(field.type, str)
    if field.choices:
        one: Any = Literal[tuple(field.choices)]
        one = one | str if field.other else one
        kind = list[one] if field.type == "multi-choice" else one
    what = due(field)
    extra: JsonDict = {"x-unit": field.unit} if field.unit else {}
    # Of a single choice there is nothing to choose: the form prints it.
    default = field.choices[0] if field.type == "choice" and len(field.choices) == 1 and not field.other else None
    schema = Field(default=default, title=field.label.zh, description=f"{field.label.en}: {what.en}", repr=not field.personal, json_schema_extra=extra)  # fmt: skip
    return Annotated[kind | None, BeforeValidator(partial(accept, field))], schema


def validated(form: FormFile, model: type[BaseModel], data: Mapping[str, Any], shift: int = 0) -> BaseModel:
    """The values as the form's model; keys may be nested, or written with dots.

    Raises:
        FormError: holds every problem.
    """
    try:
        return model.model_validate(undotted(data))
    except ValidationError as error:
        fields = dict(_fields(form, shift))
        raise refused([_told(row, fields) for row in error.errors(include_url=False)]) from None


def undotted(data: Mapping[str, Any]) -> Nested:
    """The data with keys such as ``enterprise.name`` taken apart."""
    nested: Nested = {}
    for key, value in data.items():
        inner = undotted(value) if isinstance(value, Mapping) else value
        *stems, last = str(key).split(".")
        place = nested
        for stem in stems:
            place = place.setdefault(stem, {})
            if not isinstance(place, dict):
                raise InputError(f"{key!r} stands under a value", f"“{key}”写在一个值之下")
        if isinstance(inner, dict) and isinstance(place.get(last), dict):
            place[last] |= inner
        else:
            place[last] = inner
    return nested


def _fields(form: FormFile, shift: int) -> Iterator[tuple[str, FormField]]:
    """Each field by its path, that of a repeated one without its number."""
    for group, field in form.entries():
        if group.all_years:
            yield from ((f"{group.at}.{year + shift}.{field.id}", field) for year in group.all_years)
        else:
            yield (f"{group.at}.{field.id}" if group.repeat else field.id), field


def _told(row: Any, fields: Mapping[str, FormField]) -> FieldProblem:  # pydantic's ErrorDetails
    place = [str(p) for p in row["loc"]]
    where = ".".join(place)
    known = ".".join(p for p in place if not (p.isdigit() and len(p) < 4))  # noqa: PLR2004  # a row's number, not a year
    field = next((f for path, f in fields.items() if known == path or known.startswith(f"{path}.")), None)
    if field is not None:
        cause = row.get("ctx", {}).get("error")
        what = due(field)
        error = cause if isinstance(cause, TalentServiceError) else InputError(f"{what.en} is due", f"应为{what.zh}")
        found = row.get("input")
        return problem(where, where, field, error, found if isinstance(found, str | int | Decimal) else None)
    near = did_you_mean(known, list(fields))
    hint_en, hint_zh = (f"; did you mean {near!r}?", f"；是否指“{near}”？") if near else ("", "")
    if row["type"] == "extra_forbidden":
        return FieldProblem(
            where,
            where,
            Label(zh="多出", en="unknown"),
            f"the form has no such field{hint_en}",
            f"表中没有此栏目{hint_zh}",
        )
    return FieldProblem(
        where, where, Label(zh="结构", en="shape"), f"{row['msg']}{hint_en}", f"结构不符（应为表或列表）{hint_zh}"
    )


def flat(form: FormFile, model: BaseModel, shift: int = 0) -> dict[str, object]:
    """The values by slot, blanks left out: ``enterprise.name``, ``items.0.name``, ``finance.2019.profit``."""
    data = model.model_dump(by_alias=True)
    found: dict[str, object] = {}
    for group in form.groups:
        for at, row in _rows(group, data, shift):
            for field in group.fields:
                value = _get(row, field.id)
                if value is not None and field.type not in NO_VALUE:
                    found[f"{at}{field.id}"] = value
    return found


def counts(form: FormFile, model: BaseModel) -> dict[str, int]:
    """How many rows each repeated group has."""
    data = model.model_dump(by_alias=True)
    return {g.at: len(_get(data, g.at) or ()) for g in form.groups if g.repeat}


def _rows(group: FormGroup, data: Nested, shift: int) -> Iterator[tuple[str, Nested]]:
    if group.repeat:
        yield from ((f"{group.at}.{i}.", row) for i, row in enumerate(_get(data, group.at) or ()))
    elif group.all_years:
        years = _get(data, group.at) or {}
        yield from ((f"{group.at}.{y + shift}.", years.get(str(y + shift)) or {}) for y in group.all_years)
    else:
        yield "", data


def _get(data: Nested, path: str) -> Any:  # a value of the form
    here: Any = data
    for part in path.split("."):
        here = here.get(part) if isinstance(here, dict) else None
    return here


def nested(form: FormFile, found: Mapping[str, object]) -> Nested:
    """Values by slot as the model takes them; rows of which nothing is filled in are left out."""
    out: Nested = {}
    rows: dict[str, dict[int, Nested]] = {}
    repeats = [g.at for g in form.groups if g.repeat]
    for key, value in found.items():
        at = next((r for r in repeats if key.startswith(f"{r}.") and key[len(r) + 1 :].split(".")[0].isdigit()), None)
        if value is None:
            continue
        if at is None:
            _put(out, key, value)
        else:
            number, _, name = key[len(at) + 1 :].partition(".")
            _put(rows.setdefault(at, {}).setdefault(int(number), {}), name, value)
    for at, filled in rows.items():
        _put(out, at, [row for _, row in sorted(filled.items())])
    return out

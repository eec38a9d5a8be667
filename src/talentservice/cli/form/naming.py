"""What a field is called on the terminal: by its label, with its group or row where the label alone would not tell it apart."""

from collections import Counter

from talentservice.errors import Lang
from talentservice.forms import FormField, FormFile, FormGroup
from talentservice.forms.nesting import row_of


def name_of(form: FormFile, slot: str, lang: Lang, *, grouped: bool = False) -> str | None:
    """The name of the field in a slot, rows counted from 1; None where there is no such slot.

    Args:
        form: the form.
        slot: such as ``items.0.phone``.
        lang: of the labels.
        grouped: name the group in any case, as where nothing else says in which part of the form to look.
    """
    at, number, field_id = row_of(slot, [g.at for g in form.groups if g.repeat or g.all_years])
    found = [(g, f) for g in form.groups if number is None or g.at == at for f in g.fields if f.id == field_id]
    if not found:
        return None
    group, field = found[0]
    alone = not grouped and not (group.repeat or (number is None and _elsewhere(form, group, field, lang)))
    before = [] if alone else [group.label.text(lang)]
    if group.repeat and number is not None:
        before = [before[0] + (f"第{number + 1}行" if lang == "zh" else f", row {number + 1}")]
    elif number is not None:
        before.append(f"{number}年" if lang == "zh" else str(number))
    own = [*_head(group, field, lang), field.label.text(lang)]
    return ("·" if lang == "zh" else " · ").join(dict.fromkeys([*before, *own]))


def _elsewhere(form: FormFile, group: FormGroup, field: FormField, lang: Lang) -> bool:
    """Whether a field of another group has the same label; those of rows and years are told apart by these."""
    others = (f for g in form.groups if g is not group and not (g.repeat or g.all_years) for f in g.fields)
    own = field.label.text(lang)
    return not _head(group, field, lang) and any(f.label.text(lang) == own for f in others)


def _head(group: FormGroup, field: FormField, lang: Lang) -> list[str]:
    """Of a label that comes several times in a group, the last one before it that comes once: what the form prints it under."""
    labels = [f.label.text(lang) for f in group.fields]
    times, own = Counter(labels), group.fields.index(field)
    return [name for name in labels[:own] if times[name] == 1][-1:] if times[labels[own]] > 1 else []

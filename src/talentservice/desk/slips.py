"""The slips of a ticket: filled from it when they go out, and the step they stand for when they come back."""

from collections.abc import Mapping
from datetime import date, datetime
from os import PathLike
from typing import TYPE_CHECKING, Any, Union

from attrs import frozen

from talentservice.conditions import fields_of, holds
from talentservice.errors import ConditionNotMet, InputError
from talentservice.flows import Machine, Ticket
from talentservice.flows.machine import RESERVED
from talentservice.forms import FormRule
from talentservice.forms.nesting import field_at
from talentservice.labels import as_label, write
from talentservice.people import Roster
from talentservice.people.identifiers import narrow
from talentservice.strict import day_of

if TYPE_CHECKING:  # what reads forms is loaded where one comes back
    from talentservice.forms.returned import Returned

Filled = Union["Returned", Mapping[str, Any], str, PathLike[str], bytes]


@frozen
class Slip:
    """A slip that came back sound: the ticket it names, what it says by field, and the digest of its file if it came in one."""

    number: str
    says: Mapping[str, Any]
    digest: str


def slip_of(rule: FormRule, ticket: Ticket, known: Mapping[str, object], roster: Roster) -> dict[str, Any]:
    """The values of a ticket's slip: its number, and what the form takes from the ticket and from what else is known.

    Where a unit is printed a post or body of the roster stands by its name, not by its id.
    """
    from talentservice.forms.sources import filled_from, owners

    *stems, last = _number_field(rule).split(".")
    about = {"ticket": ticket} if "ticket" in owners(rule.layout.groups) else {}
    names = {body.id: body.label.zh for body in roster.bodies} | {post.id: post.label.zh for post in roster.posts}
    place = values = filled_from(rule.layout, {**about, **known}, names=names)
    for stem in stems:
        place = place.setdefault(stem, {})
    place[last] = ticket.id
    return values


def came_back(rule: FormRule, filled: Filled) -> Slip:
    """Read what a slip says, from its file, from what was read of it, or from its values.

    Raises:
        WrongType: it is none of them.
        FileRefused: no such file, not safe to open, or another form.
        FormError: values that do not fit, what is lacking and what does not add up, each with its clause; a blank number.
    """
    from talentservice.forms.model import FieldProblem, refused
    from talentservice.forms.nesting import flat
    from talentservice.forms.returned import Returned

    field, form = _number_field(rule), rule.layout
    if isinstance(filled, Mapping):
        filled = Returned(filled)
    returned = filled if isinstance(filled, Returned) else rule.read(filled)
    sound = rule.paper.values(returned.sound(), returned.year).model_dump(by_alias=True)
    values = flat(form, sound, rule.paper.shift(returned.year))
    problems = list(rule.shortcomings(sound, year=returned.year))
    number = values.pop(field, None)
    if number is None and all(p.key != field for p in problems):
        en, zh = "is blank: nothing says which ticket it is about", "空白：无法确定所属工单"
        problems.insert(0, FieldProblem(field, field, form.single[field].label, en, zh))
    if problems:
        raise refused(problems)
    return Slip(narrow(str(number)), values, returned.digest)


def step_of(
    rule: FormRule, machine: Machine, slip: Slip, known: Mapping[str, Any], within: tuple[datetime, datetime]
) -> str:
    """The one step the slip stands for.

    Args:
        rule: the form.
        machine: the flow of the ticket.
        slip: what came back.
        known: what is known of the ticket besides.
        within: when the ticket was submitted, and when the step is taken.

    Raises:
        InputError: the form stands for no step.
        FormError: the day it gives for what was done (`done_on`) lies outside these.
        ConditionNotMet: what the slip says fits none of its steps, or several.
    """
    takes = rule.spec.takes
    if not takes:
        raise InputError(f"the form {rule.id} stands for no step of a ticket", f"表单 {rule.id} 不代表任何环节")
    first, on = map(day_of, within)
    _check_day(rule, slip, first, on)
    tests = {step: machine.step(step).when for step in takes}
    facts = {**known, **slip.says}
    fitting = [step for step, test in tests.items() if test is None or holds(test, facts, on, rule.scope)]
    if len(fitting) == 1 or len(takes) == 1:
        return (fitting or takes)[0]
    asked = dict.fromkeys(name for test in tests.values() if test for name in fields_of(test))
    labels = [f.label if (f := rule.layout.single.get(name)) else as_label(name) for name in asked]
    steps = ", ".join(fitting or takes)
    raise ConditionNotMet(
        f"what the form says of {write(labels, 'en')} fits {'several' if fitting else 'none'} of its steps: {steps}",
        f"按表中{write(labels, 'zh')}的填写，{'可办环节不止一个' if fitting else '没有可办的环节'}：{steps}",
    )


def _check_day(rule: FormRule, slip: Slip, first: date, last: date) -> None:
    """What was done cannot have been done before it was asked for, nor after the slip says so."""
    from talentservice.forms.model import FieldProblem, refused

    name = rule.spec.done_on
    day = slip.says.get(name) if name else None
    if name is None or day is None or first <= day <= last:
        return
    en = f"the day lies outside {first} (the ticket was submitted) to {last} (the slip was taken back), got {day}"
    zh = f"应在工单提交日 {first} 至收回日 {last} 之间，实为 {day}"
    raise refused([FieldProblem(name, name, rule.layout.single[name].label, en, zh)])


def data_of(rule: FormRule, machine: Machine, slip: Slip) -> dict[str, Any]:
    """What of the slip goes into the record: personal values stay on paper, unless one of its steps asks for them."""
    steps = [machine.step(step) for step in rule.spec.takes]
    asked = {name for s in steps for name in (*s.needs, s.parts, *(fields_of(s.when) if s.when else ()))}

    def kept(slot: str) -> bool:
        field = field_at(rule.layout, slot)
        return slot in asked or not (field and field.personal)

    return {slot: value for slot, value in slip.says.items() if kept(slot) and slot not in RESERVED}


def _number_field(rule: FormRule) -> str:
    if rule.spec.ticket is None:
        raise InputError(
            f"the form {rule.id} carries no ticket's number (ticket = …), so it is no ticket's slip",
            f"表单 {rule.id} 没有工单编号栏（ticket = …），不是工单的单据",
        )
    return rule.spec.ticket

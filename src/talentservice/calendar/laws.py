"""National laws that say which unit their days are: working days in one may be natural days in another."""

from collections.abc import Mapping

from attrs import frozen

from talentservice.calendar.rolls import BASES
from talentservice.calendar.terms import CIVIL, Counting, Term
from talentservice.errors import unknown
from talentservice.labels import Label


@frozen
class Law:
    """A law's own rule for its days.

    `working` holds the numbers of days that are working days, None where all are; `counting` is how they are counted.
    """

    article: Label
    working: frozenset[int] | None
    counting: Counting = CIVIL

    def term(self, days: int) -> Term:
        """A term of that many days in the unit the law gives it."""
        counts = self.working is None or days in self.working
        return Term(working_days=days) if counts else Term(natural_days=days)


ALL, NONE = None, frozenset[int]()

LAWS: Mapping[str, Law] = {
    "civil-code": Law(Label(zh="民法典第201至203条", en="Civil Code, articles 201-203"), NONE),
    "licensing": Law(Label(zh="行政许可法第82条", en="Administrative Licensing Law, article 82"), ALL),
    "reconsideration": Law(
        Label(zh="行政复议法（2023）第88条", en="Administrative Reconsideration Law (2023), article 88"),
        frozenset({3, 5, 7, 10}),
    ),
    "penalties": Law(
        Label(zh="行政处罚法第85条", en="Administrative Penalties Law, article 85"), frozenset({2, 3, 5, 7})
    ),
    "enforcement": Law(
        Label(zh="行政强制法第69条", en="Administrative Enforcement Law, article 69"), frozenset(range(1, 11))
    ),
    "information": Law(Label(zh="政府信息公开条例", en="Regulations on Open Government Information"), ALL),
    "petitions": Law(Label(zh="信访工作条例", en="Regulations on Petitions"), NONE),
    "tax": Law(BASES["tax"], NONE, Counting(roll="tax")),
    "wages": Law(BASES["previous"], NONE, Counting(roll="previous")),
    "criminal-procedure": Law(BASES["none"], NONE, Counting(roll="none")),
}


def law(name: str) -> Law:
    """The law of that name; UnknownName lists those there are."""
    if name not in LAWS:
        raise unknown("law", "法律", name, sorted(LAWS))
    return LAWS[name]

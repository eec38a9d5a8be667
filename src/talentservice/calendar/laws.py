"""National laws that say which unit their days are: the same number may be working days in one and natural days in another."""

from collections.abc import Mapping

from attrs import frozen

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


LAWS: Mapping[str, Law] = {
    "civil-code": Law(Label(zh="民法典第201至203条", en="Civil Code, articles 201-203"), frozenset()),
    "licensing": Law(Label(zh="行政许可法第82条", en="Administrative Licensing Law, article 82"), None),
    "reconsideration": Law(
        Label(zh="行政复议法（2023）第88条", en="Administrative Reconsideration Law (2023), article 88"), frozenset({3, 5, 7, 10})
    ),
    "penalties": Law(Label(zh="行政处罚法第85条", en="Administrative Penalties Law, article 85"), frozenset({2, 3, 5, 7})),
    "enforcement": Law(
        Label(zh="行政强制法第69条", en="Administrative Enforcement Law, article 69"), frozenset(range(1, 11))
    ),
    "information": Law(Label(zh="政府信息公开条例", en="Regulations on Open Government Information"), None),
    "petitions": Law(Label(zh="信访工作条例", en="Regulations on Petitions"), frozenset()),
    "tax": Law(
        Label(zh="税收征管法实施细则第109条", en="Tax Collection Rules, article 109"), frozenset(), Counting(roll="tax")
    ),
    "wages": Law(
        Label(zh="工资支付暂行规定第7条", en="Provisional Rules on Wages, article 7"), frozenset(), Counting(roll="previous")
    ),
    "criminal-procedure": Law(
        Label(zh="刑事诉讼法第105条", en="Criminal Procedure Law, article 105"), frozenset(), Counting(roll="none")
    ),
}


def law(name: str) -> Law:
    """The law of that name; UnknownName lists those there are."""
    if name not in LAWS:
        raise unknown("law", "法律", name, sorted(LAWS))
    return LAWS[name]

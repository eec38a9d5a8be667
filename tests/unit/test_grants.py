"""Grants: exact money in yuan, its caps and ranges, who qualifies, and who decides."""

from decimal import Decimal, localcontext

import pytest
from tests.unit.invented import both, clause, on, region, rule

from talentservice.answers import Certainty
from talentservice.errors import InvalidNumber, MissingParameter, NotInForce, RegionFileError, WrongType
from talentservice.grants import AmountRange

RATED = {"to": ["company"], "of": "investment", "per_mille": 5, "at_most": 2_000_000, "round": "down-to-fen"}
RANGE = {"to": ["talent"], "at_least": 30_000, "at_most": 80_000}
FIXED = {"to": ["talent"], "amount": 10_000}
BIG = {"when": {"field": "investment", "at_least": 10_000_000}}


def amount(spec, **facts):
    return rule("grant", **spec).amount(facts)


def kinds(answer):
    return [step.kind for step in answer.steps]


# ---- a rate -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("investment", "yuan", "capped"),
    [
        (80_000_000, "400000", False),
        (399_999_999, "1999999.99", False),
        (400_000_000, "2000000", False),
        (400_000_001, "2000000", True),
        (1_000_000_000_000, "2000000", True),
        (200, "1", False),
        (0, "0", False),
    ],
)
def test_five_per_mille_up_to_two_million(investment, yuan, capped):
    """400,000,000 yuan is the last sum below the cap: one yuan more would come to half a fen more, which is cut off first."""
    found = amount(RATED, investment=investment)
    assert found.value == Decimal(yuan)
    assert found.certainty is Certainty.FINAL
    assert ("capped" in kinds(found)) is (capped and investment > 400_000_001)


def test_the_cap_is_reached_from_above_and_from_below():
    """Rounded half up, one yuan above 400,000,000 comes to 2,000,000.01, which the cap cuts."""
    half_up = {**RATED, "round": "half-up-to-fen"}
    assert amount(half_up, investment=400_000_001).value == Decimal(2_000_000)
    assert "capped" in kinds(amount(half_up, investment=400_000_001))
    assert "capped" not in kinds(amount(half_up, investment=400_000_000))
    free = {k: v for k, v in half_up.items() if k != "at_most"}
    assert amount(free, investment=400_000_001).value == Decimal("2000000.01")
    assert amount(free | {"round": "down-to-fen"}, investment=400_000_001).value == Decimal("2000000.00")


@pytest.mark.parametrize(
    ("rent", "down", "half_up"),
    [
        (Decimal("0.01"), "0.00", "0.01"),
        (Decimal("0.02"), "0.01", "0.01"),
        (Decimal("0.03"), "0.01", "0.02"),
        (Decimal("100.01"), "50.00", "50.01"),
        (101, "50.50", "50.50"),
        (Decimal("33.333"), "16.66", "16.67"),
        # 0.0199…98 is less than two fen, and its half less than one, whatever precision the arithmetic has.
        (Decimal("0.0199999999999999999999999999999999999998"), "0.00", "0.01"),
        (Decimal("0.0099999999999999999999999999999999999998"), "0.00", "0.00"),
    ],
)
def test_half_a_rent_is_rounded_to_the_fen_both_ways(rent, down, half_up):
    spec = {"to": ["company"], "of": "rent", "percent": 50}
    for rounding, yuan in (("down-to-fen", down), ("half-up-to-fen", half_up)):
        found = amount({**spec, "round": rounding}, rent=rent).value
        assert found == Decimal(yuan)
        assert isinstance(found, Decimal)
        assert found.as_tuple().exponent == -2


def test_the_callers_decimal_precision_does_not_matter():
    with localcontext() as context:
        context.prec = 4
        assert amount(RATED, investment=123_456_789).value == Decimal("617283.94")


def test_every_rate_is_exact():
    """A third of a yuan cannot be written, three per mille of one can."""
    for per_mille, yuan in ((1, "1000.00"), (333, "333000.33"), (1000, "1000001.00")):
        spec = {"to": ["company"], "of": "sum", "per_mille": per_mille, "round": "down-to-fen"}
        assert amount(spec, sum=1_000_001).value == Decimal(yuan)


@pytest.mark.parametrize(
    ("value", "error"),
    [
        (0.5, WrongType),
        (8e7, WrongType),
        (True, WrongType),
        ("80000000", WrongType),
        (Decimal("NaN"), InvalidNumber),
        (Decimal("Infinity"), InvalidNumber),
        (10**16, InvalidNumber),
        (-1, InvalidNumber),
        (Decimal("-0.01"), InvalidNumber),
    ],
)
def test_a_base_that_is_no_sum_of_money_is_refused(value, error):
    with pytest.raises(error):
        amount(RATED, investment=value)


def test_an_unknown_base_is_no_grant_and_not_refused_either():
    for facts in ({}, {"investment": None}):
        found = amount(RATED, **facts)
        assert (found.value, found.certainty, kinds(found)) == (None, Certainty.NEEDS_DECISION, ["unknown"])
        assert "investment" in found.explain("zh")


# ---- a range, a fixed sum, discretion ---------------------------------------------------------------------------------------


def test_a_range_stays_a_range():
    found = amount(RANGE)
    assert found.value == AmountRange(Decimal(30_000), Decimal(80_000))
    assert found.to_dict()["value"] == {"low": "30000", "high": "80000"}
    assert (found.value.label.zh, found.value.label.en) == ("30,000 至 80,000 元", "30,000 to 80,000 yuan")
    assert "30,000 to 80,000 yuan" in found.explain("en")


def test_a_fixed_sum():
    found = amount(FIXED)
    assert (found.value, found.certainty, kinds(found)) == (Decimal(10_000), Certainty.FINAL, [])


@pytest.mark.parametrize("spec", [RATED, RANGE, FIXED], ids=["rate", "range", "fixed"])
def test_what_somebody_decides_is_no_promise(spec):
    found = amount({**spec, "discretionary": True, "decides": "office"}, investment=80_000_000)
    assert found.value is not None
    assert found.certainty is Certainty.NEEDS_DECISION
    assert kinds(found)[-1] == "discretionary"
    assert "the office decides: a maximum or range, not a promise" in found.explain("en")
    assert "由office岗裁量，此为上限或区间，并非承诺" in found.explain("zh")
    assert "the authority decides" in amount({**spec, "discretionary": True}, investment=80_000_000).explain("en")


# ---- who qualifies ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "value", "certainty"),
    [
        ({"investment": 10_000_000}, Decimal(50_000), Certainty.FINAL),
        ({"investment": 9_999_999}, None, Certainty.FINAL),
        ({}, None, Certainty.NEEDS_DECISION),
        ({"investment": None}, None, Certainty.NEEDS_DECISION),
    ],
)
def test_only_who_qualifies_gets_it(facts, value, certainty):
    found = amount({**RATED, **BIG}, **facts)
    assert (found.value, found.certainty) == (value, certainty)


def test_a_no_is_final_although_somebody_decides_the_sum():
    spec = {**RATED, **BIG, "discretionary": True}
    assert amount(spec, investment=1).certainty is Certainty.FINAL
    assert amount(spec).certainty is Certainty.NEEDS_DECISION
    assert "discretionary" not in kinds(amount(spec, investment=1))


def test_a_sum_the_text_leaves_open_is_asked_for():
    here = region(
        clause("1", grant={"it": {**FIXED, "amount": {"parameter": "prize"}}},
               parameter={"prize": {"type": "count", "why": both("not printed")}}),
    )  # fmt: skip
    with pytest.raises(MissingParameter, match="prize"):
        here.grant("it").amount({})
    assert here.configure(parameters={"prize": 7_000}).grant("it").amount({}).value == Decimal(7_000)


def test_the_days_of_the_document_count():
    grant = rule("grant", **FIXED)
    assert grant.amount({}, on=on(1, 1, year=2015)).value == Decimal(10_000)
    with pytest.raises(NotInForce):
        grant.amount({}, on=on(12, 31, year=2014))
    assert grant.amount({}, on=on(12, 31, year=2014), as_if_in_force=True).as_if_in_force is True


# ---- the declaration --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wrong",
    [
        {"to": ["company"]},
        {**RATED, "round": None},
        {**RATED, "of": None},
        {**RATED, "per_mille": None},
        {**RATED, "percent": 5},
        {**RATED, "per_mille": 0},
        {**RATED, "per_mille": 1001},
        {**RATED, "per_mille": None, "percent": 101},
        {**RATED, "amount": 5},
        {**RANGE, "amount": 5},
        {**RANGE, "at_most": None},
        {**RANGE, "at_least": 80_001},
        {**FIXED, "amount": 0},
        {**FIXED, "at_most": 20_000},
        {**FIXED, "to": []},
        {**FIXED, "to": ["nobody"]},
        {**FIXED, "decides": "nobody"},
        {"to": ["company"], "at_most": 2_000_000},
    ],
)
def test_a_declaration_that_does_not_hold_together_is_refused(wrong):
    with pytest.raises(RegionFileError) as caught:
        rule("grant", **{k: v for k, v in wrong.items() if v is not None})
    assert [p.clause for p in caught.value.problems] == ["d:1"]


def test_a_range_of_one_sum_is_a_range():
    assert amount({**RANGE, "at_most": 30_000}).value == AmountRange(Decimal(30_000), Decimal(30_000))

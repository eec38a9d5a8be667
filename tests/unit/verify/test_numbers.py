"""Numbers as Chinese documents print them."""

from fractions import Fraction

import pytest

from talentservice.verify.articles import squeezed
from talentservice.verify.numbers import chinese_number, printed


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("一", 1), ("两", 2), ("九", 9), ("十", 10), ("十二", 12), ("二十", 20), ("二十一", 21), ("九十九", 99),
        ("一百", 100), ("两百", 200), ("一百零五", 105), ("一百二十", 120), ("三千", 3000), ("两千零一十", 2010),
        ("一千二百三十四", 1234), ("零", 0), ("〇", 0), ("二〇二四", 2024), ("二〇〇五", 2005),
    ],
)  # fmt: skip
def test_a_numeral(text, value):
    assert chinese_number(text) == value


def read(text):
    return printed(squeezed(text))


@pytest.mark.parametrize(
    ("text", "there", "not_there"),
    [
        ("七个工作日内答复", [7], [5]),
        ("7个工作日内答复", [7], [5]),
        ("７个工作日内答复", [7], [5]),
        ("十二家，二十户，两百人", [12, 20, 200], [2, 10, 100]),
        ("１２ 家", [12], [1, 2]),
        ("1-10万元", [10_000, 100_000, 1, 10], [1000]),
        ("1～10万元", [10_000, 100_000], [11]),
        ("一至四类", [1, 4], [2, 3]),
        ("三到五名", [3, 5], [4]),
        ("三百万元", [3_000_000, 300], [3]),
        ("1.5亿元", [150_000_000, Fraction(3, 2)], [15]),
        ("2亿元", [200_000_000], [20_000]),
        ("5万亿元", [5 * 10**12], []),
        ("半年一次", [Fraction(1, 2), 1], [6]),
        ("每月一次", [1], [Fraction(1, 2)]),
        ("二〇二四年", [2024], [4, 2]),
        ("及时办理", [], [0, 1]),
    ],
)
def test_what_a_passage_prints(text, there, not_there):
    numbers = read(text).numbers
    assert {Fraction(n) for n in there} <= numbers
    assert not {Fraction(n) for n in not_there} & numbers


@pytest.mark.parametrize(
    ("text", "percents", "per_milles"),
    [
        ("30%", [30], []),
        ("30％", [30], []),
        ("３０％", [30], []),
        ("2.5%", [Fraction(5, 2)], []),
        ("百分之三十", [30], []),
        ("百分之30", [30], []),
        ("百分之百", [100], []),
        ("三成", [30], []),
        ("千分之五", [], [5]),
        ("5‰", [], [5]),
        ("千分之五，最高百分之十", [10], [5]),
        ("三十家", [], []),
    ],
)
def test_shares(text, percents, per_milles):
    found = read(text)
    assert found.percents == {Fraction(n) for n in percents}
    assert found.per_milles == {Fraction(n) for n in per_milles}


def test_numbers_are_exact():
    assert all(isinstance(n, Fraction) for n in read("1.1万元，2.5%").numbers)
    assert Fraction(11, 10) * 10_000 in read("1.1万元").numbers

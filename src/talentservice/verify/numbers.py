"""Numbers as Chinese documents print them: digits, numerals, 半, 万 and 亿, per cent, per mille."""

import re
from fractions import Fraction

from attrs import frozen

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_TENS = {"十": 10, "百": 100, "千": 1000}
_GREAT = {"万": 10_000, "亿": 100_000_000}
_HAN = "零〇一二两三四五六七八九十百千"
_FIGURE = re.compile(rf"(\d+(?:\.\d+)?|[{_HAN}]+)(?:(?:-|—|~|～|至|、|到)(\d+(?:\.\d+)?|[{_HAN}]+))?\s*([万亿]+)?")
_PERCENT = re.compile(rf"(\d+(?:\.\d+)?)(%|‰)|(百|千)分之(\d+|[{_HAN}]+)|([{_HAN}]+)成")


@frozen
class Printed:
    """The numbers a passage prints; `text` is the passage without white space."""

    numbers: frozenset[Fraction]
    percents: frozenset[Fraction]
    per_milles: frozenset[Fraction]
    text: str


def chinese_number(text: str) -> int:
    """The value of a Chinese numeral below ten thousand: 十二 is 12, 二十 is 20, 两百 is 200, 二〇二四 is 2024."""
    if not _TENS.keys() & set(text):
        return int("".join(str(_DIGITS[char]) for char in text))
    total = current = 0
    for char in text:
        if char in _TENS:
            total += (current or 1) * _TENS[char]
            current = 0
        else:
            current = _DIGITS[char]
    return total + current


def _value(text: str) -> Fraction:
    return Fraction(text) if text[0].isdigit() else Fraction(chinese_number(text))


def printed(text: str) -> Printed:
    """Every number in a passage (compatible forms folded, white space gone)."""
    numbers: set[Fraction] = set()
    for first, second, great in _FIGURE.findall(text):
        times = 1
        for char in great:
            times *= _GREAT[char]
        numbers |= {_value(n) * times for n in (first, second) if n} | {_value(n) for n in (first, second) if n}
    if "半" in text:
        numbers.add(Fraction(1, 2))
    percents, per_milles = set[Fraction](), set[Fraction]()
    for figure, sign, base, share, tenths in _PERCENT.findall(text):
        value = _value(figure or share) if figure or share else _value(tenths) * 10
        (per_milles if sign == "‰" or base == "千" else percents).add(value)
    return Printed(frozenset(numbers), frozenset(percents), frozenset(per_milles), text)

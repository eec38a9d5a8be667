"""What is due in a field, in words: errors and schemas say the same."""

from collections.abc import Mapping

from talentservice.errors import InputError
from talentservice.forms.fields import FieldType, FormField
from talentservice.labels import Label


def due(field: FormField) -> Label:
    """What is due in a field."""
    unit = field.unit or ""
    beside_zh, beside_en = (f"（可带“{unit}”）", f" ('{unit}' may follow)") if unit else ("", "")
    fixed: Mapping[FieldType, tuple[str, str]] = {
        "date": ("日期，如 2020年6月23日", "a date, such as 2020-06-23"),
        "date-or-month": ("日期或年月，如 2020年6月", "a date or a month, such as 2020-06"),
        "year-month": ("年月，如 2020年6月", "a month, such as 2020-06"),
        "year": ("四位年份，如 2020", "a year of four digits, such as 2020"),
        "integer": (f"非负整数{beside_zh}", f"a whole number, not negative{beside_en}"),
        "ordinal": ("序数，如 9 或 第九", "an ordinal number, such as 9"),
        "decimal": (f"数字{beside_zh}", f"a number{beside_en}"),
        "percent": ("带“%”的百分数，如 30%", "a percentage with its sign, such as 30%"),
        "bool": ("“是”或“否”", "是 (yes) or 否 (no)"),
        "phone": ("一个电话号码，固定电话带区号", "one telephone number, a landline with its area code"),
        "text-list": ("文字，各项以“、”分开", "a list of texts, parted by 、"),
        "unit-list": ("单位名称，各项以“、”分开", "a list of units, parted by 、"),
    }
    if field.choices:
        listed_zh, listed_en = "、".join(field.choices), ", ".join(field.choices)
        one_zh, one_en = ("之一", "one of these") if field.type == "choice" else ("", "one or more of these")
        if field.other:
            return Label(
                zh=f"所列选项{one_zh}或另写一项“{field.other}”：{listed_zh}",
                en=f"{one_en}, or one other text: {listed_en}",
            )
        return Label(zh=f"所列选项{one_zh}：{listed_zh}", en=f"{one_en}: {listed_en}")
    zh, en = fixed.get(field.type, ("文字", "text"))
    return Label(zh=zh, en=en)


def wrong(field: FormField) -> InputError:
    """The error that says what is due in a field."""
    what = due(field)
    return InputError(f"{what.en} is due", f"应为{what.zh}", code="form-value")

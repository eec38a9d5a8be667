"""The Chinese of what a rule's model says is unsound; the models themselves raise plain English."""

import re

_TEXTS: tuple[tuple[str, str], ...] = (
    # conditions
    (r"a test is one of: all, any, not, condition; or a field with one of (.*)", "条件须为 all、any、not、condition 之一，或一个 field 加以下比较之一：{0}"),
    (r"within takes years, months or natural_days", "条件中的 within 只用 years、months 或 natural_days"),
    # duties
    (r"a duty starts after events or after another duty .*", "义务或由事件引起，或由另一义务逾期引起：须有其一，不能并存"),
    (r"by is exactly one of: (.*)", "by 须恰为其一：{0}"),
    (r"a duty has either after with within, or every with by", "义务须有 after 和 within（由事件引起），或 every 和 by（每期一次）"),
    (r"to_each needs the list to", "to_each 须与列表 to 同用"),
    (r"a day that is stated can be extended, .*", "载明的期限只能延长，不能中止或重算：clock"),
    # quotas and measures
    (r"a measure has either count .*", "口径须有 count（事件种类）或 standing（relation 或 post），恰为其一"),
    (r"a quota has at_least, at_most, exactly or at_least_percent; .*", "定额须有 at_least、at_most、exactly 或 at_least_percent；exactly 和 at_least_percent 只能单用"),
    (r"an aim stands above a least number: at_least", "争取数 aim 须高于下限 at_least"),
    (r"a share needs both among and at_least_percent", "占比须同时有 among 和 at_least_percent"),
    (r"the least number (\d+) is above the most (\d+)", "下限 {0} 高于上限 {1}"),
    (r"counting events needs a period: per", "对事件计数须写明周期 per"),
    (r'each = "body" goes with the list bodies', 'each = "body" 与列表 bodies 须同用'),
    # flows and routes
    (r"states listed twice: (.*)", "状态重复：{0}"),
    (r"no state has end = true: a ticket could never end", "流程没有终态：没有一个状态写有 end = true"),
    (r"a step either makes the parts .*", "环节或拆分工单（parts），或按部分办理（each_part），不能并存"),
    (r"a route has either to .*", "派单规则须有 to（可加 when），或 by 和 table，恰为其一"),
    # grants and scales
    (r"a rate is per_mille or percent, of a field, .*", "比例须有 per_mille 或 percent 之一，并写明基数 of 和取整 round"),
    (r"a grant is one of: a rate, .*", "资助须恰为其一：比例、定额 amount、at_least 至 at_most 的区间"),
    (r"the range is reversed or has no upper end: (.*) to (.*)", "区间颠倒或没有上限：{0} 至 {1}"),
    (r"a fixed amount has no upper end: .*", "定额没有上限：amount 与 at_most 不能并存"),
    (r"grades listed twice: (.*)", "等次重复：{0}"),
    # indicators, campaigns, forms
    (r"an indicator counts events: count", "指标须对事件计数：count"),
    (r"a campaign lasts a number of days, months or years", "活动的时长 lasts 须以日、月或年计"),
    # terms, counting, cycles
    (r"a term is exactly one of: (.*)", "期限须恰为其一：{0}"),
    (r"office hours are Beijing time: .*", "办公时间为北京时间，不写时区"),
    (r"intake_cutoff only has a meaning with (.*)", "intake_cutoff 须与 {0} 同用"),
    (r"a cycle has either months or years", "周期须有 months 或 years，恰为其一"),
    (r"where a cycle of (\d+) months begins is not known: .*", "不知 {0} 个月的周期从何月算起：月数须能整除十二"),
    (r"the phase of a cycle of months is the month, .*", "以月计的周期，phase 为起始月份，1 至 12"),
    (r"where a cycle of (\d+) years begins is not known: .*", "不知 {0} 年的周期从何年算起：请写 phase（年份）"),
    (r"the phase of a cycle of years is a year, (\d+) to (\d+)", "以年计的周期，phase 为年份，{0} 至 {1}"),
)  # fmt: skip


def chinese(text: str) -> str:
    """A model's complaint in Chinese; one without a translation is quoted as it is."""
    for pattern, zh in _TEXTS:
        found = re.fullmatch(pattern, text)
        if found:
            return zh.format(*found.groups())
    return f"不成立：{text}"

"""The kinds of rule a clause can carry: what is declared, and what answers."""

from collections.abc import Mapping
from typing import Any

from attrs import frozen

from talentservice.campaigns import Campaign, CampaignRule
from talentservice.choices import Parameter, ParameterRule, Reading, ReadingRule
from talentservice.conditions import Condition, ConditionRule
from talentservice.conflicts import Conflict, ConflictRule
from talentservice.duties import Duty, DutyRule
from talentservice.flows import Flow, FlowRule, FlowStep, StepRule
from talentservice.forms import Form, FormRule
from talentservice.grants import Grant, GrantRule
from talentservice.indicators import Indicator, IndicatorRule
from talentservice.labels import Label
from talentservice.quotas import Quota, QuotaRule
from talentservice.routes import Route, RouteRule
from talentservice.rules import Rule, Spec
from talentservice.scales import Scale, ScaleRule
from talentservice.teams import Team, TeamRule


@frozen
class Kind:
    """A kind of rule: its name, the declared model and the rule that answers."""

    label: Label
    spec: type[Spec]
    rule: type[Rule[Any]]


KINDS: Mapping[str, Kind] = {
    "duty": Kind(Label(zh="义务", en="duty"), Duty, DutyRule),
    "quota": Kind(Label(zh="定额", en="quota"), Quota, QuotaRule),
    "condition": Kind(Label(zh="条件", en="condition"), Condition, ConditionRule),
    "flow": Kind(Label(zh="流程", en="flow"), Flow, FlowRule),
    "step": Kind(Label(zh="环节", en="step"), FlowStep, StepRule),
    "route": Kind(Label(zh="派单规则", en="route"), Route, RouteRule),
    "team": Kind(Label(zh="专班", en="team"), Team, TeamRule),
    "grant": Kind(Label(zh="资助奖励", en="grant"), Grant, GrantRule),
    "scale": Kind(Label(zh="等次", en="scale"), Scale, ScaleRule),
    "indicator": Kind(Label(zh="指标", en="indicator"), Indicator, IndicatorRule),
    "campaign": Kind(Label(zh="活动", en="campaign"), Campaign, CampaignRule),
    "conflict": Kind(Label(zh="冲突", en="conflict"), Conflict, ConflictRule),
    "form": Kind(Label(zh="表单", en="form"), Form, FormRule),
    "parameter": Kind(Label(zh="参数", en="parameter"), Parameter, ParameterRule),
    "reading": Kind(Label(zh="口径", en="reading"), Reading, ReadingRule),
}

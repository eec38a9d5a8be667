"""Quotas: numbers that must be reached, and where everybody stands."""

from talentservice.quotas.rule import QuotaRule
from talentservice.quotas.spec import Quota, Strength
from talentservice.quotas.tally import Tally, by_actor

__all__ = ["Quota", "QuotaRule", "Strength", "Tally", "by_actor"]

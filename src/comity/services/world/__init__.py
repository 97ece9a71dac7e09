"""Invented worlds for benchmarks: as large as one likes, valid, and plainly not true."""

from __future__ import annotations

from comity.services.world.generating import Made, generate
from comity.services.world.plan import MOST, Plan, make_plan, plan_for

__all__ = ["MOST", "Made", "Plan", "generate", "make_plan", "plan_for"]

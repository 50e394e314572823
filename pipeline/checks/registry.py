"""The rules, by hand and in the order in which findings prefer them (规则表)."""

from pipeline.checks import (
    amount_total,
    arrival_rate,
    budget_equation,
    deduction,
    execution_rate,
    full_mark,
    grade_restated,
    grade_threshold,
    narrative_against_table,
    narrative_restated,
    score_over_weight,
    score_rate,
    score_sum,
    score_total,
    sensitivity,
    table_against_table,
    total_restated,
    weight_sum,
    weight_total,
)
from pipeline.checks.model import Check

CHECKS: tuple[Check, ...] = (
    grade_threshold.CHECK,
    sensitivity.CHECK,
    total_restated.CHECK,
    grade_restated.CHECK,
    narrative_against_table.CHECK,
    table_against_table.CHECK,
    narrative_restated.CHECK,
    full_mark.CHECK,
    deduction.CHECK,
    score_rate.CHECK,
    score_over_weight.CHECK,
    score_total.CHECK,
    weight_total.CHECK,
    score_sum.CHECK,
    weight_sum.CHECK,
    execution_rate.CHECK,
    arrival_rate.CHECK,
    budget_equation.CHECK,
    amount_total.CHECK,
)
BY_RULE = {check.rule: check for check in CHECKS}

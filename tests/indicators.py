"""The indicators of the released edition, by the names that tests call them."""

from __future__ import annotations

VALUE_ADDED = "industrial_value_added"
INVESTMENT = "general_industrial_investment"
FUNDS = "outside_funds"
TELECOM = "telecom_volume"
STARTS = "start_rate"

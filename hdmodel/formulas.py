"""How is each quantity computed?  Every formula of the model, written once, over `+ - * /` alone.

Because nothing else is used, the same function takes floats, exact fractions, whole grids (numpy arrays) or
symbols, and all of them agree.  Growth rates, shares and intensities are in percent (13.8 means 13.8 %).
"""

from __future__ import annotations

from typing import Any

Number = Any  # whatever knows + - * /: int, float, Fraction, a numpy array, a symbol


# --- growth: the year is a mean weighted by last year's values
# -------------------------------------------------


def base_h2(base_h1: Number, h1_share: Number) -> Number:
    """Last year's second half (上年下半年基数), in the unit of `base_h1`,
    from the first half and its share in %.

    >>> base_h2(45.0, 45.0)
    55.0
    """
    return base_h1 * (100 - h1_share) / h1_share


def base_q3(base_h2: Number, q3_share_of_h2: Number) -> Number:
    """Last year's third quarter (上年三季度基数), from the second half and the quarter's share of it in %.

    >>> base_q3(50.0, 40.0)
    20.0
    """
    return base_h2 * q3_share_of_h2 / 100


def base_q4(base_h2: Number, q3_share_of_h2: Number) -> Number:
    """Last year's fourth quarter (上年四季度基数): what the third quarter leaves of the second half.

    >>> base_q4(50.0, 40.0)
    30.0
    """
    return base_h2 * (100 - q3_share_of_h2) / 100


def joined_growth(base_a: Number, growth_a: Number, base_b: Number, growth_b: Number) -> Number:
    """Cumulative growth (累计增速) in % of two neighbouring periods, weighted by *last year's* values.

    >>> joined_growth(3.0, 10.0, 1.0, 2.0)
    8.0
    """
    return (base_a * growth_a + base_b * growth_b) / (base_a + base_b)


def growth_since_h1(base_h1: Number, growth_h1: Number, base_q3: Number, growth_ytd: Number) -> Number:
    """Growth of Q3 alone (当季增速) in %, from the cumulative growth (累计增速) to September:
    `joined_growth` turned round.

    >>> growth_since_h1(3.0, 10.0, 1.0, 8.0)
    2.0
    """
    return (growth_ytd * (base_h1 + base_q3) - base_h1 * growth_h1) / base_q3


def year_growth(b_h1: Number, g_h1: Number, b_q3: Number, g_q3: Number, b_q4: Number, g_q4: Number) -> Number:
    """Growth of the full year (全年增速) in %: the mean of H1, Q3 and Q4 weighted by last year's values.

    >>> year_growth(2.0, 10.0, 1.0, 4.0, 1.0, 0.0)
    6.0
    """
    return (b_h1 * g_h1 + b_q3 * g_q3 + b_q4 * g_q4) / (b_h1 + b_q3 + b_q4)


def contribution(base_part: Number, growth: Number, base_year: Number) -> Number:
    """Percentage points (拉动，百分点) that a part contributes to the year's growth: base share × growth.

    >>> contribution(1.0, 10.0, 4.0)
    2.5
    """
    return base_part * growth / base_year


def amount_at_growth(base: Number, growth: Number) -> Number:
    """Amount at last year's prices (按上年不变价), in the unit of `base`, after growing by `growth` %.

    >>> amount_at_growth(6.25, 20)
    7.5
    """
    return base * (100 + growth) / 100


# --- project-driven flow: a quarter follows the projects under way and the intensity per project
# ------------------


def under_way_q3(n_h1: Number, starts_q3: Number) -> Number:
    """Projects under way in Q3 (三季度在建项目); one counts half in the quarter in which it starts.

    >>> under_way_q3(56, 4)
    58.0
    """
    return n_h1 + starts_q3 / 2


def under_way_q4(n_h1: Number, starts_q3: Number, starts_q4: Number) -> Number:
    """Projects under way in Q4 (四季度在建项目): those started in Q3 count whole by now.

    >>> under_way_q4(56, 4, 2)
    61.0
    """
    return n_h1 + starts_q3 + starts_q4 / 2


def quarter_amount(h1: Number, under_way: Number, n_h1: Number, intensity: Number) -> Number:
    """A quarter's amount (当季完成额), in the unit of `h1`; `intensity` is % of the H1 average per project.

    >>> quarter_amount(45.0, 56, 56, 100)
    22.5
    """
    return h1 / 2 * under_way / n_h1 * intensity / 100


def quarter_at_pace(h1: Number, pace: Number) -> Number:
    """A quarter's amount (当季完成额) where no projects are known, in the unit of `h1`;
    `pace` is % of the first half's average quarter (上半年季均).

    >>> quarter_at_pace(60.0, 110)
    33.0
    """
    return h1 / 2 * pace / 100


def ytd_q3_amount(h1: Number, q3: Number) -> Number:
    """January to September (前三季度累计), in the unit of `h1`."""
    return h1 + q3


def amount_since_h1(ytd: Number, h1: Number) -> Number:
    """What Q3 alone (当季) brought, from January to September (累计) and H1, in their unit; counts likewise.

    >>> amount_since_h1(70, 45)
    25
    """
    return ytd - h1


def year_amount(h1: Number, q3: Number, q4: Number) -> Number:
    """Full year of a flow (全年完成额): the sum of its parts, in their unit."""
    return h1 + q3 + q4


def monthly(amount: Number, months: Number) -> Number:
    """Average a month (月均), in the unit of `amount`.

    >>> monthly(55.0, 5)
    11.0
    """
    return amount / months


def pace(monthly: Number, monthly_h1: Number) -> Number:
    """How many times the first half's monthly average (相当于上半年月均的倍数) a monthly average is.

    >>> pace(9.0, 7.5)
    1.2
    """
    return monthly / monthly_h1


def completion(amount: Number, target: Number) -> Number:
    """Completion (完成率) in % of the annual target.

    >>> completion(45.0, 90.0)
    50.0
    """
    return amount * 100 / target


def growth_on_comparable(amount: Number, comparable: Number) -> Number:
    """Growth (同比) in % of an amount over last year's on the same basis (上年可比数), both in one unit.

    Amounts as published in two years are on different bases: they have no growth.

    >>> growth_on_comparable(44.0, 40.0)
    10.0
    """
    return (amount - comparable) * 100 / comparable


def amount_at_completion(target: Number, completion: Number) -> Number:
    """The amount, in the unit of `target`, that a completion in % stands for.

    >>> amount_at_completion(80.0, 45.0)
    36.0
    """
    return target * completion / 100


def lead(completion: Number, pro_rata: Number) -> Number:
    """Lead over pro-rata progress (快于序时), in percentage points; negative when behind (慢于序时).

    >>> lead(45, 50)
    -5
    """
    return completion - pro_rata


# --- level: the year is its last reading
# ---------------------------------------------------------------------------


def start_rate(started: Number, listed: Number) -> Number:
    """Share of the listed projects that have started or resumed (开复工率), in %.

    >>> start_rate(33, 66)
    50.0
    """
    return started * 100 / listed


def started_by_q3(started_h1: Number, starts_q3: Number) -> Number:
    """Projects started by the end of September (三季度末已开复工), a count."""
    return started_h1 + starts_q3


def started_by_q4(started_h1: Number, starts_q3: Number, starts_q4: Number) -> Number:
    """Projects started by the end of December (年末已开复工), a count."""
    return started_h1 + starts_q3 + starts_q4


def starts_needed(target_rate: Number, listed: Number, started: Number) -> Number:
    """Projects that must still start (还差项目数) to reach `target_rate` %, a count.

    >>> starts_needed(100, 66, 56)
    10.0
    """
    return target_rate * listed / 100 - started


# --- against the target
# --------------------------------------------------------------------------------------------


def shortfall(target: Number, full_year: Number) -> Number:
    """What is missing against the annual target (缺口): positive when the year falls short.

    >>> shortfall(100, 90)
    10
    """
    return target - full_year


def rest_of_target(target: Number, brought: Number) -> Number:
    """What is left to bring (须完成) of the annual target, in its unit, once `brought` is counted.

    >>> rest_of_target(100, 45)
    55
    """
    return target - brought


def change(year_there: Number, year_before: Number) -> Number:
    """How far the full year lies from where it was (变动), in its unit: positive when it has risen.

    >>> change(97, 90)
    7
    """
    return year_there - year_before


def together(total: Number, alone: Number) -> Number:
    """What several levers bring only together (合起来): the whole change less what each brings alone.

    >>> together(7, 6)
    1
    """
    return total - alone


def crossing(target: Number, year_at_0: Number, year_at_1: Number) -> Number:
    """The lever's value at which the year lands on `target`, given the year at 0 and at 1.

    Exact, since the year is linear in any single lever (and in one value shared by both quarters).

    >>> crossing(100, 50, 75)
    2.0
    """
    return (target - year_at_0) / (year_at_1 - year_at_0)


def on_line(year_at_0: Number, year_at_1: Number, value: Number) -> Number:
    """The year with a lever at `value`, given the year at 0 and at 1, since it is linear in the lever:
    `crossing` turned round.

    >>> on_line(50, 75, 2)
    100
    """
    return year_at_0 + (year_at_1 - year_at_0) * value


def trade_off(crossing_at_0: Number, crossing_at_1: Number) -> Number:
    """How much less of one lever is enough for each unit more of another (抵换), on target:
    its crossing at 0 less that at 1.

    >>> trade_off(244, 243)
    1
    """
    return crossing_at_0 - crossing_at_1


# --- the user's own years
# --------------------------------------------------------------------------------------------


def move_in_points(full_year: Number, h1: Number) -> Number:
    """How far the second half moved a rate of the year (下半年的变动), in percentage points:
    full year − H1 cumulative.

    >>> move_in_points(8, 10)
    -2
    """
    return full_year - h1


def year_over_h1(full_year: Number, h1: Number) -> Number:
    """The year as a multiple of its own first half (全年为上半年的倍数);
    amounts of one and the same year only.

    >>> year_over_h1(90.0, 45.0)
    2.0
    """
    return full_year / h1


def share_of_years(far_enough: Number, years: Number) -> Number:
    """Share of the years (占比) in % in which the second half moved far enough.

    >>> share_of_years(4.0, 8)
    50.0
    """
    return far_enough * 100 / years


def under_root(far_enough: Number, years: Number, z: Number) -> Number:
    """What stands under the root of Wilson's interval (威尔逊区间): the spread of a count, a pure number.

    >>> under_root(2, 4, 2)
    2.0
    """
    return far_enough * (years - far_enough) / years + z * z / 4


def end_of_interval(far_enough: Number, years: Number, z: Number, root: Number) -> Number:
    """An end of Wilson's score interval in %: the lower one where `root` is taken negative (E. B. Wilson,
    JASA 22, 1927).

    >>> end_of_interval(2, 4, 2, -1)
    25.0
    """
    return (far_enough + z * z / 2 + z * root) * 100 / (years + z * z)

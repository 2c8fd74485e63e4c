"""Which words does the page use?  Every string once, Chinese beside English."""

from hdmodel.edition import Words

UNITS = {
    "%": Words("%", "%"),
    "% of target": Words("%", "%"),
    "亿元": Words("亿元", "×100m yuan"),
    "项": Words("项", "projects"),
    "百分点": Words("个百分点", "points"),
}

CATALOGUE = {
    # frame
    "title": Words("{city}{year}年 全年推演", "{city} {year}: where the year lands"),
    "subtitle": Words(
        "上半年为公布数，没有公布的标“示意”；三、四季度为假设，只加总，不预测 · 数据截至{until} · 模型 {model}",
        "H1 as published, or marked illustrative; Q3 and Q4 supposed, added up, no forecast · data to {until} · model {model}",
    ),
    "view.explore": Words("推演", "Explore"),
    "view.required": Words("倒逼", "Required"),
    "view.sources": Words("出处", "Sources"),
    "language.other": Words("English", "中文"),
    "scenarios": Words("情景", "Scenarios"),
    "scenarios.about": Words(
        "载入一个情景会改动全部假设，录入的真实数不变。",
        "Loading a scenario replaces every supposition; real figures that were entered stay.",
    ),
    "share": Words("分享", "Share"),
    "share.about": Words(
        "完整链接：写明全部假设与录入数，对方打开即见同样的数。地址栏也始终是当前状态。",
        "Every supposition and entry written out: whoever opens it sees the same. The address bar is always live, too.",
    ),
    "share.reveals": Words(
        "链接里有你的全部假设和录入数，没有别的。", "The link holds all your suppositions and entries, and nothing else."
    ),
    "between_sentences": Words("", " "),
    "blank": Words("未公布", "not published"),
    "points": Words("个百分点", "points"),
    # tags
    "tag.printed": Words("原文", "printed"),
    "tag.derived": Words("推算", "derived"),
    "tag.proxy": Words("代用", "proxy"),
    "tag.illustrative": Words("示意", "illustrative"),
    "tag.entered": Words("录入", "entered"),
    "tag.": Words("未公布", "not published"),
    "tag.printed.means": Words("来源中原有的数", "stands in its source"),
    "tag.derived.means": Words("由原文数字算出，写明算式", "arithmetic on printed figures, the formula shown"),
    "tag.proxy.means": Words("本地未公布，以其他地区的公布数代用", "a published figure of another place, standing in"),
    "tag.illustrative.means": Words(
        "没有公布数，占位用，请录入真实数", "no figure is published; a placeholder until the real one is entered"
    ),
    "tag.entered.means": Words("由使用者录入", "typed by the user"),
    # status
    "status.met": Words("达标", "On target"),
    "status.within_reach": Words("需加力", "Within reach"),
    "status.out_of_reach": Words("难以达到", "Out of reach"),
    "status.no_target": Words("未设目标", "No target"),
    "status.met.benchmark": Words("不低于参照", "Not below"),
    "status.within_reach.benchmark": Words("低于参照", "Below benchmark"),
    "status.out_of_reach.benchmark": Words("低于参照", "Below benchmark"),
    "status.unpublished": Words("未公布", "Not published"),
    # cards
    "card.growth": Words("全年累计", "full year"),
    "card.flow": Words("全年", "full year"),
    "card.flow_share": Words("占年度目标", "of the annual target"),
    "card.level": Words("年末", "end of year"),
    "card.target": Words("目标 {target} {tag}", "target {target} {tag}"),
    "card.benchmark": Words("参照值 {target} {tag}", "benchmark {target} {tag}"),
    "card.no_target": Words("未设年度目标", "no annual target set"),
    "card.above": Words("高于目标 {by}", "{by} above target"),
    "card.above.benchmark": Words("高于参照 {by}", "{by} above benchmark"),
    "card.level_with": Words("与目标持平", "level with the target"),
    "card.level_with.benchmark": Words(
        "与参照持平",
        "level with it",
    ),
    "card.shortfall": Words("缺口 {by}", "shortfall {by}"),
    "card.shortfall.benchmark": Words("低于参照 {by}", "{by} below benchmark"),
    "card.starts_missing": Words("还差 {count}", "{count} missing"),
    "card.h1": Words("上半年 {value} {tag}", "H1 {value} {tag}"),
    "card.h1.ytd": Words("上半年累计 {value} {tag}", "H1 cumulative {value} {tag}"),
    "card.ytd": Words("前三季度累计 {ytd}", "Jan–Sep cumulative {ytd}"),
    "card.quarters": Words("当季 三 {q3} 四 {q4}", "quarter Q3 {q3} Q4 {q4}"),
    "card.lead": Words("快于序时 {by}", "{by} ahead of pro-rata"),
    "card.lag": Words("慢于序时 {by}", "{by} behind pro-rata"),
    "card.on_pace": Words("与序时持平", "level with pro-rata"),
    "card.rate_recomputed": Words(
        "原文 {printed}，按 {started}/{listed} 重算 {computed}", "printed {printed}; {started}/{listed} gives {computed}"
    ),
    # inputs
    "quarter.q3": Words("三季度 · 假设", "Q3 · supposed"),
    "quarter.q4": Words("四季度 · 假设", "Q4 · supposed"),
    "input.label": Words("{label}（{unit}）", "{label} ({unit})"),
    "input.typed": Words("键入：{label}", "Type: {label}"),
    "entries": Words("录入真实数（选填）", "Enter real figures (optional)"),
    "entries.half": Words(
        "目标与上半年完成额要都录入，才改按亿元计算；目前仍按年度目标的百分比。",
        "Enter both the target and the H1 amount to reckon in 亿元; until then it stays in % of target.",
    ),
    "entries.back": Words("清空即回到原值。", "Clear a field to go back to the edition's value."),
    "input.capped": Words(
        "{label}：两季合计最多 {limit}，已按 {used} 计。", "{label}: at most {limit} in both quarters together; {used} is used."
    ),
    "input.snapped": Words(
        "{label}：键入 {typed}，按步长取 {used}。", "{label}: {typed} was typed; the nearest step, {used}, is used."
    ),
    "input.too_many": Words(
        "两季合计 {total} 项，可接受 {limit}：未改动。", "{total} in both quarters together, accepted {limit}: nothing was changed."
    ),
    # sentences
    "say.flow_share": Words(
        "按此假设，全年完成年度目标的 <b>{year}</b>，{verdict}。",
        "The year reaches <b>{year}</b> of the annual target: {verdict}.",
    ),
    "say.flow": Words(
        "按此假设，全年{name} <b>{year}</b>，{verdict}。",
        "The year brings <b>{year}</b> ({name}): {verdict}.",
    ),
    "say.growth": Words(
        "按此假设，全年累计增速 <b>{year}</b>，{verdict}。",
        "Growth for the year is <b>{year}</b>: {verdict}.",
    ),
    "say.level": Words(
        "按此假设，年末{name} <b>{year}</b>，{verdict}。",
        "The year ends at <b>{year}</b> ({name}): {verdict}.",
    ),
    "say.short": Words("<em>缺口 {by}</em>", "<em>shortfall {by}</em>"),
    "say.below": Words("<em>低于参照 {by}</em>", "<em>{by} below the benchmark</em>"),
    "say.short_starts": Words("<em>还差 {count}</em>（{by}）", "<em>{count} missing</em> ({by})"),
    "say.over": Words("比 {target} 的目标高 {by}", "{by} above the target of {target}"),
    "say.over.benchmark": Words("比参照值 {target} 高 {by}", "{by} above the benchmark of {target}"),
    "say.exact": Words("恰好等于 {target} 的目标", "exactly the target of {target}"),
    "say.exact.benchmark": Words("与参照值 {target} 持平", "level with the benchmark of {target}"),
    "say.no_target.level": Words("没有年度目标", "there is no annual target"),
    "say.no_target": Words("未设年度目标，录入目标后显示缺口", "no annual target is set; enter one to see the shortfall"),
    "say.unpublished": Words(
        "{name}：报道提到跟踪此率，未公布数值。录入读数后才显示。",
        "{name}: the report tracks this rate and prints no figure. Enter a reading to see it.",
    ),
    "say.locked": Words("上半年已锁定 {locked}。", "H1 alone has locked in {locked}."),
    "say.both": Words(
        "要补上：三、四季度{what}均需 <b>{value}</b>",
        "Both quarters need {what} <b>{value}</b>",
    ),
    "say.both_safe": Words(
        "要守住：三、四季度{what}均不低于 <b>{value}</b>", "To hold it: both quarters need at least {what} <b>{value}</b>"
    ),
    "say.both_high": Words(
        "要补上，三、四季度{what}均需 {value}，超出可设范围（至多 {limit}）",
        "Both quarters would need {what} {value}, beyond the range (at most {limit})",
    ),
    "say.both_low": Words("三、四季度{what}在可设范围内取任何值都能达到", "Any {what} inside the range is enough in both quarters"),
    "say.q4": Words("；若三季度为 {given}，四季度需 <b>{value}</b>。", "; with Q3 at {given}, Q4 needs <b>{value}</b>."),
    "say.q4_safe": Words(
        "；若三季度为 {given}，四季度不低于 <b>{value}</b>。", "; with Q3 at {given}, Q4 at least <b>{value}</b>."
    ),
    "say.q4_high": Words(
        "；若三季度为 {given}，四季度需 {value}，超出可设范围（至多 {limit}）。",
        "; with Q3 at {given}, Q4 would need {value}, beyond the range (at most {limit}).",
    ),
    "say.q4_low": Words(
        "；若三季度为 {given}，四季度在可设范围内取任何值都能达到。", "; with Q3 at {given}, any Q4 inside the range is enough."
    ),
    "say.h2_share": Words(
        "下半年共需完成年度目标的 {amount}；三季度如假设，四季度为 {q4}。",
        "H2 must bring {amount} of the target; Q4 {q4}, with Q3 as it is.",
    ),
    "say.h2_amount": Words(
        "下半年共需完成 {amount}；三季度如假设，四季度为 {q4}。",
        "H2 must bring {amount} in all; Q4 {q4}, with Q3 as it is.",
    ),
    "say.reading": Words("{name}最近读数 <b>{year}</b>，{verdict}。", "{name}: last reading <b>{year}</b>; {verdict}."),
    "say.enough": Words("（取 {value}）", " (set {value})"),
    "say.starts_help": Words("只靠强度不够，还须增加开工项目。", "Intensity alone is not enough: more projects must start."),
    "caveat.proxy": Words(
        "[{tag}] 上年各季权重用全国数，本地未公布。",
        "[{tag}] Last year's quarter weights are the nation's; none is published locally.",
    ),
    "stand_in.target": Words("年度目标", "target"),
    "stand_in.target_index": Words("年度目标", "target"),
    "stand_in.h1_completion": Words("上半年完成率", "H1 completion"),
    "stand_in.h1": Words("上半年数", "H1"),
    "caveat.placeholder": Words("[{tag}] {names}没有公布，以此代替。", "[{tag}] {names}: not published; this stands in."),
    "caveat.illustrative": Words(
        "[{tag}] {names}没有公布，请录入真实数。",
        "[{tag}] {names}: not published; enter the real figure.",
    ),
    "say.starts": Words(
        "下半年共需再开 <b>{h2}</b>；三季度开 {given}，四季度共需 <b>{q4}</b>。",
        "H2 needs <b>{h2}</b> more to start; with {given} in Q3, Q4 needs <b>{q4}</b> in all.",
    ),
    "what.intensity": Words("强度", "an intensity of"),
    "what.growth": Words("当季增速", "growth of"),
    # what changed
    "moved": Words("{moves}：{effect}，{state}。", "{moves}: {effect}; {state}."),
    "moved.one": Words("{lever}由 {old} 调到 {new}", "{lever} from {old} to {new}"),
    "moved.and": Words("、", ", "),
    "moved.rest": Words("另 {count} 项假设", "{count} more"),
    "moved.nothing": Words("与参照相比没有改动，{state}。", "Nothing differs from the reference; {state}."),
    "effect.up": Words("{name}全年由 {old} 升至 {new}，提高 {by}", "{name} for the year goes from {old} up to {new}, by {by}"),
    "effect.down": Words("{name}全年由 {old} 降至 {new}，降低 {by}", "{name} for the year goes from {old} down to {new}, by {by}"),
    "effect.none": Words("{name}全年仍为 {new}", "{name} for the year stays at {new}"),
    "effect.now": Words(
        "{name}全年为 {new}（与参照口径不同，不作比较）", "{name} for the year is {new} (not comparable with the reference)"
    ),
    "effect.blank": Words("{name}尚无读数", "{name} has no reading yet"),
    "effect.of_target": Words("年度目标的 {year}", "{year} of the annual target"),
    "crossed.met": Words("由未达标转为达标，{state}", "now on target, {state}"),
    "crossed.missed": Words("由达标转为未达标，{state}", "no longer on target, {state}"),
    "state.short": Words("还缺 {by}", "{by} are still missing"),
    "state.short.benchmark": Words("低于参照值 {by}", "{by} below the benchmark"),
    "state.over": Words("高于年度目标 {by}", "{by} above the annual target"),
    "state.over.benchmark": Words("高于参照值 {by}", "{by} above the benchmark"),
    "state.exact": Words("恰好达到年度目标", "exactly on the annual target"),
    "state.exact.benchmark": Words("与参照值持平", "level with the benchmark"),
    "state.no_target": Words("未设年度目标", "no annual target is set"),
    "state.unknown": Words("未公布数值", "no figure is published"),
    # required view
    "required.both": Words("三、四季度相同", "the same in both quarters"),
    "required.q4": Words("四季度，若三季度为 {given}", "Q4, with Q3 at {given}"),
    "required.q3": Words("三季度，若四季度为 {given}", "Q3, with Q4 at {given}"),
    "required.starts.h2": Words("下半年合计", "H2 in all"),
    "required.monthly": Words(
        "{amount}，每月 {monthly}，为上半年月均的 {pace} 倍", "{amount}; {monthly} a month, {pace} times the H1 average"
    ),
    "required.amount": Words("折合 {amount}（上年不变价）", "{amount} at last year's prices"),
    "required.nothing": Words("无须再做", "nothing more is needed"),
    "required.no_target": Words(
        "未设年度目标，无从倒逼；录入目标后显示。", "No annual target is set, so nothing is required; enter one."
    ),
    "judged.reach": Words("可设范围内", "inside the range"),
    "judged.high": Words("超出可设范围（至多 {limit}）", "beyond the range (at most {limit})"),
    "judged.low": Words("范围内任何值都够", "any value in the range is enough"),
    "slack.shrink": Words(
        "余量：下半年即使下降 {by}，全年仍达 {target}。", "Slack: H2 may shrink by {by} and the year still makes {target}."
    ),
    "slack.grow": Words(
        "余量：下半年只要增长 {by}，全年就达 {target}。", "Slack: growing by {by} in H2 is enough for the year to make {target}."
    ),
    "slack.flow": Words(
        "余量：下半年强度降到 {by}，全年仍达 {target}。", "Slack: at an intensity of {by} in H2 the year still makes {target}."
    ),
    "band.weight": Words(
        "上年上半年比重取 {low_share}–{high_share} 时，为 {low} 至 {high}（代用）。",
        "Over H1 shares of {low_share}–{high_share}: {low} to {high} (proxy).",
    ),
    "band.rounding": Words(
        "公布数四舍五入，答案在 {low} 至 {high} 之间。", "Printed figures are rounded: the answer lies between {low} and {high}."
    ),
    "column.needed": Words("须做到", "Must be"),
    "column.quarter": Words("哪一季", "Which quarter"),
    "column.amounts_to": Words("折合", "Which amounts to"),
    "column.judged": Words("能否", "Possible?"),
    "map.title": Words(
        "三季度 × 四季度：颜色为全年结果，线上恰好达标，点一下即设定",
        "Q3 × Q4: colour is the year's result, the line is exactly on target; click to set",
    ),
    "map.now": Words("现在 {value}", "now {value}"),
    "map.x": Words("横轴", "Across"),
    "map.y": Words("纵轴", "Up"),
    "map.table": Words("同一张图的表", "The map as a table"),
    "map.line": Words("恰好达标：{y} = {at_0} − {slope} × {x}", "Exactly on target: {y} = {at_0} − {slope} × {x}"),
    "map.line.curved": Words(
        "恰好达标的组合随两项相乘而弯曲，见下表。", "The pairs on target lie on a curve, as the two multiply; see the table."
    ),
    "map.line.none": Words("图中没有恰好达标的组合。", "No pair on the map lands exactly on target."),
    "map.no_year": Words("未公布数值，录入读数后才有图。", "No figure is published; enter a reading to see the map."),
    "tornado.title": Words(
        "哪一项影响最大：每项从低到高，其余不动", "Which lever matters most: each from low to high, others held"
    ),
    "tornado.end": Words("{lever} → {year}", "{lever} → {year}"),
    "tornado.crossing": Words("{lever} · 达标点 {value}", "{lever} · on target at {value}"),
    "why.title": Words("为什么变了", "Why it moved"),
    "why.from": Words("参照", "Reference"),
    "why.baseline": Words("基线", "the baseline"),
    "why.opened": Words("打开时的链接", "the link as opened"),
    "why.together": Words("合起来（不能归到单项）", "together (no single lever's)"),
    "why.total": Words("合计", "in all"),
    "why.pulls": Words(
        "拉动：上半年 {h1}，三季度 {q3}，四季度 {q4}，合计 {year}。", "Contributions: H1 {h1}, Q3 {q3}, Q4 {q4}; in all {year}."
    ),
    "why.nothing": Words("与参照没有差别。", "Nothing differs from the reference."),
    "why.not_comparable": Words("两者口径不同，不能相减。", "The two are in different units and do not compare."),
    "why.sentence": Words("一句话", "In one sentence"),
    "all.title": Words("其他指标", "The other indicators"),
    "arithmetic.title": Words("算式：这个数怎么来的", "The arithmetic behind a number"),
    "arithmetic.choose": Words("哪个数", "Which number"),
    "arithmetic.rounded": Words("式中的数显示到两位小数，计算时不取舍。", "Shown to two decimals, reckoned unrounded."),
    "step.base_q3": Words("上年三季度基数", "Last year's Q3 base"),
    "step.base_q4": Words("上年四季度基数", "Last year's Q4 base"),
    "arithmetic.none": Words("这个数目前没有。", "There is no such number at present."),
    "column.term": Words("项", "Term"),
    "tag.supposed": Words("假设", "supposed"),
    "quantity.full_year": Words("全年", "Full year"),
    "quantity.ytd_q3": Words("前三季度累计", "January to September"),
    "quantity.shortfall": Words("缺口", "Shortfall"),
    "quantity.required_h2": Words("下半年须做到", "Required of H2"),
    "quantity.required_q3": Words("三季度须做到", "Required of Q3"),
    "quantity.required_q4": Words("四季度须做到", "Required of Q4"),
    "quantity.required_intensity": Words("两季强度均需", "Intensity required in both quarters"),
    "quantity.required_intensity_q3": Words("三季度强度需", "Intensity required in Q3"),
    "quantity.required_intensity_q4": Words("四季度强度需", "Intensity required in Q4"),
    "quantity.locked_in": Words("上半年已锁定", "Locked in by H1"),
    "quantity.q3": Words("三季度当季", "Q3 alone"),
    "quantity.q4": Words("四季度当季", "Q4 alone"),
    "quantity.completion_h1": Words("上半年完成率", "H1 completion"),
    "quantity.lead_h1": Words("快于序时", "Lead over pro-rata"),
    "quantity.starts_missing": Words("还差项目", "Projects missing"),
    # chart
    "chart.flow_share": Words(
        "累计完成，占年度目标 %",
        "Cumulative, % of target",
    ),
    "chart.flow": Words("累计完成，{unit}", "Cumulative, {unit}"),
    "chart.growth": Words(
        "累计增速与当季增速，%",
        "Cumulative and quarter alone, %",
    ),
    "chart.level": Words("期末读数，%", "Reading at the end of the period, %"),
    "period.h1": Words("上半年", "H1"),
    "period.ytd_q3": Words("前三季度", "Jan–Sep"),
    "period.year": Words("全年", "Full year"),
    "period.level.h1": Words("6月末", "End of June"),
    "period.level.q3": Words("9月末", "End of Sep"),
    "period.level.year": Words("年末", "End of year"),
    "chart.target": Words("年度目标 {target}", "target {target}"),
    "chart.benchmark": Words("参照 {target}", "benchmark {target}"),
    "chart.quarter": Words("当季 {value}", "alone {value}"),
    "chart.required": Words("需 {value}", "need {value}"),
    "chart.before": Words("上次 {value}", "before {value}"),
    "chart.pro_rata": Words("序时 {value}", "pro-rata {value}"),
    "legend.fact": Words("上半年{tag}", "H1 {tag}"),
    "legend.supposed": Words("假设", "supposed"),
    "legend.target": Words("目标", "target"),
    "legend.required": Words("需要", "required"),
    "legend.ruler": Words("序时", "pro-rata"),
    "legend.ghost": Words("上一状态", "last state"),
    "legend.quarter": Words("当季", "quarter alone"),
    "others": Words("另跟踪；报道未公布数值，可录入读数", "Also tracked; the report prints no figure, a reading may be entered"),
    # notices
    "notice.title": Words(
        "链接里有用不了的内容，逐项列出，其余照用：", "Parts of this address could not be used; the rest was kept:"
    ),
    "told.same": Words("与链接发出时的结果一致", "The results are those that the link was sent with"),
    "told.different": Words(
        "与链接发出时的结果不同，现以本页为准：", "Not the results that the link was sent with; this page's hold:"
    ),
    "told.model": Words("原因：链接由另一版模型算出。", "Why: another version of the model made the link."),
    "told.edition": Words("原因：这一版数据后来修订过。", "Why: the figures of this edition have been revised since."),
    "told.altered": Words(
        "原因：数据与模型都没有变，是链接被改过或没有复制完整。",
        "Why: figures and model are the same, so the link was altered, or not copied whole.",
    ),
    "told.column.indicator": Words("指标（全年）", "Indicator (full year)"),
    "told.column.then": Words("发出时", "When sent"),
    "told.column.now": Words("现在", "Now"),
    "notice.dismiss": Words("知道了", "Got it"),
    "notice.line": Words(
        "{name} = {value}：{what}；可接受：{accepted}；{used}", "{name} = {value}: {what}; accepted: {accepted}; {used}"
    ),
    "notice.used": Words("已改用 {used}", "{used} is used instead"),
    "notice.ignored": Words("未使用", "not used"),
    "used.baseline": Words("基线值", "the baseline"),
    "used.blank": Words("空白", "a blank"),
    "accepted.unknown_name": Words("假设与录入的名称", "the names of levers and entries"),
    "accepted.duplicate": Words("一个值", "one value"),
    "accepted.malformed": Words("“分享”给出的写法", "what Share writes"),
    "accepted.truncated": Words("以 r=… 结尾的完整链接", "a whole link, which ends in r=…"),
    "accepted.wrapped": Words("“分享”给出的写法", "what Share writes"),
    "accepted.double_encoded": Words("只编码一次的链接", "a link encoded once"),
    "problem.unknown_name": Words("没有这个名称", "no such name"),
    "problem.unknown_scenario": Words("没有这个情景", "no such scenario"),
    "problem.unknown_edition": Words("没有这个版本的数据", "no such edition"),
    "problem.unknown_version": Words("不认识的链接格式", "unknown link version"),
    "problem.unknown_view": Words("没有这个视图", "no such view"),
    "problem.unknown_focus": Words("没有这个指标", "no such indicator"),
    "problem.unknown_language": Words("没有这种语言", "no such language"),
    "problem.other_model": Words("由另一版模型生成，已重新计算", "made with another model version; recomputed"),
    "problem.not_a_number": Words("不是数", "not a number"),
    "problem.not_whole": Words("须为整数", "must be a whole number"),
    "problem.out_of_range": Words("超出范围", "out of range"),
    "problem.off_step": Words("不在滑块的刻度上", "between two steps of the slider"),
    "problem.duplicate": Words("给了不止一次", "given more than once"),
    "problem.too_many_together": Words("两季合计过多", "too many in both quarters together"),
    "problem.truncated": Words("链接不完整，末尾的值也可能被截短", "cut off; its last value may be cut too"),
    "problem.wrapped": Words("途中被改动，已复原", "changed on its way, and mended"),
    "problem.double_encoded": Words("被重复编码，已还原", "encoded twice, and decoded"),
    "problem.malformed": Words("无法读取", "cannot be read"),
    "problem.missing": Words("缺少", "missing"),
    # sources
    "sources.figures": Words("数字", "Figures"),
    "sources.figures.about": Words(
        "页面上的每个数都从这里来。空白表示报道提到而未公布。",
        "Every number on the page comes from here. A blank is named by the report and not printed.",
    ),
    "sources.levers": Words("假设与录入的范围", "Suppositions, entries and their ranges"),
    "sources.scenarios": Words("情景", "Scenarios"),
    "sources.formulas": Words("算式", "Formulas"),
    "sources.projects": Words("点名的项目", "Projects named"),
    "sources.list": Words("来源", "Sources"),
    "sources.tags": Words("标签", "Tags"),
    "column.figure": Words("数字", "Figure"),
    "column.value": Words("数值", "Value"),
    "column.tag": Words("标签", "Tag"),
    "column.source": Words("来源", "Source"),
    "column.paragraph": Words("段落", "Par."),
    "column.how": Words("算式与说明", "Formula and note"),
    "column.lever": Words("假设 / 录入", "Lever / entry"),
    "column.now": Words("现值", "Now"),
    "column.default": Words("默认", "Default"),
    "column.range": Words("范围", "Range"),
    "column.reason": Words("理由", "Reason"),
    "column.scenario": Words("情景", "Scenario"),
    "column.settings": Words("设定", "Settings"),
    "column.formula": Words("量", "Quantity"),
    "column.in_words": Words("怎样算", "How it is computed"),
    "column.project": Words("项目", "Project"),
    "column.stage": Words("阶段", "Stage"),
    "column.amount": Words("金额", "Amount"),
    "column.note": Words("说明", "Note"),
    "column.publisher": Words("发布者", "Publisher"),
    "column.date": Words("日期", "Date"),
    "column.means": Words("含义", "Means"),
    "settings.none": Words("全部默认", "all at their defaults"),
    "paragraph": Words("第{number}段", "par. {number}"),
    "stage.continuing": Words("续建", "continuing"),
    "stage.new": Words("新建", "new"),
    "stage.preliminary": Words("前期", "preliminary"),
    "stage.completed": Words("竣工", "completed"),
    # formulas in words: name, then how
    "formula.base_h2": Words("上年下半年基数", "Last year's H2 base"),
    "formula.base_h2.how": Words("上半年基数 ×（100 − 上半年比重）÷ 上半年比重", "H1 base × (100 − H1 share) ÷ H1 share"),
    "formula.base_q3": Words("上年三季度基数", "Last year's Q3 base"),
    "formula.base_q3.how": Words("下半年基数 × 三季度占下半年比重", "H2 base × Q3 share of H2"),
    "formula.base_q4": Words("上年四季度基数", "Last year's Q4 base"),
    "formula.base_q4.how": Words("下半年基数减去三季度部分", "H2 base less the Q3 part"),
    "formula.joined_growth": Words("累计增速", "Cumulative growth"),
    "formula.joined_growth.how": Words(
        "两段增速按上年基数加权平均；不是简单平均，也不连乘",
        "The two growth rates weighted by last year's bases; no plain mean, no compounding",
    ),
    "formula.year_growth": Words("全年增速", "Growth of the year"),
    "formula.year_growth.how": Words(
        "上半年、三季度、四季度增速按上年基数加权平均", "H1, Q3 and Q4 growth weighted by last year's bases"
    ),
    "formula.contribution": Words("拉动（已锁定）", "Contribution (locked in)"),
    "formula.contribution.how": Words("基数比重 × 增速，单位百分点", "Base share × growth, in percentage points"),
    "formula.amount_at_growth": Words("按增速推出的总量", "Amount at a growth rate"),
    "formula.amount_at_growth.how": Words("上年同价基数 ×（1 + 增速）", "Base at the same prices × (1 + growth)"),
    "formula.under_way_q3": Words("三季度在建项目", "Projects under way in Q3"),
    "formula.under_way_q3.how": Words(
        "上半年在建 + 三季度新开工的一半（当季开工按半数计）", "H1 projects + half of those starting in Q3"
    ),
    "formula.under_way_q4": Words("四季度在建项目", "Projects under way in Q4"),
    "formula.under_way_q4.how": Words(
        "上半年在建 + 三季度新开工 + 四季度新开工的一半", "H1 projects + Q3 starts + half of those starting in Q4"
    ),
    "formula.quarter_amount": Words("当季完成额", "A quarter's amount"),
    "formula.quarter_amount.how": Words(
        "上半年的一半 ×（在建项目 ÷ 上半年在建）× 强度", "Half of H1 × (projects under way ÷ H1 projects) × intensity"
    ),
    "formula.ytd_q3_amount": Words("前三季度累计", "January to September"),
    "formula.ytd_q3_amount.how": Words("上半年 + 三季度", "H1 + Q3"),
    "formula.year_amount": Words("全年完成额", "Full year of a flow"),
    "formula.year_amount.how": Words("上半年 + 三季度 + 四季度", "H1 + Q3 + Q4"),
    "formula.monthly": Words("月均", "Monthly average"),
    "formula.monthly.how": Words("完成额 ÷ 月数", "Amount ÷ months"),
    "formula.pace": Words("为上半年月均的倍数", "Times the H1 monthly average"),
    "formula.pace.how": Words("月均 ÷ 上半年月均", "Monthly average ÷ H1 monthly average"),
    "formula.completion": Words("完成率", "Completion"),
    "formula.completion.how": Words("完成额 ÷ 年度目标", "Amount ÷ annual target"),
    "formula.amount_at_completion": Words("完成率对应的完成额", "Amount at a completion"),
    "formula.amount_at_completion.how": Words("年度目标 × 完成率", "Annual target × completion"),
    "formula.lead": Words("快于（慢于）序时", "Lead over pro-rata"),
    "formula.lead.how": Words(
        "完成率 − 序时进度，单位百分点；只用于流量指标", "Completion − pro-rata progress, in points; flows only"
    ),
    "formula.start_rate": Words("开复工率", "Start rate"),
    "formula.start_rate.how": Words("已开复工项目 ÷ 实施项目", "Projects started ÷ projects listed"),
    "formula.started_by_q3": Words("三季度末已开复工", "Started by the end of Q3"),
    "formula.started_by_q3.how": Words("上半年已开复工 + 三季度新开复工", "Started in H1 + Q3 starts"),
    "formula.started_by_q4": Words("年末已开复工", "Started by the end of the year"),
    "formula.started_by_q4.how": Words("上半年已开复工 + 三、四季度新开复工", "Started in H1 + Q3 and Q4 starts"),
    "formula.starts_needed": Words("还差项目", "Projects still missing"),
    "formula.starts_needed.how": Words("目标开复工率 × 实施项目 − 已开复工", "Target rate × projects listed − projects started"),
    "formula.shortfall": Words("缺口", "Shortfall"),
    "formula.shortfall.how": Words("年度目标 − 全年；为正即有缺口", "Annual target − full year; positive when short"),
    "formula.status": Words("达标判断", "Status"),
    "formula.status.how": Words(
        "达标：全年不低于目标；需加力：未达标，但本指标的假设在可设范围内有一组能达到；难以达到：没有。比较时不四舍五入",
        "On target: not below it. Within reach: short, but some setting inside the ranges makes it. Out of reach: none does",
    ),
    "formula.crossing": Words("倒逼值", "Required value"),
    "formula.crossing.how": Words(
        "全年对每个假设都是直线：由取0和取1时的全年两点，求恰好达标的值",
        "The year is a straight line in each lever: from the year at 0 and at 1, the value that lands on target",
    ),
}

// How are gaps in a text filled while a lever moves?  By the expressions that the model has printed and the numbers at
// which the levers stand; printed as the page prints. The page and the offline page share it: one arithmetic, one rounding.

const GAP = /\x01(\d+)\x01/g, FIELD_END = "\x1f", ROW_END = "\x1e", MINUS = "\u2212";
const NOTHING = 1e-9; // a difference that is only the floating point's

function evaluated(expression, values) {
  if (typeof expression === "string") return values[expression];
  if (!Array.isArray(expression)) return expression;
  const [sign, left, right] = expression;
  const a = evaluated(left, values), b = evaluated(right, values);
  return sign === "+" ? a + b : sign === "-" ? a - b : sign === "*" ? a * b : a / b;
}

// Half up, away from nought, as the page prints; what the floating point lost before a half does not count.
function rounded(value, places) {
  const scaled = Math.abs(value) * 10 ** places;
  return Math.sign(value) * Math.floor(scaled + 0.5 + NOTHING * Math.max(1, scaled * 1e-3)) / 10 ** places;
}

function printed(value, places, isSigned) {
  const shown = rounded(value, places);
  return `${shown < 0 ? MINUS : isSigned && shown > 0 ? "+" : ""}${Math.abs(shown).toFixed(places)}`;
}

// As many decimals as keep a number and its target apart in print, and what is missing in step with both.
function placesBeside([value, target], least) {
  let places = least;
  while (Math.abs(value - target) > NOTHING && rounded(value, places) === rounded(target, places)) places += 1;
  const halves = value * 10 ** places * 2, whole = Math.round(halves);
  return Math.abs(halves - whole) < NOTHING * Math.max(1, Math.abs(halves)) && whole % 2 !== 0 ? places + 1 : places;
}

function writer(gaps, values) {
  const number = expression => evaluated(expression, values);
  const fill = ({ value, places, signed, beside, unit, is_rounded_up: isRoundedUp, is_plain: isPlain }) => {
    const shown = isRoundedUp ? Math.ceil(number(value) - NOTHING) : number(value);
    const text = printed(shown, beside ? placesBeside(beside.map(number), places) : places, signed);
    if (isPlain) return String(Number(text.replace(MINUS, "-")));
    return unit ? `${text} ${unit[text.replace(/^[+\u2212]/, "") === "1" ? 0 : 1]}` : text;
  };
  return text => text.replace(GAP, (_, place) => fill(gaps[Number(place)]));
}

// Which case holds: one below the first cut, one at it, one between it and the next, and so on.
function chosen({ of, cuts, cases }, values) {
  if (of === null) return cases[0];
  const beyond = cuts.map(cut => evaluated(of, values) - evaluated(cut, values));
  const place = 2 * beyond.filter(by => by >= NOTHING).length;
  return cases[beyond.some(by => Math.abs(by) < NOTHING) ? place + 1 : place];
}

function rowsText(rows, words, values) {
  const text = field => {
    if (typeof field === "string") return words(field);
    return "cases" in field ? text(chosen(field, values)) : String(evaluated(field.number, values));
  };
  return rows.map(row => row.map(text).join(FIELD_END)).join(ROW_END);
}

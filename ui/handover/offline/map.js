// Where does the year land over two levers at once?  The rows of the map's chart, as `ui/answers/lever_map_rows.py` writes
// them on the page. The year of a cell is the expression that the model has printed, worked out with two sliders elsewhere.

const BETWEEN = " "; // cells of a strip

function withPair({ x, y }, across, up, values) {
  return { ...values, [x.lever]: across, [y.lever]: up };
}

// A row for each strip of cells, the line on target, and one with the words of the axes, in which the chart finds its ends.
function mapRows(map, values) {
  const { x, y } = map, levers = { x_lever: x.lever, y_lever: y.lever };
  const line = lineOnTarget(map, values).map(([line_x, line_y], line_order) => ({ line_x, line_y, line_order }));
  const ends = { x_start: x.low - x.width / 2, x_end: x.low + x.width * (x.middles.length - 0.5) };
  const point = { now_x: values[x.lever], now_y: values[y.lever], now_text: writer(page.gaps, values)(map.now) };
  const here = { ...point, x_title: x.title, y_title: y.title, ...ends };
  return [...strips(map, values), ...line, here].map(row => ({ ...page.blank, ...levers, ...row }));
}

function strips(map, values) {
  const { x, y } = map, middle = evaluated(map.middle, values);
  const years = y.middles.map(up => x.middles.map(across => evaluated(map.year, withPair(map, across, up, values))));
  const furthest = Math.max(...years.flat().map(year => Math.abs(year - middle))) || 1;
  const written = (cells, write) => cells.map(write).join(BETWEEN);
  return y.middles.map((up, at) => ({
    y_from: y.low + y.width * (at - 0.5), y_to: y.low + y.width * (at + 0.5), y_mid: up,
    x_low: x.low - x.width / 2, x_width: x.width, columns: written(x.middles, (_, column) => column),
    shades: written(years[at], year => ((year - middle) / furthest).toFixed(3)),
    shut: written(x.middles, across => Number(isShut(map, across, up, values))),
    across: written(x.middles, across => printed(across, x.places)), years: written(years[at], year => printed(year, map.places)),
    tip: writer(page.gaps, withPair(map, 0, up, values))(map.tip),
  }));
}

// Whether a pair is more than a joint limit leaves, the other levers as they are.
function isShut(map, across, up, values) {
  const there = withPair(map, across, up, values);
  return [map.x.lever, map.y.lever].some(id => there[id] > roomOf(page.levers[id], there));
}

// The pairs that land on target: one for each column whose partner lies on the map, and where the line leaves it.
function lineOnTarget(map, values) {
  const { x, y } = map;
  const met = (side, other, at) => {
    const value = side.met === null ? NaN : evaluated(side.met, { ...values, [other.lever]: at });
    return value >= side.low - NOTHING && value <= side.high + NOTHING ? [value] : [];
  };
  const upAt = at => met(y, x, at).map(up => [at, up]);
  const pairs = [...x.middles.flatMap(upAt), ...[y.low, y.high].flatMap(at => met(x, y, at).map(across => [across, at]))];
  pairs.sort(([across, up], [other, above]) => across - other || up - above);
  if (pairs.length === 2) pairs.splice(1, 0, ...upAt((pairs[0][0] + pairs[1][0]) / 2)); // it may be curved
  return pairs;
}

// The middle of the cell that a place lies in.
function middleNear({ middles }, place) {
  return middles.reduce((best, middle) => (Math.abs(middle - place) < Math.abs(best - place) ? middle : best));
}

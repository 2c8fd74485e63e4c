// What does a printed page say of itself?  When it was printed, and how to come back to what it shows: the address, and a code
// of it for a phone (`ui/session/qr.js`, which stands before this). The server lays the places out (`ui/page/printed_page.py`).

const QUIET = 4, SVG = "http://www.w3.org/2000/svg"; // squares left white around a code, as a reader needs them
const SQUARE = 0.38; // millimetres

function stamp() {
  const language = document.documentElement.lang;
  document.querySelector("#printed-at")?.replaceChildren(new Date().toLocaleString(language, { dateStyle: "long", timeStyle: "short" }));
  document.querySelector("#printed-link")?.replaceChildren(location.href);
  const place = document.querySelector("#printed-code"); // none where the address leads nowhere else
  if (place) stampCode(place);
}

function stampCode(place) {
  const squares = qrCode(location.href);
  place.replaceChildren(...(squares ? [drawing(squares)] : []));
  document.querySelectorAll("[data-with-code]").forEach(line => { line.hidden = line.dataset.withCode !== String(Boolean(squares)); });
}

function drawing(squares) {
  const size = squares.length + 2 * QUIET, svg = document.createElementNS(SVG, "svg");
  const runs = squares.flatMap((row, y) => runsOf(row).map(([x, length]) => `M${x + QUIET} ${y + QUIET}h${length}v1h-${length}z`));
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", runs.join(""));
  svg.append(path);
  const attributes = { viewBox: `0 0 ${size} ${size}`, width: `${size * SQUARE}mm`, height: `${size * SQUARE}mm`, "shape-rendering": "crispEdges" };
  Object.entries(attributes).forEach(([name, value]) => svg.setAttribute(name, value));
  return svg;
}

// Where dark squares begin in a row, and how many follow each other.
function runsOf(row) {
  const begins = row.flatMap((isDark, x) => (isDark && !row[x - 1] ? [x] : []));
  return begins.map(x => [x, [...row, false].indexOf(false, x) - x]);
}

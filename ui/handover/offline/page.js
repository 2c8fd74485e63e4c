// What does the offline page do?  It takes where the sliders stand, picks the case of each part that holds, fills the gaps, and
// has Vega draw. It knows no formula: every number is an expression that the model has printed, worked out by the functions of
// `ui/text/live_speech.js`, which stand before these, as do those of `map.js`.

const page = JSON.parse(document.getElementById("data").textContent);
const [chart, mapPlace, link, tip] = ["chart", "map", "link-text", "tip"].map(id => document.getElementById(id));
const isDark = matchMedia("(prefers-color-scheme: dark)");
const ON_THE_AXIS = ["fact", "supposed_to", "target", "required", "ruler", "ghost", "quarter"]; // as in `ui/answers/path_rows.py`
const ROWS = "source"; // as in `ui/charts/marks.py`
let values = { ...page.values }, focus = page.focus, view = null, mapView = null, mapDrawn = "";

const all = selector => document.querySelectorAll(selector);

// --- what is moved

function hasMoved() {
  return Object.keys(values).some(id => values[id] !== page.values[id]);
}

// What the others leave of a joint limit; a lever that is moved gives way.
function roomOf({ low, joint, others }, values) {
  return joint === undefined ? Infinity : Math.max(low, joint - others.reduce((sum, other) => sum + values[other], 0));
}

function move(id, wanted) {
  const room = roomOf(page.levers[id], values), isCapped = wanted > room;
  values = { ...values, [id]: Math.min(wanted, room) };
  show();
  all("[data-capped]").forEach(said => { said.hidden = !(isCapped && said.dataset.capped === id); });
}

function reset() {
  go(page.values);
}

function go(places) {
  values = { ...values, ...places };
  all("[data-capped]").forEach(said => { said.hidden = true; });
  show();
}

function see(id) {
  focus = id;
  all("[data-of]").forEach(part => { part.hidden = part.dataset.of !== id; });
  all("[data-focus]").forEach(card => card.setAttribute("aria-pressed", String(card.dataset.focus === id)));
  show();
}

// --- what is shown

function show() {
  const words = writer(page.gaps, values);
  all("[data-cases]").forEach(place => lay(place, words));
  all("[data-words]").forEach(place => { place.textContent = words(place.dataset.words); });
  all("[data-lever]").forEach(slider => stand(slider));
  document.body.toggleAttribute("data-moved", hasMoved());
  const address = words(page.links[focus]);
  document.getElementById("link").href = link.value = document.getElementById("link-printed").textContent = address;
  document.getElementById("copied").hidden = true;
  draw(words);
  drawMap(words);
}

// The template of the case that holds, with its gaps filled: text in text nodes, so that no number can become markup.
function lay(place, words) {
  const templates = [...place.children].filter(child => child.localName === "template");
  const content = templates[chosen(page.conditions[Number(place.dataset.cases)], values)].content.cloneNode(true);
  const texts = document.createTreeWalker(content, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) texts.currentNode.data = words(texts.currentNode.data);
  place.replaceChildren(...templates, content);
}

function stand(slider) {
  slider.value = values[slider.dataset.lever];
  slider.setAttribute("aria-valuetext", slider.closest(".lever").querySelector("output").textContent);
}

// --- the chart

function draw(words) {
  const kept = page.rows[focus];
  const text = hasMoved() ? rowsText(chosen(page.moving[focus], values), words, values) : "";
  const rows = text ? { ...axisOf(kept, text) } : {};
  view.data(ROWS, kept.map(row => ({ ...row, ...rows }))).signal("live", text).run();
}

// The ends of the axis: all that is drawn with room above it, out to a round mark, as the page finds them.
function axisOf(kept, text) {
  const moved = text.split(ROW_END).map(row => row.split(FIELD_END));
  const drawn = kept.flatMap((row, at) => {
    const follows = Object.fromEntries(page.fields.map((name, place) => [name, moved[at][place]]));
    const shown = { ...row, ...follows, ghost: row.total ?? row.total_below };
    return ON_THE_AXIS.map(name => shown[name]).filter(value => value !== null && value !== "").map(Number);
  });
  const low = Math.min(0, ...drawn), high = Math.max(0, ...drawn), span = high - low || 1;
  const mark = 10 ** Math.floor(Math.log10(span)) / 4;
  return {
    domain_low: mark * Math.floor((low - (low < 0 ? span / 8 : 0)) / mark + NOTHING),
    domain_high: mark * Math.ceil((high + span / 8) / mark - NOTHING),
  };
}

function begin() {
  view?.finalize();
  mapView?.finalize();
  view = viewIn(chart, "path");
  mapView = viewIn(mapPlace, "map").tooltip((_, event, __, text) => tell(event, text)).addEventListener("click", pickOnMap);
  mapDrawn = "";
  show();
}

function viewIn(container, name) {
  const runtime = vega.parse(page.charts[`${name}-${isDark.matches ? "dark" : "light"}`], null, { ast: true });
  return new vega.View(runtime, { expr: vega.expressionInterpreter, renderer: "svg", container });
}

// --- the map

// Its cells are worked out anew only where something moves that they rest on; the point follows by itself.
function drawMap(words) {
  const map = page.maps[focus];
  mapPlace.toggleAttribute("data-none", !map);
  if (!map) return;
  const levers = Object.keys(values), places = levers.map(id => values[id]);
  const rests = JSON.stringify([focus, withPair(map, 0, 0, values), evaluated(map.middle, values)]);
  if (rests !== mapDrawn) layMap(map);
  mapDrawn = rests;
  const here = [levers, places, places.map(() => 0), [words(map.now)]];
  mapView.signal("live", here.map(row => row.join(FIELD_END)).join(ROW_END)).run();
}

function layMap(map) {
  const rows = mapRows(map, values);
  mapView.data(ROWS, rows);
  all("[data-no-line]").forEach(said => { said.hidden = rows.some(row => row.line_order !== null); });
  all(`[data-of="${focus}"] [data-pair]`).forEach(cell => {
    const [across, up] = cell.dataset.pair.split(" ").map(Number);
    const year = writer(page.gaps, withPair(map, across, up, values))(map.cell);
    cell.textContent = isShut(map, across, up, values) ? map.shut : year;
  });
}

function pickOnMap(_, item) {
  const map = page.maps[focus], { x_mid: across, y_mid: up } = item?.datum ?? {};
  if (!Number.isFinite(across) || !Number.isFinite(up)) return;
  const place = [middleNear(map.x, across), middleNear(map.y, up)];
  if (!isShut(map, ...place, values)) go({ [map.x.lever]: place[0], [map.y.lever]: place[1] });
}

// What is read over a cell, beside the finger and inside the window.
function tell({ clientX, clientY }, text) {
  tip.hidden = !text;
  tip.textContent = text ?? "";
  tip.style.left = `${Math.max(0, Math.min(clientX + 14, innerWidth - tip.offsetWidth - 8))}px`;
  tip.style.top = `${clientY > innerHeight / 2 ? clientY - tip.offsetHeight - 14 : clientY + 14}px`;
}

// --- what is heard

document.addEventListener("input", ({ target }) => {
  if (target.dataset.lever) move(target.dataset.lever, Number(target.value));
});

document.addEventListener("click", ({ target }) => {
  const button = target.closest("button");
  if (!button) return;
  if (button.dataset.focus) see(button.dataset.focus);
  if (button.dataset.step) step(button.parentElement.querySelector("input"), button.dataset.step);
  if (button.id === "reset") reset();
  if (button.id === "copy") copy();
});

function step(slider, way) {
  if (way === "up") slider.stepUp();
  else slider.stepDown();
  move(slider.dataset.lever, Number(slider.value));
}

async function copy() {
  link.select();
  try {
    await navigator.clipboard.writeText(link.value);
  } catch {
    if (!document.execCommand("copy")) return; // it is selected: a hand can copy it
  }
  document.getElementById("copied").hidden = false;
}

isDark.addEventListener("change", begin);
begin();

// What does the offline page do?  It takes where the sliders stand, picks the case of each part that holds, fills the gaps, and
// has Vega draw. It knows no formula: every number is an expression that the model has printed, worked out by the functions of
// `ui/text/live_speech.js`, which stand before these.

const page = JSON.parse(document.getElementById("data").textContent);
const chart = document.getElementById("chart"), link = document.getElementById("link-text");
const isDark = matchMedia("(prefers-color-scheme: dark)");
const ON_THE_AXIS = ["fact", "supposed_to", "target", "required", "ruler", "ghost", "quarter"]; // as in `ui/answers/path_rows.py`
let values = { ...page.values }, focus = page.focus, view = null;

const all = selector => document.querySelectorAll(selector);

// --- what is moved

function hasMoved() {
  return Object.keys(values).some(id => values[id] !== page.values[id]);
}

// What the others leave of a joint limit; a lever that is moved gives way.
function roomOf({ low, joint, others }) {
  return joint === undefined ? Infinity : Math.max(low, joint - others.reduce((sum, other) => sum + values[other], 0));
}

function move(id, wanted) {
  const room = roomOf(page.levers[id]), isCapped = wanted > room;
  values = { ...values, [id]: Math.min(wanted, room) };
  show();
  all("[data-capped]").forEach(said => { said.hidden = !(isCapped && said.dataset.capped === id); });
}

function reset() {
  values = { ...page.values };
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
  view.data("rows", kept.map(row => ({ ...row, ...rows }))).signal("live", text).run();
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
  const runtime = vega.parse(page.charts[isDark.matches ? "dark" : "light"], null, { ast: true });
  view = new vega.View(runtime, { expr: vega.expressionInterpreter, renderer: "svg", container: chart });
  show();
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

// What the browser does while a lever is dragged: it fills the gaps that the server has left in texts and rows
// (`ui/page/live.py`) from where the sliders stand, and gives the page back once the server has answered.
//
// It knows no formula: every number is an expression that the model has printed, worked out by the functions of
// `ui/text/live_speech.js`, which stand before these. It writes beside what Streamlit has drawn, never into it, and
// takes its own away again.

const STILL_APART = 1_500; // milliseconds after which the server cannot have heard of a move
const IDLE = '[data-test-connection-state="CONNECTED"][data-test-script-state="notRunning"]';
const HOLDING = ["pointerdown", "pointerup", "pointercancel"], PRESSES = ["pointerdown", "keydown", "input"];
const AFTER_THE_ANSWER = 150; // milliseconds until the chart draws from its rows again: they say the same by now

const hand = window.liveHand ??= watchedHand();

export default function ({ data, setTriggerValue }) {
  const root = document.querySelector('[data-testid="stMainBlockContainer"]');
  let settled = Object.fromEntries(Object.entries(data.levers).map(([id, lever]) => [id, lever.settled]));
  let levers = null, shown = "", pause = 0, apart = 0, told = "";

  // At once, not in the next frame: a slider tells of a move when its own frame is nearly over.
  function look() {
    const { values, strays } = whereTheyStand(data.levers, settled);
    const places = JSON.stringify([values, settled, strays]);
    if (places === shown && root.hasAttribute("data-live")) return;
    shown = places;
    const moved = Object.keys(values).filter(id => values[id] !== settled[id]);
    window.liveMoved = Object.fromEntries(moved.map(id => [id, values[id]])); // for `visit.js`, should the connection go
    if (moved.length) show(withEnds(data.levers, settled, values));
    else give();
    clearTimeout(apart);
    if (moved.length || strays.length) watch();
  }

  // A move that the server never heard of, as when the connection went in the middle of it, or a slider that was drawn anew
  // without being told where it stands. The server hears, once, what the hand has moved, and tells the others again.
  function watch() {
    apart = setTimeout(() => {
      if (hand.isHeld || performance.now() - hand.wasHeld < STILL_APART || !document.querySelector(IDLE)) return watch();
      if (told === shown) return;
      told = shown;
      setTriggerValue("stands", window.liveMoved);
    }, STILL_APART);
  }

  function show(values) {
    clearTimeout(pause);
    const words = writer(data.gaps, values);
    root.setAttribute("data-live", "");
    for (const [id, cases] of Object.entries(data.cards)) {
      const card = chosen(cases, values), places = [document.querySelector(`.st-key-card-${id} button p`)?.parentElement];
      if (id === data.focus) places.push(document.querySelector("#strip"));
      for (const place of places) if (place && card) lay(place, cardNodes(card, words, samplesOf(data)));
    }
    data.needed.forEach((cases, place) => layNeeded(place, chosen(cases, values).map(words)));
    write(rowsText(chosen(data.rows, values), words, values));
  }

  function give() {
    if (!root.hasAttribute("data-live")) return;
    root.removeAttribute("data-live");
    document.querySelectorAll(".is-live").forEach(node => node.remove());
    document.querySelectorAll("[data-follows]").forEach(node => node.removeAttribute("data-follows"));
    clearTimeout(pause);
    pause = setTimeout(() => write(""), AFTER_THE_ANSWER);
  }

  function runEnded({ detail }) {
    settled = { ...settled, ...detail.levers };
    attach();
    look();
  }

  // To where the levers are now: Streamlit may have drawn their place anew.
  function attach() {
    const now = document.querySelector(".st-key-levers");
    if (now === levers) return;
    detach();
    levers = now;
    levers?.addEventListener("input", look);
    if (levers) observer.observe(levers, { subtree: true, childList: true, attributes: true, characterData: true });
  }

  function detach() {
    observer.disconnect();
    levers?.removeEventListener("input", look);
  }

  const observer = new MutationObserver(look);
  attach();
  window.addEventListener("visit-run-ended", runEnded);
  look();
  return () => {
    detach();
    window.removeEventListener("visit-run-ended", runEnded);
    clearTimeout(apart);
    give();
  };
}

// --- the hand

// What the hand has moved and the server has not agreed to yet. It outlives the component and the sliders: both may be set up
// anew in the middle of a move. A slider that no hand has moved and that stands elsewhere is nobody's wish.
function watchedHand() {
  const hand = { isHeld: false, wasHeld: 0, touched: new Set(), left: {} };
  HOLDING.forEach(kind => document.addEventListener(kind, () => {
    Object.assign(hand, { isHeld: kind === "pointerdown", wasHeld: performance.now() });
  }, true));
  PRESSES.forEach(kind => document.addEventListener(kind, ({ isTrusted, target }) => {
    const place = isTrusted && target.closest?.(".st-key-levers [data-testid=stElementContainer]");
    if (place) place.classList.forEach(name => hand.touched.add(name));
    else if (kind !== "input" && target.closest?.('[data-testid="stApp"]')) forgetWhatIsGone();
  }, true));
  return hand;
}

// A press somewhere else goes out from the page as it is seen.
function forgetWhatIsGone() {
  for (const [id, { slider }] of Object.entries(hand.left)) if (!slider?.isConnected) delete hand.left[id];
}

function isInHand(lever) {
  return hand.touched.has(lever.slider) || hand.touched.has(lever.field);
}

function letGo(id, lever) {
  hand.touched.delete(lever.slider);
  hand.touched.delete(lever.field);
  delete hand.left[id];
}

// --- where the levers stand

function whereTheyStand(levers, settled) {
  const values = {}, strays = [];
  for (const [id, lever] of Object.entries(levers)) {
    const slider = sliderOf(lever), field = fieldOf(lever), isTyped = field === document.activeElement;
    const at = standsAt(slider, isTyped ? null : field, settled[id]); // half a number is none
    if (!isInHand(lever)) {
      values[id] = settled[id];
      if (slider && numberIn(slider) !== settled[id]) strays.push(id);
      continue;
    }
    const left = hand.left[id] ??= { slider };
    if (left.slider === slider) left.value = at; // another was drawn in its place: what the hand has left counts
    values[id] = left.value;
    if (!hand.isHeld && !isTyped && values[id] === settled[id]) letGo(id, lever);
  }
  for (const [id, lever] of Object.entries(levers)) {
    if (lever.joint === undefined || values[id] === settled[id]) continue;
    const others = lever.others.reduce((sum, other) => sum + values[other], 0);
    values[id] = Math.min(values[id], Math.max(lever.low, lever.joint - others));
  }
  return { values, strays };
}

function sliderOf(lever) {
  return document.querySelector(`.${lever.slider} input[type=range]`);
}

function fieldOf(lever) {
  return document.querySelector(`.${lever.field} input`);
}

// The slider where it has moved, else the field, which its − and + may have moved.
function standsAt(slider, field, settled) {
  const slid = numberIn(slider);
  return slid !== null && slid !== settled ? slid : numberIn(field) ?? settled;
}

// The values with what texts and rows need to know of each lever beside: whether it has moved, and where it ends.
function withEnds(levers, settled, values) {
  const found = { ...values };
  for (const [id, lever] of Object.entries(levers)) {
    const others = (lever.others ?? []).reduce((sum, other) => sum + values[other], 0);
    found[`moved ${id}`] = Number(values[id] !== settled[id]);
    found[`high ${id}`] = lever.joint === undefined ? lever.high : Math.min(lever.high, lever.joint - others);
  }
  return found;
}

function numberIn(input) {
  const text = input?.value;
  return text === undefined || text.trim() === "" || !Number.isFinite(Number(text)) ? null : Number(text);
}

// --- the cards and the strip

function cardNodes(card, words, samples) {
  const line = text => document.createTextNode(text);
  return [
    line(`${words(card.name)} `), samples.badge(card.colour, words(card.status)), line("\n"),
    Object.assign(document.createElement("strong"), { textContent: words(card.year) }), line(` ${words(card.what)}\n`),
    card.is_short ? samples.short(words(card.outcome)) : line(words(card.outcome)),
    line("\n"), samples.small(card.details.map(words).join("\n")),
  ];
}

function samplesOf({ samples, colours }) {
  const place = document.querySelector(`.${samples}`);
  const badges = [...place.querySelectorAll(".stMarkdownBadge")], text = place.querySelector(".stMarkdownColoredText");
  const others = [...place.querySelectorAll("p > span")].filter(node => !node.className);
  const like = (sample, words) => {
    const node = sample ? sample.cloneNode(false) : document.createElement("span");
    node.textContent = words;
    return node;
  };
  return {
    badge: (colour, words) => like(badges[colours.indexOf(colour)], words),
    short: words => like(text, words),
    small: words => like(others.at(-1), words),
  };
}

// The nodes beside what Streamlit has drawn in a place, which is not shown meanwhile.
function lay(place, nodes) {
  const own = place.querySelector(":scope > .is-live") ?? place.appendChild(document.createElement("p"));
  own.className = "is-live";
  own.replaceChildren(...nodes);
  place.setAttribute("data-follows", "");
}

// --- what must be

function layNeeded(place, texts) {
  const cells = document.querySelectorAll(`table.needed tbody tr:nth-child(${place + 1}) td`);
  const shown = [cells[0], cells[1], cells[cells.length - 1]];
  texts.forEach((text, at) => shown[at] && lay(shown[at], [document.createTextNode(text)]));
}

// --- the charts

function write(text) {
  const input = document.getElementById("live-rows");
  if (!input || input.value === text) return;
  input.value = text;
  input.dispatchEvent(new Event("input"));
}

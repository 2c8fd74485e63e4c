// What the browser does for a visit: it keeps the address, says that the connection is lost, brings the page back, and
// names what a new session no longer holds. The server says at the end of each run what there is (`ui/session/visit.py`).
//
// Streamlit keeps a copy of the query from the time at which the page was loaded, and gives that copy to a new session. It
// takes a new copy at the event `popstate`: one is raised when the connection goes, so that whatever comes back comes from the
// live address, and one when it is there again, so that a new session knows every button before the visitor presses one.
//
// A view is a step of the browser's history, a lever is not: Back shows the view before, with what is supposed as it is now.
// What is printed is stamped by `ui/session/stamp.js`, which stands before these.

const CONNECTION = "data-test-connection-state", KEY = "visit";
const ACTS = ["click", "change", "keydown"], CONTROLS = "button, input, textarea, [data-asks]";
const WORTH_ASKING = ["edition", "ledger", "years", "begun"]; // the log alone is not
const BEFORE_IT_IS_SAID = 700, LONGEST_WAIT = 15_000, ONCE_IN = 60_000; // milliseconds
const GIVEN_UP = "DISCONNECTED_FOREVER", LOADED_ANEW = "visit-loaded-anew";
const steps = window.visitSteps ??= heardOnce();
const ELEMENT = { veil: "visit-veil", said: "visit-said", gone: "visit-gone" };

export default function ({ data, setTriggerValue }) {
  const app = document.querySelector('[data-testid="stApp"]');
  const words = data.words;
  document.documentElement.lang = data.language; // Streamlit says "en" of every page
  let connection = app.getAttribute(CONNECTION);
  let timers = [], wasCutOff = false;
  steps.ask = view => setTriggerValue("view", view);

  const observer = new MutationObserver(() => {
    const now = app.getAttribute(CONNECTION);
    if (now === connection) return;
    const was = connection;
    connection = now;
    if (now === "CONNECTED") isBack();
    else if (was === "CONNECTED") isLost();
    if (now === GIVEN_UP) after(BEFORE_IT_IS_SAID, loadAnew);
  });
  observer.observe(app, { attributes: true, attributeFilter: [CONNECTION] });
  const dialogs = new MutationObserver(() => {
    if (connection !== "CONNECTED") closeStreamlitsDialog();
  });
  dialogs.observe(document.body, { childList: true });

  function acted({ target, key }) {
    steps.wanted = null;
    steps.isPressed = true;
    steps.isUnanswered ||= key !== "Tab" && Boolean(target.closest?.(CONTROLS));
  }

  function isLost() {
    wasCutOff = !keepWhatMoves() && steps.isUnanswered;
    steps.drafts = typedTexts();
    askStreamlitToReadTheAddress();
    after(BEFORE_IT_IS_SAID, () => say(words.lost));
  }

  // Streamlit never comes back from this, as from a message that it cannot read; the page does, from its address.
  function loadAnew() {
    if (connection !== GIVEN_UP || Date.now() - (read(LOADED_ANEW) ?? 0) < ONCE_IN) return;
    write(LOADED_ANEW, Date.now());
    location.reload();
  }

  function isBack() {
    stopTimers();
    shut();
    say(words.restoring);
    keepWhatMoves();
    askStreamlitToReadTheAddress();
    after(LONGEST_WAIT, open);
  }

  function runEnded({ detail: { address, session, holds } }) {
    if (address) follow(address);
    steps.isUnanswered = false;
    open();
    nameWhatIsGone(session, holds);
  }

  function nameWhatIsGone(session, holds) {
    const before = read(KEY);
    if (before && before.session !== session) {
      const gone = Object.entries(before.holds).filter(([kind]) => !(kind in holds)).map(([, said]) => said);
      const said = [
        ...(gone.length ? [words.gone.replace("GONE", gone.join(words.and))] : []),
        ...(gone.some(what => what !== before.holds.log) ? [words.again] : []),
        ...(wasCutOff ? [words.cut_off] : []),
      ];
      if (said.length || steps.drafts.length) note(said.join(" "), steps.drafts);
    }
    wasCutOff = false;
    steps.drafts = [];
    write(KEY, { session, holds });
  }

  // --- what is seen ---

  function shut() {
    app.inert = true;
    place(ELEMENT.veil);
  }

  function open() {
    stopTimers();
    app.inert = false;
    remove(ELEMENT.veil);
    remove(ELEMENT.said);
  }

  function say(text) {
    const element = place(ELEMENT.said);
    element.setAttribute("role", "status");
    element.textContent = text;
  }

  function note(text, drafts) {
    const element = place(ELEMENT.gone);
    element.setAttribute("role", "alert");
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: words.dismiss });
    button.addEventListener("click", () => element.remove());
    const said = [text, ...(drafts.length ? [words.draft] : [])].filter(Boolean);
    const kept = drafts.map(draft => Object.assign(document.createElement("textarea"), { value: draft, readOnly: true, rows: 3 }));
    kept.forEach(field => field.setAttribute("aria-label", words.draft));
    const lines = said.map(line => Object.assign(document.createElement("p"), { textContent: line }));
    const texts = document.createElement("div");
    texts.append(...lines, ...kept);
    element.replaceChildren(texts, button);
  }

  function place(name) {
    const element = document.getElementById(name) ?? document.createElement("div");
    element.id = name;
    document.body.append(element);
    return element;
  }

  function remove(name) {
    document.getElementById(name)?.remove();
  }

  function after(milliseconds, act) {
    timers.push(setTimeout(act, milliseconds));
  }

  function stopTimers() {
    timers.forEach(clearTimeout);
    timers = [];
  }

  window.addEventListener("visit-run-ended", runEnded);
  window.addEventListener("beforeunload", askFirst);
  window.addEventListener("beforeprint", stamp);
  ACTS.forEach(act => document.addEventListener(act, acted, true));
  if (window.visitLastRun) runEnded({ detail: window.visitLastRun }); // it ended before this was here
  return () => {
    observer.disconnect();
    dialogs.disconnect();
    open(); // whatever comes in its place, the page is not left shut
    ACTS.forEach(act => document.removeEventListener(act, acted, true));
    window.removeEventListener("beforeunload", askFirst);
    window.removeEventListener("beforeprint", stamp);
    window.removeEventListener("visit-run-ended", runEnded);
  };
}

// --- the steps of the history

// What is known of them outlives the component, which may be set up anew between a press and its answer.
function heardOnce() {
  window.addEventListener("popstate", wentInHistory);
  return {
    shown: undefined, // the view of the last answer
    wanted: null, // the view gone back to, and not shown yet
    isAskedAgain: false,
    isPressed: false, // since Back or Forward: an answer that was late is no step
    isUnanswered: false,
    drafts: [], // what stood in the large fields when the connection went
    ask: () => {},
  };
}

// Streamlit has heard of it before, and has read the entry as it was: a session that there is does not mind, a new one
// would take the address of then for what is supposed now.
function wentInHistory(event) {
  if (!event.isTrusted) return;
  const address = window.visitLastRun?.address;
  const view = viewOf(Object.fromEntries(new URL(location.href).searchParams));
  if (!address) return;
  writeAddress(inView(address, view));
  if (!isConnected()) askStreamlitToReadTheAddress();
  if (view === steps.shown) return;
  Object.assign(steps, { shown: view, wanted: view, isAskedAgain: false, isPressed: false, isUnanswered: true });
  steps.ask(view);
}

function follow(address) {
  const view = viewOf(address);
  if (steps.wanted !== null && view !== steps.wanted && !steps.isAskedAgain) { // a run that had not heard of it, or the connection went
    steps.isAskedAgain = true;
    writeAddress(inView(address, steps.wanted));
    steps.ask(steps.wanted);
    return;
  }
  writeAddress(address, steps.isPressed && view !== (steps.shown ?? view));
  Object.assign(steps, { shown: view, wanted: null });
}

// It says "Is Streamlit still running?"; what is the matter stands at the bottom already. Those of the page hold its own blocks.
function closeStreamlitsDialog() {
  for (const dialog of document.querySelectorAll('[data-testid="stDialog"]')) {
    if (!dialog.querySelector('[data-testid="stVerticalBlock"]')) {
      dialog.style.display = "none";
      dialog.querySelector("button[aria-label]")?.click();
    }
  }
}

function isConnected() {
  return document.querySelector('[data-testid="stApp"]').getAttribute(CONNECTION) === "CONNECTED";
}

function askStreamlitToReadTheAddress() {
  window.dispatchEvent(new PopStateEvent("popstate", { state: history.state }));
}

// A reload or a closed tab ends the visit: the browser asks, in its own words, where that would lose what was typed or uploaded.
function askFirst(event) {
  const holds = window.visitLastRun?.holds ?? {};
  if (typedTexts().length || WORTH_ASKING.some(kind => kind in holds)) event.preventDefault();
}

// What stands in the large fields, where a table is pasted or typed: a new session may not show the field again.
function typedTexts() {
  return [...document.querySelectorAll("textarea")].filter(field => !field.readOnly).map(field => field.value).filter(text => text.trim());
}

// A slider that is on its way stands in no address yet: a new session would not know of it.
function keepWhatMoves() {
  const address = window.visitLastRun?.address, moved = window.liveMoved ?? {};
  const written = Object.entries(moved).map(([id, value]) => [id, String(value)]);
  if (!address || !written.length) return false;
  writeAddress(inView({ ...address, ...Object.fromEntries(written) }, steps.shown));
  return true;
}

function viewOf(address) {
  return address.view ?? "";
}

function inView({ view: _, ...rest }, view) {
  return view ? { ...rest, view } : rest;
}

// Not by Streamlit's own means: those add a step to the history at each change. Parameters that are Streamlit's own (embed…) stay.
function writeAddress(wanted, isStep = false) {
  const address = new URL(location.href), held = address.searchParams;
  const own = [...held.keys()].filter(name => !name.startsWith("embed"));
  if (own.length === Object.keys(wanted).length && Object.entries(wanted).every(([name, value]) => held.get(name) === value)) return;
  own.forEach(name => held.delete(name));
  Object.entries(wanted).forEach(([name, value]) => held.set(name, value));
  history[isStep ? "pushState" : "replaceState"](history.state, "", address);
  // Vega names a pattern by the address as it was; once that is another one, the browser may find none there
  document.querySelectorAll('[fill^="url("]').forEach(mark => {
    mark.setAttribute("fill", mark.getAttribute("fill").replace(/[(].*#/, "(#"));
  });
}

// The tab's own storage, so that a tab that a phone has put away and loads again knows it, too. It holds no figure.
function read(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key));
  } catch {
    return null;
  }
}

function write(key, value) {
  try {
    sessionStorage.setItem(key, JSON.stringify(value));
  } catch {
    // a browser that keeps nothing has nothing to compare with
  }
}

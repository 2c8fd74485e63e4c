// How long after the hand did each part of the page change?  `parts` are selectors by name; a chart inside a
// shadow tree counts as well. What was first changed after a move or a key is noted once, in `finger.took`.

parts => {
  const finger = window.finger = { at: null, took: {}, open: new Set(), let_go: null, answered: null, drawn: null };
  const begin = event => {
    if (finger.at !== null && finger.open.size) return; // the one before is still on its way
    finger.at = event.timeStamp;
    finger.open = new Set(Object.keys(parts));
  };
  finger.clear = () => Object.assign(finger, { at: null, took: {}, open: new Set(), let_go: null, answered: null, drawn: null });
  for (const kind of ["pointermove", "mousemove"]) window.addEventListener(kind, event => event.buttons && begin(event), true);
  window.addEventListener("keydown", begin, true);
  for (const kind of ["pointerup", "keyup"]) window.addEventListener(kind, event => { finger.let_go = event.timeStamp; }, true);
  window.addEventListener("visit-run-ended", () => { finger.answered ??= performance.now(); });

  const note = changes => {
    if (finger.at === null) return;
    const nodes = changes.map(({ target }) => target.nodeType === 1 ? target : target.parentElement).filter(Boolean);
    if (nodes.some(node => node.closest("svg, canvas") && !node.closest("button"))) finger.drawn = performance.now();
    for (const name of [...finger.open]) {
      if (!nodes.some(node => node.closest(parts[name]))) continue;
      finger.open.delete(name);
      (finger.took[name] ??= []).push(performance.now() - finger.at);
    }
  };
  const seen = new WeakSet();
  const watch = root => {
    if (!seen.has(root)) new MutationObserver(note).observe(root, { subtree: true, childList: true, attributes: true, characterData: true });
    seen.add(root);
    root.querySelectorAll("*").forEach(element => element.shadowRoot && watch(element.shadowRoot));
  };
  watch(document);
  if (!document.querySelector('[data-testid="stApp"]')) setInterval(() => watch(document), 300);
}

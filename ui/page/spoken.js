// What a browser that reads aloud says of Streamlit's own controls: their names in the page's language, the unit of a
// slider's value, which card and view is chosen, and what a chart shows (`ui/page/spoken.py`).

const AFTER = 200; // milliseconds: nothing here is seen, so that it waits for what is

const named = window.namedHere ??= new WeakMap(); // what stood somewhere before it was named in the page's language

export default function ({ data }) {
  let pause = 0;
  const set = (node, name, words) => {
    if (node && node.getAttribute(name) !== words) node.setAttribute(name, words);
  };
  const each = (selector, change) => document.querySelectorAll(selector).forEach(change);

  function dress() {
    each("[aria-label]", node => rename(node, node.ariaLabel, theirs => data.names[theirs], words => set(node, "aria-label", words)));
    each('[data-testid="stTooltipContent"] p, [data-testid="stSkipToContent"]', ({ firstChild }) => {
      if (firstChild) rename(firstChild, firstChild.nodeValue, theirs => data.names[theirs], words => firstChild.nodeValue = words);
    });
    each('[data-testid="stTooltipIcon"] button', button => {
      const label = button.closest("label")?.querySelector("p")?.textContent;
      if (label) set(button, "aria-label", data.help.replace("{label}", label));
    });
    each(".st-key-cards button, .st-key-views button", button => {
      set(button, "aria-pressed", String(button.getAttribute("kind") === "primary"));
    });
    each('[data-testid="stFileUploaderDropzone"]', place => set(place, "role", "group"));
    each('[data-testid="stFileChip"]', handedOver);
    each('[data-testid="stCode"] pre', text => { // what scrolls can be reached by keys
      if (text.scrollWidth > text.clientWidth) set(text, "tabindex", "0");
      else text.removeAttribute("tabindex");
    });
    each(".stVegaLiteChart", describe);
    for (const [place, unit] of Object.entries(data.units)) each(`.${place} input[type=range]`, slider => speak(slider, unit));
  }

  // A file that was not taken says why in sight, and not only where the mouse rests; its buttons are named.
  function handedOver(chip) {
    const { title } = chip.querySelector('[data-testid="stFileChipName"]'), why = chip.querySelector("[role=alert]");
    const button = chip.querySelector("button");
    if (button) rename(button, button.ariaLabel, theirs => act(theirs, title), words => set(button, "aria-label", words));
    if (chip.title) set(chip, "title", data.again);
    const tip = chip.closest('[data-testid="stTooltipErrorHoverTarget"]')?.getAttribute("aria-describedby");
    if (tip && chip.dataset.refused) set(document.getElementById(tip), "aria-label", chip.dataset.refused);
    if (why) rename(why, why.textContent, refused, words => {
      set(chip, "data-refused", words);
      if (why.textContent !== words) why.replaceChildren(words);
    });
  }

  function act(theirs, title) {
    const begin = Object.keys(data.file).find(begin => theirs.startsWith(begin));
    return begin && data.file[begin].replace("{name}", title);
  }

  function refused(theirs) {
    return theirs.startsWith("Error: ") && data.refused[Object.keys(data.refused).find(sign => theirs.includes(sign))];
  }

  // A chart is named by the heading above it; the sentence or the table beside it says the same in words.
  function describe(chart) {
    const headings = [...document.querySelectorAll(".chart-head h2")];
    const above = headings.filter(node => node.compareDocumentPosition(chart) & Node.DOCUMENT_POSITION_FOLLOWING).at(-1);
    set(chart, "role", "img");
    set(chart, "aria-roledescription", data.chart);
    const words = [above?.textContent, document.querySelector("p.sentence")?.textContent].filter(Boolean);
    set(chart, "aria-label", words.join(" ") || data.beside);
  }

  function speak(slider, unit) {
    const { value } = slider;
    set(slider, "aria-valuetext", `${value.replace("-", "\u2212")} ${unit}`);
  }

  function soon() {
    clearTimeout(pause);
    pause = setTimeout(dress, AFTER);
  }

  function moved({ target }) {
    const place = target.closest?.("[data-testid=stElementContainer]");
    const unit = Object.entries(data.units).find(([name]) => place?.classList.contains(name))?.[1];
    if (unit && target.type === "range") setTimeout(() => speak(target, unit));
  }

  const observer = new MutationObserver(soon);
  observer.observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ["kind", "role", "value"] });
  document.addEventListener("input", moved);
  dress();
  return () => {
    observer.disconnect();
    clearTimeout(pause);
    document.removeEventListener("input", moved);
  };
}

// Puts this page's words where Streamlit's stand, or those of the language before.
function rename(node, shown, wordsFor, put) {
  const before = named.get(node), theirs = before?.ours === shown ? before.theirs : shown;
  const ours = wordsFor(theirs);
  if (!ours) return;
  named.set(node, { theirs, ours });
  put(ours);
}

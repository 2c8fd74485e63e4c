// What the browser does for typed values: it hands what Streamlit's number field would misread or refuse to the model's own
// reader (`ui/page/typed.py`), and brings up the keyboard for numbers.
//
// It reads no number itself but to tell whether one is written the plain way and lies within the field's own limits.

const FIELD = '[data-testid="stNumberInput"] input', PLAIN = /^\s*[+-]?(\d+\.?\d*|\.\d+)\s*$/;
const AFTER = 100; // milliseconds
const IS_APPLE_PHONE = /iPhone|iPad/.test(navigator.userAgent); // whose keyboard for decimals has no minus sign

export default function ({ setTriggerValue }) {
  function dress() {
    for (const input of document.querySelectorAll(FIELD)) {
      // as text, what is typed stays to be read; a number field drops what it does not know, and 15，5 becomes 155
      if (input.type === "number") input.type = "text";
      const isSigned = Number(input.min) < 0;
      const keyboard = isSigned && IS_APPLE_PHONE ? "text" : "decimal";
      if (input.inputMode !== keyboard) input.inputMode = keyboard;
    }
  }

  function commit(event) {
    const input = event.target;
    if (!input.matches?.(FIELD) || (event.type === "keydown" && event.key !== "Enter")) return;
    const text = input.value, value = Number(text);
    const isWithin = value >= Number(input.min) && value <= Number(input.max);
    if (text.trim() === "" || (PLAIN.test(text) && isWithin)) return;
    const key = input.closest("[data-testid=stElementContainer]").className.match(/st-key-(\S+)/)?.[1];
    const counts = window.visitLastRun?.fields[key];
    if (key === undefined || counts === undefined) return;
    put(input, counts); // before Streamlit hears of it
    setTriggerValue("typed", { field: key, text });
  }

  let pause = 0;
  const observer = new MutationObserver(() => { // seldom: what follows a finger changes the page sixty times a second
    pause ||= setTimeout(() => { pause = 0; dress(); }, AFTER);
  });
  observer.observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ["type"] });
  document.addEventListener("keydown", commit, true);
  document.addEventListener("focusout", commit, true);
  dress();
  return () => {
    observer.disconnect();
    clearTimeout(pause);
    document.removeEventListener("keydown", commit, true);
    document.removeEventListener("focusout", commit, true);
  };
}

// Another text in a field, as if it had been typed: React keeps its own record of what was.
function put(input, text) {
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(input, text);
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

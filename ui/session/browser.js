// Begins the parts of the page's script and ends them (`ui/session/browser.py`).
//
// Streamlit calls a component whose data have changed once more, and ends none of the calls before: each would go on with what
// it was told then. So a part is ended here before it begins anew, and left at work where what it is told is as it was.

const atWork = window.partsAtWork ??= {};

export default function ({ data, setTriggerValue }) {
  const call = window.partsCall = {}; // the last one counts
  const begin = () => {
    if (window.partsCall !== call) return;
    for (const [name, start] of Object.entries(window.pageParts)) keep(name, start, data[name] ?? null, setTriggerValue);
  };
  if (window.pageParts) begin();
  else window.addEventListener("page-parts", begin, { once: true });
  return () => {
    if (window.partsCall === call) Object.keys(atWork).forEach(end);
  };
}

function keep(name, start, data, tell) {
  const told = JSON.stringify(data);
  if (atWork[name]?.told === told && atWork[name].start === start) {
    atWork[name].tell = tell;
    return;
  }
  end(name);
  if (data === null) return;
  const part = atWork[name] = { told, start, tell };
  part.end = start({ data, setTriggerValue: (...what) => part.tell(...what) });
}

function end(name) {
  atWork[name]?.end?.();
  delete atWork[name];
}

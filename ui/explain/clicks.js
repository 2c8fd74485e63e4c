// A number that is clicked, or reached by Tab and Enter, is told by the words that name it (`ui/explain/clicks.py`).

export default function ({ setTriggerValue }) {
  const asked = event => {
    const number = event.target.closest?.("[data-asks]");
    if (!number || (event.type === "keydown" && event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    setTriggerValue("number", number.dataset.asks);
  };
  document.addEventListener("click", asked);
  document.addEventListener("keydown", asked);
  return () => {
    document.removeEventListener("click", asked);
    document.removeEventListener("keydown", asked);
  };
}

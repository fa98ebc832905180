// The keyboard: `/` goes to the question, j and k (or the arrows, on a quote) from quote to quote.
(() => {
  "use strict";
  const box = () => window.onRecordBox();
  const quotes = () => [...document.querySelectorAll("#or-chat .or-card:not([hidden])")];
  const isField = (element) => element instanceof Element && element.matches("input, textarea, select, [contenteditable]");

  // From the quote that has the focus; without one, into the last answer from its start or its end.
  const walk = (by) => {
    const shown = quotes();
    if (!shown.length) return;
    const now = shown.indexOf(document.activeElement.closest?.(".or-card"));
    const last = shown[shown.length - 1].closest(".or-answer");
    const first = shown.findIndex((card) => card.closest(".or-answer") === last);
    const next = now < 0 ? (by > 0 ? first : shown.length - 1) : Math.min(Math.max(now + by, 0), shown.length - 1);
    shown[next].querySelector(".or-open").focus({ preventScroll: true });
    shown[next].scrollIntoView({ block: "nearest" });
  };

  const STEPS = { j: 1, k: -1, ArrowDown: 1, ArrowUp: -1 };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const at = event.target;
    const isEmptyBox = at === box() && !at.value;
    if (isField(at) && !(isEmptyBox && event.key === "ArrowDown")) return;
    if (event.key === "/") {
      event.preventDefault();
      return box()?.focus();
    }
    const by = STEPS[event.key];
    const isArrow = event.key.startsWith("Arrow");
    if (!by || (isArrow && !isEmptyBox && !at.closest?.(".or-card"))) return;
    event.preventDefault();
    walk(by);
  });
})();

// Opens and closes the filters that are seldom wanted, says on their button how many of them are in force, and
// measures what stands below the question: on a telephone that may be scrolled out of view, the question not.
(() => {
  "use strict";
  const INSIDE = ["event_since", "event_until", "undated"];
  const GAP = 14; // px under the question
  const button = () => document.querySelector(".or-further");

  const toggle = (open) => {
    button().setAttribute("aria-expanded", String(open));
    if (open) document.querySelector("#or-further-filters").scrollIntoView({ block: "nearest" });
  };

  const count = () => {
    const chips = document.querySelectorAll("#or-active-bar .or-drop");
    const inForce = [...chips].filter((chip) => INSIDE.includes(chip.dataset.drop)).length;
    const said = inForce ? `More filters (${inForce})` : "More filters";
    if (button().textContent !== said) button().textContent = said;
  };

  document.addEventListener("click", (event) => {
    const at = event.target instanceof Element ? event.target.closest(".or-further") : null;
    if (at) toggle(at.getAttribute("aria-expanded") !== "true");
  });

  const measure = () => {
    const [desk, question] = ["#or-desk", "#or-question"].map((id) => document.querySelector(id)?.getBoundingClientRect());
    const below = desk && question ? desk.bottom - question.bottom - GAP : 0;
    document.documentElement.style.setProperty("--or-below", `${Math.max(0, below)}px`);
  };
  const sizes = new ResizeObserver(measure);
  let measured = null;

  new MutationObserver(() => {
    if (!button()) return;
    const desk = document.querySelector("#or-desk");
    if (desk !== measured) sizes.observe((measured = desk));
    count();
  }).observe(document.body, { childList: true, subtree: true });
})();

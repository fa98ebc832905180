// Groups the quotes of an answer and shows those left out at first, without asking the server again.
(() => {
  "use strict";
  const AT_FIRST = 3;

  const KEYS = {
    relevance: () => "",
    source: (card) => card.dataset.source,
    date: (card) => card.dataset.date,
  };
  const NONE = { source: "source not stated", date: "undated" };

  const inOrder = (cards, order) => {
    const byPlace = [...cards].sort((a, b) => a.dataset.at - b.dataset.at);
    // newest first, undated last; a source stands where its best quote does
    if (order === "date") return byPlace.sort((a, b) => b.dataset.date.localeCompare(a.dataset.date));
    if (order !== "source") return byPlace;
    const first = new Map();
    byPlace.forEach((card, index) => first.has(card.dataset.source) || first.set(card.dataset.source, index));
    return byPlace.sort((a, b) => first.get(a.dataset.source) - first.get(b.dataset.source));
  };

  const heading = (card, order) => {
    const title = document.createElement("h3");
    const shown = card.querySelector(order === "source" ? ".or-source" : ".or-printed time");
    title.className = "or-group";
    title.dir = "auto";
    if (shown) title.append(shown.cloneNode(true));
    else title.textContent = NONE[order];
    return title;
  };

  const arrange = (answer) => {
    const list = answer.querySelector(".or-cards");
    const order = answer.querySelector('.or-order[aria-pressed="true"]')?.dataset.order || "relevance";
    const all = !answer.querySelector(".or-more");
    const cards = [...list.querySelectorAll(".or-card")];
    cards.forEach((card) => (card.hidden = !all && card.dataset.at > AT_FIRST));
    const placed = [];
    let group = "";
    for (const card of inOrder(cards, order)) {
      const key = KEYS[order](card);
      const isNew = order !== "relevance" && (!placed.length || key !== group);
      if (!card.hidden && isNew) placed.push(heading(card, order));
      if (!card.hidden) group = key;
      placed.push(card);
    }
    list.replaceChildren(...placed);
  };

  // Another part of an answer leads to one of its quotes, also to one that was left out.
  const goTo = (answer, at) => {
    const card = answer.querySelector(`.or-card[data-at="${at}"]`);
    if (card.hidden) {
      answer.querySelector(".or-more").remove();
      arrange(answer);
    }
    card.querySelector(".or-open").focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest" });
  };

  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest(".or-order, .or-more, .or-to-quote") : null;
    if (!button) return;
    const answer = button.closest(".or-answer");
    if (button.matches(".or-to-quote")) return goTo(answer, Number(button.dataset.at));
    if (button.matches(".or-order")) {
      answer.querySelectorAll(".or-order").forEach((one) => one.setAttribute("aria-pressed", one === button));
      return arrange(answer);
    }
    const next = answer.querySelector(".or-card[hidden]");
    button.remove();
    arrange(answer);
    next?.querySelector(".or-open").focus({ preventScroll: true });
  });
})();

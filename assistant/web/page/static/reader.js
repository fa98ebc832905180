// Opens an article beside its quote, and walks the quotes in it.
// All markup it inserts was escaped by the server; it never builds markup from text.
(() => {
  "use strict";
  const narrow = window.matchMedia("(max-width: 1039px)");
  let opener = null; // what had the focus before the article opened
  let at = 0; // which of the quotes marked in the article is in view
  let reading = 0; // the number of the latest article asked for; an older one that arrives late is dropped

  const panel = document.createElement("aside");
  panel.id = "or-reader";
  panel.hidden = true;
  panel.setAttribute("aria-label", "Article of the quote");
  panel.innerHTML =
    '<div class="or-reader-bar"><a class="or-own-page" target="_blank" rel="noopener">Open on its own page</a>' +
    '<span class="or-walk" role="group" aria-label="Quotes in this article" hidden>' +
    '<button type="button" class="or-step" data-step="-1" aria-label="Previous quote">↑</button>' +
    '<span class="or-step-at" role="status"></span>' +
    '<button type="button" class="or-step" data-step="1" aria-label="Next quote">↓</button></span>' +
    '<button type="button" class="or-close">Close <kbd>Esc</kbd></button></div><div class="or-reader-body" tabindex="0" role="region" aria-label="Text of the article"></div>';
  const announcer = document.createElement("div");
  announcer.className = "or-announcer";
  announcer.setAttribute("role", "status");
  document.body.append(panel, announcer);
  const announce = (line) => (announcer.textContent = line);
  window.onRecordAnnounce = announce;
  const place = panel.querySelector(".or-reader-body");
  const page = () => window.onRecordPage();

  const say = (line) => {
    const note = document.createElement("p");
    note.className = "or-changed";
    note.textContent = line;
    place.replaceChildren(note);
  };

  const settle = () => {
    // On a narrow screen the article is a sheet over the page, and the page behind it must not take the focus.
    const sheet = !panel.hidden && narrow.matches;
    document.body.classList.toggle("or-reading", !panel.hidden);
    if (page()) page().inert = sheet;
  };

  const choose = (card) => {
    document.querySelectorAll(".or-card.or-chosen").forEach((other) => other.classList.remove("or-chosen"));
    if (card) card.classList.add("or-chosen");
  };

  const open = async (link) => {
    const mine = ++reading;
    opener = link;
    choose(link.closest(".or-card"));
    panel.querySelector(".or-own-page").href = link.href;
    panel.hidden = false;
    settle();
    try {
      const address = new URL(link.href);
      address.searchParams.set("bare", "true");
      address.hash = "";
      const reply = await fetch(address);
      const text = await reply.text();
      if (mine !== reading) return;
      const isMarkup = (reply.headers.get("content-type") || "").startsWith("text/html");
      if (isMarkup) place.innerHTML = text;
      else say(text);
    } catch {
      if (mine !== reading) return;
      say("The article could not be fetched: is the server still running?");
    }
    place.querySelector(".or-article")?.focus({ preventScroll: true });
    place.scrollTop = 0;
    const marks = quotes();
    at = Math.max(0, marks.findIndex((mark) => mark.id === "or-hit"));
    panel.querySelector(".or-walk").hidden = marks.length < 2;
    step(0);
  };

  const quotes = () => [...place.querySelectorAll("mark.or-hit, mark.or-also")];

  const step = (by) => {
    const marks = quotes();
    if (!marks.length) return;
    at = (at + by + marks.length) % marks.length;
    marks.forEach((mark, index) => mark.classList.toggle("or-here", index === at && marks.length > 1));
    marks[at].scrollIntoView({ block: "center" });
    panel.querySelector(".or-step-at").textContent = `Quote ${at + 1} of ${marks.length}`;
  };

  const close = () => {
    reading += 1;
    panel.hidden = true;
    panel.querySelector(".or-walk").hidden = true;
    place.replaceChildren();
    choose(null);
    settle();
    if (opener && opener.isConnected) opener.focus({ preventScroll: true });
    opener = null;
  };

  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    if (!target) return;
    if (target.closest(".or-close")) return close();
    const stepper = target.closest(".or-step");
    if (stepper) return step(Number(stepper.dataset.step));
    const link = target.closest(".or-open, .or-variant") || anywhereOn(target.closest(".or-card"), target);
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    open(link);
  });

  // The whole card opens its article, except where someone selects words or uses a control.
  const anywhereOn = (card, target) => {
    if (!card || target.closest("a, button, .or-by-hand") || String(window.getSelection())) return null;
    return card.querySelector(".or-open");
  };

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !panel.hidden) close();
  });
  narrow.addEventListener("change", settle);
  document.addEventListener("or_emptied", () => panel.hidden || close());
})();

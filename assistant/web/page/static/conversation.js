// Keeps the conversation in this browser, tells the server what a reader changes in it, and says what came.
// Only questions and their filters are kept; the server checks them as if they had been typed.
(() => {
  "use strict";
  const KEPT = "on-record.conversation";
  const MOST_TURNS = 20;
  const MOST_CHARACTERS = 24000;
  const LINK = ["q", "since", "until", "source", "undated", "event_since", "event_until", "after", "literal"];

  // Which session this browser has; nothing where nobody logs in. What is kept is kept for it alone.
  const session = () => /(?:^|; )onrecord-page=([0-9a-f]+)/.exec(document.cookie)?.[1] || "";
  const mine = session();
  const KEY = mine ? `${KEPT}.${mine}` : KEPT;

  // Removes what other sessions kept; `all`, also what this one did.
  const forget = (all) => {
    try {
      const keys = Object.keys(window.localStorage).filter((key) => key === KEPT || key.startsWith(`${KEPT}.`));
      keys.filter((key) => all || key !== KEY).forEach((key) => window.localStorage.removeItem(key));
    } catch {
      return; // a browser may refuse its store; then nothing was kept
    }
  };
  forget(false);

  // A page whose session has ended, here or in another tab, or is another one by now: the server says what to show instead.
  const leave = () => {
    forget(true);
    window.location.reload();
  };
  const leaveIfEnded = () => session() !== mine && leave();
  ["focus", "pageshow"].forEach((name) => window.addEventListener(name, leaveIfEnded));
  setInterval(leaveIfEnded, 15000);
  document.addEventListener("or_ended", () => mine && leave());

  // With users, but a password that comes with each request, there is no session to keep anything for.
  const isKept = () => session() === mine && (mine || !document.querySelector("#or-users"));

  const asked = () => [...document.querySelectorAll("#or-chat .or-turn")];
  const tell = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));

  // The place in the conversation of something on the page.
  const placeOf = (element) => {
    const isBefore = (turn) => turn.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING;
    return asked().filter((turn) => turn === element || isBefore(turn)).length - 1;
  };

  // An address without the question in it.
  const without = (address) => {
    const [pathname] = address.split("?");
    const rest = new URLSearchParams(address.slice(pathname.length));
    LINK.forEach((field) => rest.delete(field));
    return pathname + (String(rest) ? `?${rest}` : "");
  };

  // The address the page was opened with, until its question was taken: after a refusal a reload asks it again.
  let opened = "";

  // Called once by the page when it opens: what was kept, and the address, which then asks no more.
  window.onRecordKept = () => {
    const { pathname, search } = window.location;
    opened = pathname + search;
    if (search) window.history.replaceState(null, "", without(opened));
    return [read(), search.slice(0, 8001)];
  };

  const read = () => {
    if (!isKept()) return "";
    try {
      const kept = window.localStorage.getItem(KEY) || "";
      return kept.length > MOST_CHARACTERS ? "" : kept;
    } catch {
      return ""; // a browser may refuse its store; then nothing is kept
    }
  };

  const keep = (turns) => {
    if (!isKept()) return;
    let forms = turns.map((turn) => turn.dataset.form).slice(-MOST_TURNS);
    while (`[${forms}]`.length > MOST_CHARACTERS) forms = forms.slice(1);
    try {
      if (forms.length) window.localStorage.setItem(KEY, `[${forms}]`);
      else window.localStorage.removeItem(KEY);
    } catch {
      return; // full or refused: the conversation lasts as long as the page
    }
  };

  // Places of turns whose other words were sent. They stay in their box until they are being answered: they may be refused.
  const sent = new Set();

  const edit = (turn) => {
    const head = turn.closest(".or-asked");
    if (head.querySelector(".or-editing")) return;
    const form = document.createElement("form");
    const field = document.createElement("textarea");
    const [ask, stop] = ["Ask again", "Cancel"].map((text) => {
      const button = document.createElement("button");
      button.type = text === "Cancel" ? "button" : "submit";
      button.textContent = text;
      return button;
    });
    form.className = "or-editing";
    field.value = JSON.parse(turn.dataset.form).q;
    field.setAttribute("aria-label", "Question in other words");
    field.rows = 2;
    form.append(field, ask, stop);
    const close = () => {
      form.remove();
      turn.hidden = false;
      head.querySelector(".or-edit").focus({ preventScroll: true });
    };
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const at = placeOf(turn);
      sent.add(at);
      tell("or_edit", { turn: at, question: field.value });
    });
    stop.addEventListener("click", close);
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey) event.preventDefault(), form.requestSubmit();
      if (event.key === "Escape") event.stopPropagation(), close();
    });
    turn.hidden = true;
    head.prepend(form);
    field.focus();
  };

  const answering = (turn, at) => {
    if (!sent.delete(at)) return;
    const head = turn.closest(".or-asked");
    head.querySelector(".or-editing")?.remove(); // it is still there where the words are the old ones
    turn.hidden = false;
    head.querySelector(".or-edit").focus({ preventScroll: true });
  };

  const refused = document.createElement("p");
  refused.className = "or-alert";
  refused.setAttribute("role", "alert");
  document.addEventListener("or_refused", (event) => {
    refused.textContent = event.detail || "On Record is busy: please try again in a few seconds.";
    document.querySelector("#or-desk")?.prepend(refused);
    if (opened) window.history.replaceState(null, "", opened);
  });
  window.onRecordRefused = (line) => tell("or_refused", line);
  document.addEventListener("or_taken", () => {
    // only where a refusal put it back: a change of the address stops a page that is being opened
    if (opened && refused.isConnected) window.history.replaceState(null, "", without(opened));
    opened = "";
    refused.remove();
  });

  const copyLink = async (link) => {
    let said = "Link copied";
    await window.onRecordCopy(link.href).catch(() => (said = "Not copied"));
    link.textContent = said;
    window.onRecordAnnounce(said);
    setTimeout(() => (link.textContent = "Copy link"), 2000);
  };

  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const button = target?.closest(".or-edit, .or-again, .or-unfilter, .or-literal, .or-drop, .or-link");
    if (!button) return;
    if (button.matches(".or-link")) {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      return void copyLink(button);
    }
    if (button.matches(".or-edit")) return edit(button.closest(".or-asked").querySelector(".or-turn"));
    if (button.matches(".or-drop")) return tell("or_drop", { what: button.dataset.drop, at: Number(button.dataset.at) });
    const name = ["again", "unfilter", "literal"].find((one) => button.matches(`.or-${one}`));
    tell(`or_${name}`, { turn: placeOf(button) });
  });

  // What each turn is: its form, and whether it is being answered, answered, or left from an earlier visit.
  const state = (turn, answer) => {
    if (answer.matches(".or-busy")) return "busy";
    return turn.dataset.form + (answer.matches(".or-waiting") ? " waiting" : " answered");
  };

  const result = (answer) => {
    const said = answer.querySelector(".or-none-title, .or-summary") || answer;
    return said.textContent;
  };

  // On a telephone the filters stand below the answers: who is at one field may go on to the next.
  const narrow = window.matchMedia("(max-width: 600px)");
  const isFiltering = () => narrow.matches && Boolean(document.activeElement?.closest("#or-filters"));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && narrow.matches && event.target.closest?.(".or-day")) event.target.blur();
  });

  // A turn that changes comes into view from its question on, not from its end, and is announced.
  let known = [];
  new MutationObserver(() => {
    const turns = asked();
    const answers = [...document.querySelectorAll("#or-chat :is(.or-answer, .or-alert, .or-busy)")];
    if (turns.length !== answers.length) return; // half drawn
    const now = turns.map((turn, at) => state(turn, answers[at]));
    const changed = now.findLastIndex((one, at) => one !== known[at]);
    if (changed < 0 && now.length === known.length) return;
    known = now;
    if (!turns.length) tell("or_emptied"), sent.clear();
    turns.forEach((turn, at) => now[at] === "busy" && answering(turn, at));
    if (!now.includes("busy")) keep(turns);
    if (changed < 0) return;
    if (!isFiltering()) turns[changed].scrollIntoView({ block: "start" });
    window.onRecordAnnounce(now[changed] === "busy" ? "Searching the archive…" : result(answers[changed]));
  }).observe(document.body, { childList: true, subtree: true });
})();

// Takes quotes and the conversation off the page: copies a quote with its citation, saves a file.
// Every text is made by the server (assistant/web/page/downloads.py) and comes as data; none is built here.
(() => {
  "use strict";
  const KEY = "on-record.format";
  const PATIENCE = 20000; // ms that the server may take
  const BY_HAND = "The browser did not allow copying. The text is selected: copy it with Ctrl+C or ⌘C.";
  const SILENT = "The server did not answer: please try again.";
  const announce = (line) => window.onRecordAnnounce(line);
  const formats = () => document.querySelector(".or-format");

  // The format is chosen once, for this browser.
  new MutationObserver((_changes, observer) => {
    const field = formats();
    if (!field) return;
    observer.disconnect();
    const kept = recall();
    if ([...field.options].some((option) => option.value === kept)) field.value = kept;
  }).observe(document.documentElement, { childList: true, subtree: true });

  const recall = () => {
    try {
      return window.localStorage.getItem(KEY);
    } catch {
      return null; // a browser may refuse its store; then the choice lasts as long as the page
    }
  };

  document.addEventListener("change", (event) => {
    if (event.target !== formats()) return;
    try {
      window.localStorage.setItem(KEY, event.target.value);
    } catch {
      return;
    }
  });

  // What was asked of the server, by number: `onRecordTaken` is called by the page with what came.
  const waiting = new Map();
  let ticket = 0;

  const ask = (name, detail) =>
    new Promise((resolve, reject) => {
      const mine = ++ticket;
      waiting.set(mine, { resolve, reject });
      document.dispatchEvent(new CustomEvent(name, { detail: { ...detail, ticket: mine } }));
      setTimeout(() => settle(mine, (asked) => asked.reject(new Error(SILENT))), PATIENCE);
    });

  const settle = (number, how) => {
    const asked = waiting.get(number);
    waiting.delete(number);
    if (asked) how(asked);
  };

  window.onRecordTaken = (made) => {
    const fail = (line) => (asked) => asked.reject(new Error(line));
    if (!made) return [...waiting.keys()].forEach((number) => settle(number, fail(SILENT)));
    const taken = JSON.parse(made);
    settle(taken.ticket, taken.told ? fail(taken.told) : (asked) => asked.resolve(taken));
  };

  // One line beside the tools, which is also read out.
  const tell = (line) => {
    const place = document.querySelector(".or-told");
    if (place) place.textContent = line;
    announce(line);
    setTimeout(() => place?.textContent === line && (place.textContent = ""), 8000);
  };

  const cited = async (button, format) => {
    if (format === "text") return JSON.parse(button.dataset.copy);
    const place = new URL(button.closest(".or-card").querySelector(".or-open").href).searchParams;
    const [start, end] = [place.get("start"), place.get("end")].map(Number);
    return (await ask("or_cite", { format, article: place.get("id"), start, end, sha256: place.get("sha256") })).text;
  };

  const copy = async (button) => {
    const field = formats();
    const text = cited(button, field.value);
    const name = field.selectedOptions[0].textContent;
    putAway();
    let said = "Copied";
    try {
      await write(text);
      announce(`Copied with its citation: ${name}`);
    } catch {
      said = "Not copied";
      await text.then(
        (whole) => byHand(button, whole),
        (error) => tell(error.message),
      );
    }
    button.textContent = said;
    setTimeout(() => (button.textContent = "Copy"), 2000);
  };

  const write = (window.onRecordCopy = async (text) => {
    if (navigator.clipboard && window.ClipboardItem) {
      // As a promise, within the click: some browsers take no text that comes later.
      const blob = Promise.resolve(text).then((whole) => new Blob([whole], { type: "text/plain" }));
      return navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
    }
    // Without HTTPS, on a network address, a browser has only the older way.
    const field = document.createElement("textarea");
    field.value = await text;
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    if (!done) throw new Error("refused");
  });

  const putAway = () => document.querySelectorAll(".or-by-hand").forEach((shown) => shown.remove());

  const byHand = (button, text) => {
    const shown = document.createElement("div");
    const note = document.createElement("p");
    const field = document.createElement("textarea");
    shown.className = "or-by-hand";
    note.textContent = BY_HAND;
    field.value = text;
    field.readOnly = true;
    field.rows = 5;
    field.dir = "auto";
    field.setAttribute("aria-label", "Quote with its citation");
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      putAway();
      button.focus({ preventScroll: true });
    });
    shown.append(note, field);
    button.closest(".or-card").append(shown);
    field.focus();
    field.select();
    announce(BY_HAND);
  };

  const save = async (button) => {
    if (document.querySelector("#or-chat .or-busy")) return tell("Please save again when the answer has come.");
    const turns = document.querySelectorAll("#or-chat .or-turn").length;
    try {
      const made = await ask("or_save", { format: button.dataset.as, turns });
      const link = document.createElement("a");
      // Saved, never opened: a page at a blob's address would count as one of this server's.
      link.href = URL.createObjectURL(new Blob([made.text], { type: made.type }));
      link.download = made.name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60000);
      tell(`Saved as ${made.name}`);
    } catch (error) {
      tell(error.message);
    }
  };

  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest(".or-copy, .or-save") : null;
    if (button) button.matches(".or-copy") ? copy(button) : save(button);
  });
})();

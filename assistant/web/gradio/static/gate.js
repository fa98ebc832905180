// All of our scripts that leans on Gradio: on its client (the addresses queue/join and queue/data, fetched by
// window.fetch; document.visibilityState; a 422 with a list as detail ends an event quietly) and on its page (the
// element gradio-app; the textarea or input in a Textbox). assistant/web/gradio/contract.py lists it.
//
// Sends one event of this tab after another. Gradio's client opens a stream for the answers to its events
// and takes it for open until it has read that the server closed it; an event sent in between is answered
// on no stream at all, and the page waits for ever. So the next event waits until that stream has ended.
// It also tells a full queue in one line: Gradio would show a window for each event that was refused. And it tells
// that the session has ended, which Gradio takes for an error like any other.
(() => {
  "use strict";
  // The whole of Gradio's page, and the field of the question, for the other scripts.
  window.onRecordPage = () => document.querySelector("gradio-app");
  window.onRecordBox = () => document.querySelector("#or-question textarea, #or-question input");

  // Gradio's client hands on what the server sends a visible tab by a timer for each message, and a busy
  // browser may run those out of order: an answer is then overwritten by the "searching" before it, or a
  // change is taken for the whole and the page breaks. A hidden tab's messages it hands on at once.
  Object.defineProperty(document, "visibilityState", { configurable: true, get: () => "hidden" });
  const plain = window.fetch.bind(window);
  const WITHOUT_STREAM = 3000; // ms after which an accepted event without a stream holds up no other
  const FULL = 503;
  const ENDED = 401;
  let before = Promise.resolve();
  let end = () => {};

  // Gradio's client ends an event quietly when its inputs are found invalid and nothing is said of them.
  const refused = async (reply) => {
    const told = await reply.json().catch(() => ({}));
    document.dispatchEvent(new CustomEvent("or_refused", { detail: told.detail }));
    return new Response('{"detail": []}', { status: 422, headers: { "content-type": "application/json" } });
  };

  const join = async (input, init) => {
    const ended = before;
    let mine;
    before = new Promise((resolve) => (mine = resolve));
    await ended;
    try {
      const reply = await plain(input, init);
      if (reply.status === ENDED) document.dispatchEvent(new CustomEvent("or_ended"));
      const isFull = reply.status === FULL && reply.headers.has("retry-after");
      if (!reply.ok) return mine(), isFull ? refused(reply) : reply;
      document.dispatchEvent(new CustomEvent("or_taken"));
      end = mine;
      setTimeout(() => end === mine && mine(), WITHOUT_STREAM);
      return reply;
    } catch (error) {
      mine();
      throw error;
    }
  };

  const listen = async (input, init) => {
    const mine = end;
    end = () => {}; // from here on the stream's end counts, not the time
    const signal = init?.signal || (input instanceof Request ? input.signal : null);
    signal?.addEventListener("abort", () => mine(), { once: true });
    try {
      const reply = await plain(input, init);
      if (!reply.ok || !signal) mine();
      return reply;
    } catch (error) {
      mine();
      throw error;
    }
  };

  window.fetch = (input, init) => {
    const path = new URL(input instanceof Request ? input.url : input, document.baseURI).pathname;
    if (path.endsWith("/queue/join")) return join(input, init);
    if (path.endsWith("/queue/data")) return listen(input, init);
    return plain(input, init);
  };
})();

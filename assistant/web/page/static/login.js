// Whoever comes to these pages without a session finds nothing of the one before: what the chat kept in this
// browser goes. The server asks for the same by Clear-Site-Data, which browsers heed only over HTTPS.
(() => {
  "use strict";
  if (/(?:^|; )onrecord-page=[0-9a-f]/.test(document.cookie)) return;
  try {
    for (const store of [window.localStorage, window.sessionStorage]) {
      Object.keys(store).filter((key) => key.startsWith("on-record.")).forEach((key) => store.removeItem(key));
    }
  } catch {
    return; // a browser may refuse its store; then nothing was kept
  }
})();

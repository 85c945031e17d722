// Starts the page's circuit, and keeps trying when it is lost: restarting the dashboard is a feature. Meanwhile the page can be read.
(() => {
  const root = document.documentElement;
  const banner = document.getElementById("components-reconnect-modal");
  const dead = () => document.querySelectorAll("[data-needs-connection]");

  function lose() {
    root.dataset.connection = "lost";
    for (const element of dead()) element.inert = true;
  }

  function regain() {
    delete root.dataset.connection;
    delete root.dataset.ending;
    for (const element of dead()) element.inert = false;
  }

  // The server is back but does not know this circuit: the address holds all that the page needs to be as before.
  banner.addEventListener("components-reconnect-state-changed", event => {
    const state = event.detail.state;
    if (state === "show" || state === "retrying") lose();
    if (state === "rejected") location.reload();
    if (state === "failed") retry();
    if (state === "hide") regain();
  });

  banner.querySelector("[data-reconnect]").addEventListener("click", retry);

  let timer = 0; // at most one attempt at a time

  async function retry() {
    clearTimeout(timer);
    lose();
    try {
      if (!await Blazor.reconnect()) location.reload();
    } catch {
      clearTimeout(timer);
      timer = setTimeout(retry, 1000);
    }
  }

  window.overmindPage = {
    // Why the connection is about to be lost; the banner says it.
    expectEnd(reason) { root.dataset.ending = reason; },

    // Called when the circuit is there: earlier, they would keep it waiting.
    fetchModules() {
      const modules = document.getElementById("modules");
      if (modules) document.head.append(modules.content);
    },
  };

  Blazor.start({
    circuit: {
      reconnectionOptions: {
        maxRetries: Number.MAX_SAFE_INTEGER,
        retryIntervalMilliseconds: attempt => attempt < 10 ? 500 : 1000,
      },
    },
  });
})();

// The base address would take the link to another page.
document.querySelector(".skip").addEventListener("click", event => {
  event.preventDefault();
  (document.querySelector("[data-testid=log]") ?? document.getElementById("log-region"))?.focus();
});

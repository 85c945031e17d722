// Starts the page's circuit. A lost connection is tried again for ever: restarting the dashboard is a feature.
(() => {
  const overlay = document.getElementById("components-reconnect-modal");

  // The server is back but does not know this circuit: the address holds all that the page needs to be as before.
  overlay.addEventListener("components-reconnect-state-changed", event => {
    const state = event.detail.state;
    if (state === "rejected") location.reload();
    if (state === "failed") retry();
    if (state === "hide") delete document.documentElement.dataset.ending;
  });

  async function retry() {
    try {
      if (!await Blazor.reconnect()) location.reload();
    } catch {
      setTimeout(retry, 1000);
    }
  }

  Blazor.start({
    circuit: {
      reconnectionOptions: {
        maxRetries: Number.MAX_SAFE_INTEGER,
        retryIntervalMilliseconds: attempt => attempt < 10 ? 500 : 1000,
      },
    },
  });
})();

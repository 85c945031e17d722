// Uptimes tick here, so that a quiet dashboard costs the server nothing.
(() => {
  function format(seconds) {
    if (seconds < 60) return `${seconds}s`;
    const minutes = Math.floor(seconds / 60);
    if (minutes < 60) return `${minutes}m ${seconds % 60}s`;
    const hours = Math.floor(minutes / 60);
    return hours < 24 ? `${hours}h ${minutes % 60}m` : `${Math.floor(hours / 24)}d ${hours % 24}h`;
  }

  function tick() {
    if (document.hidden) return;
    const now = Date.now() / 1000;
    for (const element of document.querySelectorAll("[data-since]")) {
      const text = format(Math.max(0, Math.floor(now - Number(element.dataset.since))));
      // The text node is Blazor's: change it, never replace it.
      if (element.firstChild && element.firstChild.data !== text) element.firstChild.data = text;
    }
  }

  setInterval(tick, 1000);
  document.addEventListener("visibilitychange", tick);
})();

// Uptimes, and the time until a restart, tick here, so that a quiet dashboard costs the server nothing.
(() => {
  function format(seconds) {
    if (seconds < 60) return `${seconds}s`;
    const minutes = Math.floor(seconds / 60);
    if (minutes < 60) return `${minutes}m ${seconds % 60}s`;
    const hours = Math.floor(minutes / 60);
    return hours < 24 ? `${hours}h ${minutes % 60}m` : `${Math.floor(hours / 24)}d ${hours % 24}h`;
  }

  function untilRestart(milliseconds) {
    const seconds = Math.ceil(milliseconds / 1000);
    return seconds > 0 ? `restarts in ${seconds} s` : "restarting";
  }

  // The text node is Blazor's: change it, never replace it.
  function show(element, text) {
    if (element.firstChild && element.firstChild.data !== text) element.firstChild.data = text;
  }

  function tick() {
    if (document.hidden) return;
    const now = Date.now();
    for (const element of document.querySelectorAll("[data-since]"))
      show(element, format(Math.max(0, Math.floor(now / 1000 - Number(element.dataset.since)))));
    for (const element of document.querySelectorAll("[data-restart]"))
      show(element, untilRestart(Number(element.dataset.restart) - now));
  }

  setInterval(tick, 1000);
  document.addEventListener("visibilitychange", tick);
})();

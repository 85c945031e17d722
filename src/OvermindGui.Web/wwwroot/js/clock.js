// Uptimes, "2 min ago" and the time until a restart tick here, so that a quiet dashboard costs the server nothing.
(() => {
  function uptime(seconds) {
    if (seconds < 60) return `${seconds}s`;
    const minutes = Math.floor(seconds / 60);
    if (minutes < 60) return `${minutes}m ${seconds % 60}s`;
    const hours = Math.floor(minutes / 60);
    return hours < 24 ? `${hours}h ${minutes % 60}m` : `${Math.floor(hours / 24)}d ${hours % 24}h`;
  }

  function ago(seconds) {
    if (seconds < 1) return "just now";
    if (seconds < 60) return `${seconds} s ago`;
    if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
    return seconds < 86400 ? `${Math.floor(seconds / 3600)} h ago` : `${Math.floor(seconds / 86400)} d ago`;
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
    const since = value => Math.max(0, Math.floor(now / 1000 - Number(value)));
    for (const element of document.querySelectorAll("[data-since]")) show(element, uptime(since(element.dataset.since)));
    for (const element of document.querySelectorAll("[data-ago]")) show(element, ago(since(element.dataset.ago)));
    for (const element of document.querySelectorAll("[data-restart]")) show(element, untilRestart(Number(element.dataset.restart) - now));
  }

  setInterval(tick, 1000);
  document.addEventListener("visibilitychange", tick);
})();

// The lines of the page: stays at the newest one until someone scrolls away, and keeps the address.
export function attach(log, page) {
  const newest = log.parentElement.querySelector("[data-newest]");
  let follows = true;
  let held = null;

  const atEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight < 24;
  const toEnd = () => { log.scrollTop = log.scrollHeight; };

  function onScroll() {
    if (log.querySelector("[data-anchor]")) return; // a place of the history: its end is not the newest line
    follows = atEnd();
    if (follows) newest.hidden = true;
  }

  // A click on the time of a line.
  function onClick(event) {
    const { place } = event.target.closest("[data-place]")?.dataset ?? {};
    if (place) page.invokeMethodAsync("OnPlace", place);
  }

  log.addEventListener("scroll", onScroll, { passive: true });
  log.addEventListener("click", onClick);
  return {
    follow() {
      follows = true;
      newest.hidden = true;
      toEnd();
    },
    // To the line that a place of the history leads to.
    anchor() {
      follows = false;
      newest.hidden = false;
      log.querySelector("[data-anchor]")?.scrollIntoView({ block: "center" });
    },
    grown() {
      if (follows) toEnd();
      else newest.hidden = false;
    },
    // Around lines that come before those that are there: what is read stays where it is.
    hold() { held = log.scrollHeight - log.scrollTop; },
    release() {
      if (held !== null) log.scrollTop = log.scrollHeight - held;
      held = null;
    },
    // Minutes that the browser's time is ahead of UTC.
    zone() { return -new Date().getTimezoneOffset(); },
    address(query) { history.replaceState(null, "", location.pathname + query); },
    detach() {
      log.removeEventListener("scroll", onScroll);
      log.removeEventListener("click", onClick);
    },
  };
}

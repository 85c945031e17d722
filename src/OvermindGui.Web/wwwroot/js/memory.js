// The selection of this browser in this project. The address has it while a page is open; a page that is opened without one gets what
// this browser chose last, and on a first visit the project's own default. Before the circuit starts, which takes all from the address.
(() => {
  const project = document.documentElement.dataset;
  const key = `overmind-gui-hidden:${project.folder}`;

  // Storage may be forbidden; then the address alone remembers.
  const remembered = () => { try { return localStorage.getItem(key); } catch { return null; } };

  const address = new URL(location.href);
  const hidden = remembered() ?? project.deselected;
  if (hidden && !address.searchParams.has("hide")) {
    address.searchParams.set("hide", hidden);
    history.replaceState(history.state, "", address.href.replaceAll("%2C", ","));
  }

  window.overmindMemory = {
    keepHidden(names) { try { localStorage.setItem(key, names); } catch { /* as above */ } },
  };
})();

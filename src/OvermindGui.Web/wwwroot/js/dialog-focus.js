// A dialog takes the focus with it when it closes. It goes back to where it was before, or as near as there is still something.
const remembered = 8;

export function attach(dialogs) {
  const abort = new AbortController();
  const before = []; // what had the focus outside of dialogs, the newest first: the entry of a menu is gone before its dialog is

  document.addEventListener("focusin", ({ target }) => {
    if (dialogs.contains(target)) return;
    const known = before.indexOf(target);
    if (known >= 0) before.splice(known, 1);
    before.unshift(target);
    before.length = Math.min(before.length, remembered);
  }, { signal: abort.signal });

  const closing = new MutationObserver(records => {
    if (dialogs.querySelector("[role=dialog]") || !records.some(record => record.removedNodes.length > 0)) return;
    if (document.activeElement && document.activeElement !== document.body) return;
    before.find(element => element.isConnected && element.checkVisibility({ visibilityProperty: true }))?.focus({ preventScroll: true });
  });
  closing.observe(dialogs, { childList: true, subtree: true });

  return {
    detach() {
      abort.abort();
      closing.disconnect();
    },
  };
}

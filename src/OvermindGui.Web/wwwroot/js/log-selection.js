// What a person has selected in the log: the text, and the line that it stands in. Name and number come from the element of the line
// itself, so they are right when several processes print the same.
export function watchSelection(log, view, bar) {
  const abort = new AbortController();
  const on = (target, type, handler) => target.addEventListener(type, handler, { signal: abort.signal });
  let touched = false;
  let selected = null;
  let copied = "";

  function rangeInLog() {
    const selection = getSelection();
    if (selection.isCollapsed || selection.rangeCount === 0) return null;
    const range = selection.getRangeAt(0);
    return range.intersectsNode(log) && log.contains(range.commonAncestorContainer) ? range : null;
  }

  const linesOf = range => {
    const inside = range.commonAncestorContainer.closest?.(".line") ?? range.commonAncestorContainer.parentElement.closest(".line");
    return inside ? [inside] : [...log.querySelectorAll(".line")].filter(line => range.intersectsNode(line) && textIn(range, line).trim());
  };

  /** The part of a selection in a line, as the process printed it: our button is no text, and a direction control is a character. */
  function textIn(range, line) {
    const part = range.cloneRange();
    if (!line.contains(part.startContainer)) part.setStart(line, 0);
    if (!line.contains(part.endContainer)) part.setEnd(line, line.childNodes.length);
    const copy = part.cloneContents();
    for (const button of copy.querySelectorAll("button")) button.remove();
    for (const control of copy.querySelectorAll(".control"))
      if (/^U\+[0-9A-F]{4}$/.test(control.textContent)) control.replaceWith(String.fromCharCode(parseInt(control.textContent.slice(2), 16)));
    return copy.textContent;
  }

  function read(pointed) {
    const range = rangeInLog();
    if (!range) return null;
    const lines = linesOf(range);
    const line = lines.includes(pointed) ? pointed : lines[0];
    if (!line) return null;
    const text = textIn(range, line);
    return text.trim() && { process: line.dataset.p, id: Number(line.dataset.id), text, whole: getSelection().toString() };
  }

  function ask(what, x, y) {
    copied = what.whole;
    view.invokeMethodAsync("OnSelectionMenu", what.process, what.id, what.text, x, y);
  }

  on(log, "contextmenu", event => {
    if (event.pointerType === "touch") return; // a long press is how text is selected there
    const what = read(event.target.closest?.(".line"));
    if (!what) return;
    event.preventDefault();
    ask(what, event.clientX, event.clientY);
  });

  // Fingers have no right button: a bar with one appears while something is selected.
  on(log, "pointerdown", event => { touched = event.pointerType === "touch"; });
  on(document, "selectionchange", () => {
    const what = touched ? read(null) : null;
    if (what) selected = what;
    bar.hidden = !what;
  });
  on(bar, "pointerdown", event => event.preventDefault()); // a tap would take the selection away
  on(bar, "click", event => {
    if (!selected || !event.target.closest("button")) return;
    const box = bar.getBoundingClientRect();
    ask(selected, box.left, box.top);
  });

  return {
    async copy() {
      await navigator.clipboard.writeText(copied);
    },
    detach() { abort.abort(); },
  };
}

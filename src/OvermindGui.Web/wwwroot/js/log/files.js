// Places in source files, such as src/app.js:12:3, become links to the reader's editor once the server has found the file in the project.
// Only on the machine that the processes run on: an editor elsewhere has other files.

const place = /(?:File "([^"\n]+)", line (\d+))|((?:[A-Za-z]:)?[\w@./\\-]*[\w-]\.[A-Za-z]\w{0,5})(?::line (\d+)|:(\d+)(?::(\d+))?|\((\d+),(\d+)\))/g;
const local = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** Places in a text: where they stand, and what they name. */
export function placesIn(text) {
  return [...text.matchAll(place)].map(match => {
    const path = match[1] ?? match[3];
    const start = match.index + (match[1] ? match[0].indexOf(path) : 0);
    return { start, end: match[1] ? start + path.length : match.index + match[0].length, path, line: Number(match[2] ?? match[4] ?? match[5] ?? match[7]), column: Number(match[6] ?? match[8] ?? 1) };
  });
}

export function linkFiles(lines, { editorUri, signal }) {
  if (!local.test(location.hostname)) return { enabled: false };
  const done = new WeakSet();

  async function link(line) {
    if (done.has(line)) return;
    done.add(line);
    const places = placesIn(line.textContent);
    if (places.length === 0) return;
    const uris = await Promise.all(places.slice(0, 4).map(p => editorUri(p.path, p.line, p.column)));
    uris.forEach((uri, i) => { if (uri) wrap(line, places[i], uri); });
  }

  // Only if the location lies in one text node: style changes inside are rare, and then the text stays as it is.
  function wrap(line, { start, end }, uri) {
    const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    for (let at = 0; walker.nextNode(); at += walker.currentNode.length) {
      const node = walker.currentNode;
      if (start < at || end > at + node.length) continue;
      if (node.parentElement.closest("a, button")) return;
      const range = new Range();
      range.setStart(node, start - at);
      range.setEnd(node, end - at);
      const anchor = document.createElement("a");
      Object.assign(anchor, { href: uri, className: "file", tabIndex: -1, title: "Open in the editor" });
      range.surroundContents(anchor);
      return;
    }
  }

  lines.addEventListener("mouseover", event => {
    const line = event.target.closest?.(".line");
    if (line) link(line).catch(() => { }); // the connection is gone; the page says so
  }, { signal, passive: true });
  return { enabled: true };
}

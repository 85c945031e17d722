// Puts the modules of a log together: what follows, keeps, pages, marks, folds and selects.
import { foldLines } from "../../js/log/folds.js";
import { linkFiles } from "../../js/log/files.js";
import { guardLinks } from "../../js/log/dragged-links.js";
import { followEnd } from "../../js/log/follow.js";
import { lineKeys } from "../../js/log/keys.js";
import { linkByTime } from "../../js/log/linked.js";
import { idOf, isIn, lineOf, linesIn, nearest } from "../../js/log/lines.js";
import { markHits } from "../../js/log/marks.js";
import { loadAtEdges } from "../../js/log/paging.js";
import { keepPlace } from "../../js/log/place.js";
import { watchSelection } from "../../js/log/selection.js";
import { fullStamp, showTimes } from "../../js/log/times.js";
import { textOf } from "../../js/log/text.js";
import { skipUnseen } from "../../js/log/unseen.js";

export function attach(log, view) {
  const lines = log.querySelector(".lines");
  const abort = new AbortController();
  const { signal } = abort;
  const on = (target, type, handler) => target.addEventListener(type, handler, { signal, passive: true });

  const place = keepPlace(log, lines);
  const marks = markHits(log, lines);
  const unseen = skipUnseen(lines, () => height / 16);
  const times = showTimes(lines);
  const follow = followEnd(log, { changed, hasMoreBelow: () => paging.hasMoreBelow(), signal });
  const paging = loadAtEdges(log, lines, view, () => follow.following);
  const folds = foldLines({ lines, wholeMarkup: id => view.invokeMethodAsync("LoadWhole", id), pause, signal });
  const selection = watchSelection(log, lines, {
    bar: log.parentElement.querySelector(".selection-bar"), wholeText: id => view.invokeMethodAsync("LoadText", id), openMenu, signal,
  });
  const keys = lineKeys(log, lines, {
    selectedLine: selection.firstLine, openMenu, goToStart: () => view.invokeMethodAsync("GoToBeginning"), goToEnd: () => follow.change(true), pause, signal,
  });
  const linked = linkByTime(lines, {
    follow: value => follow.change(value), arrive: line => arrive(idOf(line)), load: time => view.invokeMethodAsync("ShowTime", time),
    middle: () => place.middle(), hasMoreBelow: () => paging.hasMoreBelow(),
  });
  linkFiles(lines, { editorUri: (path, line, column) => view.invokeMethodAsync("EditorUri", path, line, column), signal });
  guardLinks(lines, signal);
  let shown = { form: "time", utc: false };
  let target = null;
  let menuLine = null;
  let connected = true;
  let height = log.clientHeight;
  let coarse = false;
  let current = null; // the line of the current hit
  let awaited = null; // the one that is shown before it is marked
  let readerChanges = 0; // how often the reader paused or resumed

  // A phone or a narrow pane has no room for milliseconds. The style sheet has the same width.
  function isNarrow() { return log.parentElement.clientWidth <= 520; }

  function showTimesAs(form) {
    shown = form;
    coarse = isNarrow();
    times.set({ ...shown, coarse });
  }

  function changed(following) {
    if (following) place.release();
    else stop();
    view.invokeMethodAsync("OnFollowChanged", following, ++readerChanges);
    linked.changed(following);
  }

  function pause() { follow.change(false); }

  function stop() {
    unseen.show();
    place.remember();
  }

  function openMenu(line, x, y) {
    pause();
    keys.set(line);
    menuLine = line;
    const selected = selection.textIn(line);
    view.invokeMethodAsync("OnLineMenu", idOf(line), line.dataset.p, selected || textOf(line), selected !== "", x, y);
  }

  on(log, "scroll", () => {
    marks.schedule();
    if (follow.scrolled()) return;
    if (place.scrolled()) linked.moved();
    paging.check();
  });
  log.addEventListener("contextmenu", event => {
    const line = event.target.closest?.(".line");
    // A link has the browser's own menu, and a long press is how text is selected. Without a connection the browser's menu can copy.
    if (!line || !connected || event.target.closest("a") || event.pointerType === "touch") return;
    event.preventDefault();
    openMenu(line, event.clientX, event.clientY);
  }, { signal });
  log.addEventListener("go-to-line", async ({ detail: id }) => {
    pause();
    await show(id);
    keys.set(lineOf(lines, id));
  }, { signal });
  document.addEventListener("components-reconnect-state-changed", event => { connected = event.detail.state === "hide"; }, { signal, capture: true });
  on(log, "mouseover", event => {
    const line = event.target.closest?.(".line");
    if (!line || line.title) return;
    line.title = `${line.dataset.p}\n${fullStamp(Number(line.dataset.t))}${line.classList.contains("err") ? "\nstderr" : ""}`;
  });
  document.addEventListener("keydown", event => {
    if (event.key !== "End" || event.defaultPrevented || log.contains(event.target)) return;
    if (event.target.closest?.("input, textarea, [role=dialog], .log")) return;
    if (follow.following) follow.pin();
    else follow.change(true);
  }, { signal });

  lines.addEventListener("beforematch", pause, { signal });

  const sizes = new ResizeObserver(() => {
    height = log.clientHeight;
    if (isNarrow() !== coarse) showTimesAs(shown);
    if (follow.following) follow.pin();
    else place.restore();
    marks.schedule();
  });
  sizes.observe(log);
  sizes.observe(lines);

  const changes = new MutationObserver(records => {
    const found = new Set(); // a block and what is put into it are two records of the same lines
    for (const record of records) {
      if (record.target.closest?.(".line")) continue; // ours, inside a line
      for (const node of record.addedNodes) {
        if (node.nodeType !== Node.ELEMENT_NODE) continue;
        if (node.matches(".line")) found.add(node);
        else for (const line of linesIn(node)) found.add(line);
      }
    }
    if (found.size > 0) {
      const added = [...found].filter(line => line.isConnected);
      if (follow.following) unseen.added(added.length);
      times.added(added);
      const block = added.at(-1)?.closest(".block") ?? null;
      folds.added(added, block !== null && (block.nextElementSibling === null || !block.nextElementSibling.matches(".block")));
      markTarget();
      marks.schedule();
    }
    if (follow.following) {
      follow.pin();
      return;
    }
    place.restore();
    paging.check();
  });
  changes.observe(lines, { childList: true, subtree: true });
  follow.set(true);

  function markTarget() {
    if (target === null) return;
    for (const line of lines.querySelectorAll(".target")) if (idOf(line) !== target) line.classList.remove("target");
    lineOf(lines, target)?.classList.add("target");
  }

  async function show(id) {
    const line = lineOf(lines, id) ?? nearest(lines, id); // a line that is gone has neighbours
    if (!line) return;
    await folds.reveal(line);
    arrive(id);
    showHit(id);
    linked.moved();
  }

  // A line may be higher than the view, and its hit anywhere in it. Its mark comes before or after the way to it.
  function showHit(id) {
    if (id !== current) {
      awaited = id;
      return;
    }
    awaited = null;
    const top = marks.currentTop();
    if (top === null || (top >= 0 && top < log.clientHeight - 24)) return;
    log.scrollTop += top - log.clientHeight / 2;
    place.remember();
  }

  function arrive(id) {
    const line = lineOf(lines, id) ?? nearest(lines, id);
    if (!line) return;
    place.put(id, log.clientHeight / 2 - line.getBoundingClientRect().height / 2);
    paging.check();
  }

  return {
    /** @param known how many changes of the reader the server knew of: it follows those that came later, so this is outdated */
    follow(value, known) {
      if (known !== readerChanges || value === follow.following) return;
      follow.set(value);
      if (value) place.release();
      else {
        stop();
        paging.check();
      }
      linked.changed(value);
    },

    /** How the view shows lines; what stands in the middle stays there. */
    options({ form, utc, folds: fold }) {
      showTimesAs({ form, utc });
      folds.set(fold);
    },

    /** The line in the middle and its height in the view; null while the end is followed. */
    anchor: () => follow.following ? null : place.anchor(),
    put: (id, top) => place.put(id, top),
    place() {
      if (follow.following) return null;
      const anchor = place.anchor();
      return anchor && anchor.id;
    },
    sees(id) {
      const line = lineOf(lines, id);
      return line !== null && !line.classList.contains("folded") && isIn(log, line);
    },
    async reveal(id) {
      const line = lineOf(lines, id);
      if (line) await folds.reveal(line);
      showHit(id);
    },
    show,
    arrive,
    target(id) {
      target = id;
      if (id === null) for (const line of lines.querySelectorAll(".target")) line.classList.remove("target");
      markTarget();
    },
    mark(query, id) {
      current = id;
      marks.set(query, id);
      if (id !== null && id === awaited) showHit(id);
    },

    /** Where the line of the menu stands. */
    menuTop: () => menuLine?.isConnected ? menuLine.getBoundingClientRect().top - log.getBoundingClientRect().top : null,
    async copySelected(detailed) {
      const stamped = line => `${new Date(Number(line.dataset.t)).toISOString()} ${line.dataset.p} | `;
      return selection.copy(detailed ? stamped : null);
    },
    focus() { log.focus({ preventScroll: true }); },

    detach() {
      abort.abort();
      linked.detach();
      marks.detach();
      times.detach();
      sizes.disconnect();
      changes.disconnect();
    },
  };
}

// Writes the time of each line into an attribute that the style sheet shows: it is in no selection, search or copy. In the browser, because
// only the browser knows its time zone.

const minute = 60_000;
const relativeEvery = 10_000; // ms

/** @param forms what is shown: "time", "datetime", "relative" or "off"; coarse leaves milliseconds out */
export function formatter({ form, utc, coarse }, now = Date.now) {
  let offsetOf = { from: Infinity, to: -Infinity, milliseconds: 0 };
  const pad = (number, length = 2) => String(number).padStart(length, "0");

  // The zone's offset is constant within a quarter of an hour; asking for each line would be slow.
  function local(time) {
    if (utc) return time;
    if (time < offsetOf.from || time >= offsetOf.to) {
      const from = time - time % (15 * minute);
      offsetOf = { from, to: from + 15 * minute, milliseconds: -new Date(from).getTimezoneOffset() * minute };
    }
    return time + offsetOf.milliseconds;
  }

  function clock(time) {
    const inDay = ((local(time) % 86_400_000) + 86_400_000) % 86_400_000;
    const text = `${pad(Math.floor(inDay / 3_600_000))}:${pad(Math.floor(inDay / minute) % 60)}:${pad(Math.floor(inDay / 1000) % 60)}`;
    return coarse ? text : `${text}.${pad(inDay % 1000, 3)}`;
  }

  function ago(time) {
    const seconds = Math.max(0, Math.round((now() - time) / 1000));
    if (seconds < 60) return `${seconds}s ago`;
    if (seconds < 3600) return `${Math.floor(seconds / 60)}m ago`;
    if (seconds < 86_400) return `${Math.floor(seconds / 3600)}h ago`;
    return `${Math.floor(seconds / 86_400)}d ago`;
  }

  return time => {
    if (form === "relative") return ago(time);
    return form === "datetime" ? `${new Date(local(time)).toISOString().slice(0, 10)} ${clock(time)}` : clock(time);
  };
}

/** The full time stamp of a line, shown on hover. */
export function fullStamp(time) {
  const date = new Date(time);
  const zone = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "long" }).format(date);
  return `${zone}\n${date.toISOString()}`;
}

export function showTimes(lines) {
  let options = { form: "time", utc: false, coarse: false };
  let format = formatter(options);
  let ticking = 0;

  function stamp(element) {
    if (options.form === "off") return;
    for (const line of element.querySelectorAll(".line")) {
      const text = format(Number(line.dataset.t));
      if (line.dataset.s !== text) line.dataset.s = text;
    }
  }

  function all() { for (const block of lines.children) stamp(block); }

  return {
    set(next) {
      options = next;
      format = formatter(options);
      clearInterval(ticking);
      if (options.form === "relative") ticking = setInterval(all, relativeEvery);
      all();
    },

    /** Lines that were put in. */
    added(nodes) {
      if (options.form === "off") return;
      for (const line of nodes) line.dataset.s = format(Number(line.dataset.t));
    },

    detach() { clearInterval(ticking); },
  };
}

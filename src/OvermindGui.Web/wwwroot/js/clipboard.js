// Writes a text to the clipboard.

export async function write(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  // Not on a page that came over plain HTTP from another machine: the older way, by a field.
  const field = Object.assign(document.createElement("textarea"), { value: text });
  field.style.position = "fixed";
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  if (!done) throw new Error("The browser refused to copy");
}

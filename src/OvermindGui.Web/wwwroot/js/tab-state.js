// Shows the state of the project in the browser tab, and notifications if enabled.
const icons = { good: "icon.svg", bad: "icon-failed.svg" };

export function show(failed) {
  const link = document.querySelector("link[rel=icon]");
  const href = link.href.replace(/icon[^/]*\.svg.*$/, failed > 0 ? icons.bad : icons.good);
  if (link.href !== href) link.href = href;
}

// Whether notifications can be shown; asks for permission if the user has not decided yet.
export async function allow() {
  if (!("Notification" in window)) return false;
  return (Notification.permission === "default" ? await Notification.requestPermission() : Notification.permission) === "granted";
}

// Only while the page is hidden.
export function notify(title, body) {
  if (!document.hidden || !("Notification" in window) || Notification.permission !== "granted") return;
  try {
    const notification = new Notification(title, { body, tag: title });
    notification.onclick = () => { window.focus(); notification.close(); };
  } catch {
    // A phone's browser has the permission but shows them only through a service worker.
  }
}

// What the circuit asks of the page itself.
window.overmindPage = {
  setTheme(cookie, theme) {
    document.documentElement.dataset.theme = theme;
    document.cookie = `${cookie}=${theme}; path=/; max-age=31536000; SameSite=Lax`;
  },

  // Why the connection is about to be lost; the reconnect overlay tells it.
  expectEnd(reason) {
    document.documentElement.dataset.ending = reason;
  },
};

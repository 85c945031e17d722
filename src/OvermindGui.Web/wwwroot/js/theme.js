// The theme, before the first paint: dark, light or the system's. A cookie remembers the choice.
(() => {
  const cookie = "overmind-gui-theme";
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const root = document.documentElement;
  let watcher = null;

  const stored = () => document.cookie.split("; ").find(part => part.startsWith(`${cookie}=`))?.slice(cookie.length + 1);
  const choice = () => ["dark", "light"].includes(stored()) ? stored() : "system";
  const isDark = () => choice() === "system" ? dark.matches : choice() === "dark";
  const state = () => ({ choice: choice(), dark: isDark() });

  function show() {
    root.dataset.theme = isDark() ? "dark" : "light";
    document.querySelector("meta[name=color-scheme]")?.setAttribute("content", root.dataset.theme);
  }

  dark.addEventListener("change", () => {
    show();
    watcher?.invokeMethodAsync("OnSystemTheme", state()).catch(() => {}); // the circuit may be gone; the page has its theme
  });

  window.overmindTheme = {
    choose(theme) {
      document.cookie = `${cookie}=${theme}; path=/; max-age=31536000; SameSite=Lax`;
      show();
      return state();
    },
    // Registers the callback for system theme changes and returns the current state.
    watch(dotnet) {
      watcher = dotnet;
      return state();
    },
  };
  show();
})();

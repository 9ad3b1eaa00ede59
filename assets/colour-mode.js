// Sets the colour mode before the first paint, so that nobody who chose dark sees a white flash.
(function () {
  var chosen = null;
  try { chosen = localStorage.getItem("theme"); } catch (blocked) { chosen = null; }
  var dark = chosen === "dark" || ((!chosen || chosen === "system") && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.classList.add(dark ? "dark" : "light");
})();

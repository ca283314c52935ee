// Dark and light, and charts in the place of pictures; what cannot be drawn keeps its picture.
function addThemeSwitch() {
  const key = "flcrowd-theme";
  const button = el("button", { type: "button", class: "theme" });
  const kept = () => { try { return localStorage.getItem(key); } catch { return null; } };
  const show = () => {
    button.textContent = isDark() ? "light" : "dark";
    redraws.forEach(redraw => redraw());
  };
  if (kept() === "dark" || kept() === "light") root.dataset.theme = kept();
  button.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    try { localStorage.setItem(key, root.dataset.theme); } catch { /* Only this page has it, then. */ }
    show();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", show);
  document.body.prepend(button);
  return show;
}

const drawings = {
  lines: (host, panel) => drawLines(host, [panel]), bars: drawRows, ranges: drawRows, field: drawField, triangle: drawTriangle,
};

/** Makes charts of the figures within an element. */
function addCharts(within) {
  within.querySelectorAll("figure > script").forEach(source => {
    const figure = source.parentElement, host = el("div", { class: "chart" });
    source.before(host);
    try {
      const { panels } = JSON.parse(source.textContent);
      if (panels.every(panel => panel.kind === "lines")) {
        drawLines(host, panels, figure.parentElement.classList.contains("panels"));
      } else {
        panels.forEach(panel => drawings[panel.kind](host, panel));
      }
      figure.classList.add("live");
    } catch (error) {
      host.remove();
      console.error(error);
    }
  });
}

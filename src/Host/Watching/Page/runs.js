// The page that lists runs.
function beginRuns() {
  const body = document.querySelector("#runs tbody"), status = document.getElementById("progress");
  const show = oneAtATime(async () => {
    const runs = await askJson("runs").catch(() => null);
    status.textContent = runs ? `${number(runs.length)} runs` : "the program has ended";
    if (!runs) return;
    body.replaceChildren(...runs.map(entry => {
      const line = el("tr"), name = el("td", { class: "word" });
      const link = el("a", { class: "plain", href: `run/${encodeURIComponent(entry.name)}/` }, entry.name);
      name.append(entry.isCollection ? entry.name : link);
      line.append(
        name, ...[entry.experiment, entry.kind, entry.status].map(text => el("td", { class: "word" }, text)),
        el("td", {}, `${number(entry.episodes)} of ${number(entry.episodesPlanned)}`), el("td", { class: "word" }, entry.started));
      return line;
    }));
  });
  show();
  setInterval(() => !document.hidden && show(), 2000);
}

document.body.append(tip);
addEventListener("scroll", hideTip, { passive: true });
const showTheme = addThemeSwitch();
if (document.body.dataset.page === "run") beginRun(); else beginRuns();
showTheme();

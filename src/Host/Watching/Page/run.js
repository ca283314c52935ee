// The page of a run.
let changed = () => {};

function beginRun() {
  readView();
  const at = id => document.getElementById(id);
  const curves = makeCurves(), crowd = makeCrowd(), games = makeGames(), actors = makeActors();
  let connection = "", findings = 0, looksAtFindings = false;

  const slider = at("episode"), newest = at("newest");
  slider.addEventListener("input", () => {
    view.game = shownEpisode()?.game ?? null;
    view.episode = +slider.value;
    keepView();
    changed();
  });
  newest.addEventListener("click", () => {
    [view.game, view.episode] = [null, null];
    keepView();
    changed();
  });

  function header() {
    const { state } = run, live = state.live;
    document.title = `${state.experiment || "FLCrowd"} - FLCrowd`;
    at("name").textContent = state.experiment || "FLCrowd";
    at("asked").hidden = !state.asked;
    at("asked").textContent = state.asked || "";
    at("facts").replaceChildren(...[
      state.started && `began ${state.started}`, `seed ${state.seed}`, state.folder,
    ].filter(text => text).map(text => el("span", {}, text)));
    if (state.hasReport && state.status !== "running") {
      at("facts").append(el("a", { class: "plain", href: "report" }, "report.html"));
    }
    const planned = live && live.episodesPlanned || state.episodesPlanned || 0;
    const share = state.status === "completed" ? 1
      : live && live.roundsPlanned ? live.rounds / live.roundsPlanned : planned ? state.episodes / planned : 0;
    at("bar").style.width = `${100 * Math.min(1, share)}%`;
    at("bar").parentElement.setAttribute("aria-valuenow", String(Math.round(100 * share)));
    const left = live && share > 0 && share < 1 ? live.seconds * (1 - share) / share : 0;
    at("progress").replaceChildren(...[
      state.status === "running" ? live && !live.roundsPlanned ? live.doing || "preparing" : "under way" : state.status,
      `${number(state.episodes)} of ${number(planned)} episodes`,
      live && live.roundsPlanned && `${number(live.rounds)} of ${number(live.roundsPlanned)} rounds`,
      live && live.pace > 0 && `${number(live.pace)} updates/s`,
      left > 0 && `${left < 100 ? left.toFixed(0) + " s" : (left / 60).toFixed(0) + " min"} left`,
      live && live.place,
      connection,
    ].filter(text => text).map(text => el("span", {}, text)));
    at("alert").hidden = !state.failure;
    at("alert").textContent = state.failure ? `The run failed: ${state.failure}` : "";
  }

  function episodes() {
    const shown = shownEpisode(), game = shown ? run.games.get(shown.game) : [];
    slider.max = String(Math.max(0, game.length - 1));
    slider.value = String(shown ? game.indexOf(shown) : 0);
    slider.disabled = game.length < 2;
    at("episode-text").textContent = shown ? `${game.indexOf(shown)}, game ${shown.game}` : "";
    newest.setAttribute("aria-pressed", String(view.game === null && view.episode === null));
  }

  const found = at("found");
  found.addEventListener("mouseenter", () => { looksAtFindings = true; });
  found.addEventListener("mouseleave", () => { looksAtFindings = false; });
  const showFindings = oneAtATime(async () => {
    // What somebody looks at is not taken away; what was sorted or filtered stays until the run is over.
    const isTouched = looksAtFindings || found.contains(document.activeElement) || found.querySelector(".sorted, .filtered");
    if (isTouched && findings > 0 && run.state.status === "running") return;
    const answer = await askJson("findings");
    if (!answer) return;
    at("findings").hidden = !answer.html && !answer.note;
    at("findings").querySelector("h2").textContent = run.state.status === "running" ? "What it says so far" : "What it found";
    at("findings-note").textContent = answer.note;
    at("findings-note").hidden = !answer.note;
    if (answer.version === findings || !answer.html) return;
    findings = answer.version;
    redraws.length = lasting;
    const height = found.offsetHeight;
    found.style.minHeight = `${height}px`;
    // Texts of the run are encoded, and the page's policy runs no script that is not the program's own.
    found.innerHTML = answer.html;
    addCharts(found);
    found.querySelectorAll("table").forEach(explore);
    found.style.minHeight = "";
  });
  const lasting = redraws.length;

  const show = () => {
    header();
    episodes();
    games();
    curves();
    crowd();
    actors();
    showFindings();
  };
  const pull = oneAtATime(async () => {
    await pullEpisodes();
    show();
  });
  changed = show;

  const events = new EventSource("events");
  events.addEventListener("message", event => {
    run.state = JSON.parse(event.data);
    connection = "";
    pull();
  });
  events.addEventListener("error", () => {
    connection = events.readyState === EventSource.CLOSED ? "the program has ended" : "no connection to the program; trying again";
    if (run.state) header();
  });
  // Findings are made beside the run, and come a moment after what they are made of.
  setInterval(() => run.state && !document.hidden && showFindings(), 2000);
}

// What the page knows of the run, and what it looks at. The server says that there is something new; the page asks for what it shows.
const run = { state: null, generation: -1, episodes: [], games: new Map(), strategies: [] };

/** What is looked at; kept in the address, so that a reload shows the same. Null for game, episode and round: the newest. */
const view = { shade: "effort", game: null, episode: null, client: null, round: null };

function readView() {
  const kept = new URLSearchParams(location.hash.slice(1));
  view.shade = kept.get("shade") || "effort";
  for (const name of ["game", "episode", "client"]) view[name] = kept.has(name) ? +kept.get(name) : null;
  view.round = kept.get("round");
}

function keepView() {
  const kept = new URLSearchParams();
  for (const name in view) if (view[name] !== null && !(name === "shade" && view[name] === "effort")) kept.set(name, view[name]);
  history.replaceState(null, "", kept.size ? "#" + kept : location.pathname);
}

async function ask(path, parameters) {
  const answer = await fetch(path + (parameters ? "?" + new URLSearchParams(parameters) : ""));
  return answer.ok ? answer : null;
}

async function askJson(path, parameters) {
  const answer = await ask(path, parameters);
  return answer && answer.json();
}

/** Takes the episodes that are not here yet. */
async function pullEpisodes() {
  if (run.state.generation !== run.generation) {
    run.generation = run.state.generation;
    run.episodes = [];
    run.games = new Map();
  }
  while (run.episodes.length < run.state.episodes) {
    const page = await askJson("episodes", { from: run.episodes.length });
    if (!page || page.generation !== run.generation || page.rows.length === 0) return;
    for (const episode of page.rows) {
      episode.index = run.episodes.length;
      run.episodes.push(episode);
      if (!run.games.has(episode.game)) run.games.set(episode.game, []);
      run.games.get(episode.game).push(episode);
    }
  }
}

/** The episode that is looked at; null: there is none yet. */
function shownEpisode() {
  if (view.game === null && view.episode === null) return run.episodes[run.episodes.length - 1] || null;
  const game = run.games.get(view.game === null ? run.episodes[run.episodes.length - 1]?.game : view.game);
  return game ? game[Math.min(view.episode === null ? game.length - 1 : view.episode, game.length - 1)] : null;
}

/** The colour of a strategy: the same wherever it is shown. */
function strategyColour(name) {
  if (!run.strategies.includes(name)) {
    run.strategies = [...new Set([...run.strategies, ...run.episodes.flatMap(episode => Object.keys(episode.crowd)), name])].sort();
  }
  return palette[run.strategies.indexOf(name) % palette.length];
}

/** What a game is a play of, in a few words. */
function gameName(game) {
  const first = run.games.get(game)?.[0];
  const swept = first ? run.state.swept.filter(path => first[path]).map(path => `${path.split(".").pop()} ${first[path]}`) : [];
  return [`game ${game}`, ...swept.filter(text => text.length < 60)].join(", ");
}

/** Does one thing at a time; what is asked for meanwhile is done once, afterwards. */
function oneAtATime(work) {
  let busy = false, again = false;
  return async function next() {
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    try {
      do {
        again = false;
        await work();
      } while (again);
    } catch (error) {
      console.error(error);
    } finally {
      busy = false;
    }
  };
}

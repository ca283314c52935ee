// All games of the run: cells that fill as games are played.
const mostGames = 3000;

function makeGames() {
  const select = document.getElementById("game"), grid = document.getElementById("grid"), note = document.getElementById("games-note");
  const choose = game => {
    view.game = game;
    view.episode = null;
    keepView();
    changed();
  };
  select.addEventListener("change", () => choose(select.value === "" ? null : +select.value));
  let key = "";

  return () => {
    const planned = Math.max(run.state.games || 0, run.games.size), known = [...run.games.keys()];
    const options = `${run.generation} ${known.length}`;
    if (select.dataset.key !== options) {
      select.dataset.key = options;
      const names = known.slice(-500).map(game => el("option", { value: game }, gameName(game)));
      select.replaceChildren(el("option", { value: "" }, "newest"), ...names);
    }
    select.value = view.game === null ? "" : String(view.game);
    select.parentElement.hidden = planned < 2;
    document.getElementById("games").hidden = planned < 2 || planned > mostGames;
    if (planned < 2 || planned > mostGames) return;

    const running = new Set((run.state.live?.running || []).map(game => game.game));
    const asked = `${options} ${run.episodes.length} ${[...running]} ${view.game} ${isDark()}`;
    if (asked === key) return;
    key = asked;
    const swept = run.state.swept || [];
    const rows = new Map();
    const named = swept.filter(path => !["replicate", "revision"].includes(path) && run.episodes.some(episode => episode[path]));
    for (const [game, episodes] of run.games) {
      const cell = named.map(path => episodes[0][path]).filter(text => text).join(", ");
      if (!rows.has(cell)) rows.set(cell, []);
      rows.get(cell).push([game, episodes]);
    }
    const isAccuracy = run.episodes.some(episode => episode.accuracy !== null);
    const measure = episodes => episodes[episodes.length - 1][isAccuracy ? "accuracy" : "test_loss"];
    const all = [...run.games.values()].map(measure).filter(value => value !== null);
    const low = Math.min(...all), high = Math.max(...all);
    const isWide = planned <= 200;
    const button = (game, episodes) => {
      const value = episodes ? measure(episodes) : null;
      const state = episodes ? `, seed ${episodes[0].seed}: ${number(value)}` : ": under way";
      const cell = el("button", { type: "button", title: game === null ? "not played yet" : gameName(game) + state });
      if (value !== null) {
        const share = high > low ? (value - low) / (high - low) : 1;
        const colour = between([[0, [244, 241, 234]], [1, [75, 46, 131]]], share);
        cell.style.background = `rgb(${colour.join(",")})`;
        cell.style.color = luminance(...colour) > .35 ? "#222" : "#fff";
        if (isWide) cell.textContent = String(+value.toPrecision(3));
      }
      if (running.has(game)) cell.classList.add("playing");
      if (game !== null && episodes) {
        cell.setAttribute("aria-pressed", String(view.game === game));
        cell.addEventListener("click", () => choose(view.game === game ? null : game));
      }
      return cell;
    };
    const table = el("table");
    const add = (text, buttons) => {
      const line = el("tr"), cells = el("div", { class: isWide ? "cells wide" : "cells" }), box = el("td", { class: "word" });
      cells.append(...buttons);
      box.append(cells);
      line.append(el("td", { class: "word" }, text), box);
      table.append(line);
    };
    for (const [cell, games] of rows) add(cell, games.map(([game, episodes]) => button(game, episodes)));
    const begun = [...running].filter(game => !run.games.has(game)).map(game => button(game, null));
    const waiting = planned - run.games.size - begun.length;
    if (begun.length || waiting > 0) add("to come", [...begun, ...Array.from({ length: Math.max(0, waiting) }, () => button(null, null))]);
    grid.replaceChildren(table);
    note.textContent = `A cell per game, ${isAccuracy ? "final test accuracy" : "final test loss"} of its last episode; `
      + (named.length ? `rows by ${named.join(", ")}. ` : "") + "Click on one to see its crowd.";
  };
}

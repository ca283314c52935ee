// The crowd: a cell per client, cohort by cohort and node by node.
const shades = {
  effort: { name: "effort e", value: 0 },
  batch: { name: "D / D'", value: 1 },
  gamma: { name: "gamma", value: 2 },
  payoff: { name: "payoff u", value: 3 },
  strategy: { name: "strategy", value: 4 },
};

/** Of a share of what is asked: nothing, half, all, and more than that. */
const stops = [[0, [213, 94, 0]], [.5, [222, 214, 196]], [1, [0, 114, 178]], [2, [75, 46, 131]]];

function between(places, value) {
  if (value <= places[0][0]) return places[0][1];
  for (let index = 1; index < places.length; index++) {
    const [low, from] = places[index - 1], [high, to] = places[index];
    if (value <= high) return from.map((part, at) => Math.round(part + (to[at] - part) * (value - low) / (high - low)));
  }
  return places[places.length - 1][1];
}

/** The colour of a value, as [red, green, blue]; NaN is grey. */
function colourOf(kind, value, most, strategies) {
  if (Number.isNaN(value)) return [138, 138, 138];
  if (kind === "strategy") return [1, 3, 5].map(at => parseInt(strategies[value].slice(at, at + 2), 16));
  if (kind === "payoff") return between([[-1, [213, 94, 0]], [0, [222, 214, 196]], [1, [0, 114, 178]]], most > 0 ? value / most : 0);
  return between(stops, value);
}

async function readCrowd(episode) {
  const answer = await ask("crowd", { episode });
  if (!answer) return null;
  const bytes = await answer.arrayBuffer();
  const length = new DataView(bytes).getInt32(0, true);
  const crowd = JSON.parse(new TextDecoder().decode(new Uint8Array(bytes, 4, length)));
  const numbers = new Float64Array(bytes.slice(4 + length));
  crowd.values = [0, 1, 2, 3, 4].map(index => numbers.subarray(index * crowd.cells, (index + 1) * crowd.cells));
  crowd.most = crowd.values[3].reduce((most, value) => (Number.isNaN(value) ? most : Math.max(most, Math.abs(value))), 0);
  return crowd;
}

/** Where cells are: blocks of a cohort each, those of a node together. */
function placeCells(crowd, width, cohortSize, nodes) {
  const size = crowd.per > 1 ? crowd.cells : Math.min(cohortSize || crowd.cells, crowd.cells);
  const count = Math.ceil(crowd.cells / size);
  const groups = nodes.length > 1
    ? nodes.map(([name, cohorts]) => [name, cohorts.filter(cohort => cohort < count)])
    : [["", [...Array(count).keys()]]];
  const listed = new Set(groups.flatMap(([, cohorts]) => cohorts));
  const rest = [...Array(count).keys()].filter(cohort => !listed.has(cohort));
  if (rest.length) groups.push(["elsewhere", rest]);
  for (let side = 56; ; side--) {
    const gap = count > 1 ? Math.max(2, Math.round(side / 4)) : 0, label = groups.length > 1 ? 20 : 0;
    const most = Math.max(1, Math.floor(width / side)), across = count === 1 ? most : Math.min(Math.ceil(Math.sqrt(size)), most);
    const down = Math.ceil(size / across), perRow = Math.max(1, Math.floor((width + gap) / (across * side + gap)));
    let top = 0;
    const blocks = [], labels = [];
    for (const [name, cohorts] of groups) {
      if (label && cohorts.length) labels.push([name || "this process", top + 14]);
      cohorts.forEach((cohort, index) => {
        blocks[cohort] = [(index % perRow) * (across * side + gap), top + label + Math.floor(index / perRow) * (down * side + gap)];
      });
      top += cohorts.length ? label + Math.ceil(cohorts.length / perRow) * (down * side + gap) : 0;
    }
    if (top - gap > 440 && side > 1) continue;
    return {
      side, height: top - gap, labels,
      at: cell => {
        const [left, up] = blocks[Math.floor(cell / size)], within = cell % size;
        return [left + (within % across) * side, up + Math.floor(within / across) * side];
      },
      find: (x, y) => {
        const isIn = ([left, up]) => x >= left && x < left + across * side && y >= up && y < up + down * side;
        const block = blocks.findIndex(place => place && isIn(place));
        if (block < 0) return null;
        const column = Math.floor((x - blocks[block][0]) / side), row = Math.floor((y - blocks[block][1]) / side);
        const cell = block * size + row * across + column;
        return row * across + column < size && cell < crowd.cells ? cell : null;
      },
    };
  }
}

function makeCrowd() {
  const canvas = document.getElementById("cells"), field = canvas.parentElement;
  const buttons = Object.entries(shades).map(([key, kind]) => {
    const button = el("button", { type: "button", "data-shade": key }, kind.name);
    button.addEventListener("click", () => { view.shade = key; keepView(); draw(); });
    return button;
  });
  document.getElementById("shades").append(...buttons);
  let crowd = null, place = null, read = null;

  function draw() {
    if (!crowd) return;
    const width = Math.max(200, field.clientWidth), ratio = devicePixelRatio;
    const nodes = Object.entries(run.state.live?.nodes || {});
    place = placeCells(crowd, width, +run.state.cohortSize, nodes);
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.max(1, Math.round(place.height * ratio));
    canvas.style.width = width + "px";
    canvas.style.height = place.height + "px";
    const ctx = canvas.getContext("2d"), kind = shades[view.shade] ? view.shade : "effort", values = crowd.values[shades[kind].value];
    const strategies = crowd.strategies.map(strategyColour);
    ctx.scale(ratio, ratio);
    const border = place.side >= 6 ? 1 : 0;
    for (let cell = 0; cell < crowd.cells; cell++) {
      const [left, top] = place.at(cell), colour = colourOf(kind, values[cell], crowd.most, strategies);
      ctx.fillStyle = `rgb(${colour.join(",")})`;
      ctx.fillRect(left, top, place.side - border, place.side - border);
      if (place.side >= 30 && crowd.per === 1) {
        ctx.fillStyle = luminance(...colour) > .35 ? "#222" : "#fff";
        ctx.font = "11px Roboto, system-ui, sans-serif";
        ctx.textAlign = "left";
        ctx.fillText(String(cell), left + 4, top + 13);
        if (kind !== "strategy") {
          ctx.font = `${place.side >= 44 ? 14 : 11}px Roboto, system-ui, sans-serif`;
          ctx.textAlign = "right";
          ctx.fillText(Number.isNaN(values[cell]) ? "–" : String(+values[cell].toFixed(2)), left + place.side - 5, top + place.side - 7);
        }
      }
    }
    ctx.fillStyle = css("soft");
    ctx.font = "12px Roboto, system-ui, sans-serif";
    ctx.textAlign = "left";
    place.labels.forEach(([name, top]) => ctx.fillText(name, 0, top));
    if (view.client !== null && crowd.per === 1 && view.client < crowd.cells) {
      const [left, top] = place.at(view.client);
      ctx.strokeStyle = css("text");
      ctx.lineWidth = 2;
      ctx.strokeRect(left - 1, top - 1, place.side + 1, place.side + 1);
    }
    buttons.forEach(button => button.setAttribute("aria-pressed", String(button.dataset.shade === kind)));
    drawScale(kind);
    canvas.cellAt = cell => place.at(cell).map(part => part + Math.floor(place.side / 2));
    canvas.shown = read;
  }

  function drawScale(kind) {
    const rgb = colour => `rgb(${colour.join(",")})`;
    const entry = (colour, text) => {
      const span = el("span");
      span.append(el("i", { style: `background:${colour}` }), text);
      return span;
    };
    const ramp = (from, to, colours) => {
      const span = el("span");
      span.append(from, el("i", { class: "ramp", style: `background:linear-gradient(90deg,${colours.map(rgb).join(",")})` }), to);
      return span;
    };
    const parts = kind === "strategy" ? crowd.strategies.map(name => entry(strategyColour(name), name))
      : kind === "payoff" ? [ramp(number(-crowd.most), number(crowd.most), [-1, 0, 1].map(value => colourOf(kind, value, 1)))]
        : [ramp("0", "1, as asked", [0, .5, 1].map(value => colourOf(kind, value))), entry(rgb(colourOf(kind, 2)), "2 or more")];
    if (crowd.values[0].some(Number.isNaN)) parts.push(entry("rgb(138,138,138)", "failed before it chose"));
    if (crowd.per > 1) parts.push(el("span", {}, `a cell: the mean of ${crowd.per} clients of ${number(crowd.clients)}`));
    document.getElementById("scale").replaceChildren(...parts);
  }

  function cellOf(event) {
    const box = canvas.getBoundingClientRect();
    return place && place.find(event.clientX - box.left, event.clientY - box.top);
  }

  canvas.addEventListener("mousemove", event => {
    const cell = cellOf(event);
    if (cell === null || cell === undefined) return hideTip();
    const values = crowd.values.map(list => list[cell]);
    const last = Math.min(crowd.clients, (cell + 1) * crowd.per) - 1;
    showTip(event, crowd.per > 1 ? `clients ${cell * crowd.per} to ${last}, means` : `client ${cell}`, [
      { name: "strategy", text: crowd.strategies[values[4]] },
      { name: "effort e", text: number(values[0]) },
      { name: "D / D'", text: number(values[1]) },
      { name: "gamma", text: number(values[2]) },
      { name: "payoff u", text: number(values[3]) },
    ]);
  });
  canvas.addEventListener("mouseleave", hideTip);
  canvas.addEventListener("click", event => {
    const cell = cellOf(event);
    if (cell === null || cell === undefined || crowd.per > 1) return;
    view.client = view.client === cell ? null : cell;
    keepView();
    draw();
    showClient();
  });
  canvas.addEventListener("keydown", event => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step || !crowd || crowd.per > 1) return;
    event.preventDefault();
    view.client = view.client === null ? 0 : Math.max(0, Math.min(crowd.cells - 1, view.client + step));
    keepView();
    draw();
    showClient();
  });
  redraws.push(draw);
  whenResized(field, draw);
  const showClient = makeClient(() => draw());

  return oneAtATime(async () => {
    const shown = shownEpisode();
    if (!shown) return;
    const key = `${run.generation} ${shown.index}`;
    if (key !== read) {
      const next = await readCrowd(shown.index);
      if (!next) return;
      crowd = next;
      read = key;
    }
    document.getElementById("crowd").hidden = false;
    draw();
    await showClient();
  });
}

/** What a client did, episode by episode. */
function makeClient(changed) {
  const panel = document.getElementById("client");
  let key = "", charts = null;
  const close = el("button", { type: "button", class: "pill", "aria-label": "close" }, "close");
  close.addEventListener("click", () => { view.client = null; keepView(); show(); changed(); });
  const show = oneAtATime(async () => {
    const shown = shownEpisode();
    if (view.client === null || !shown) {
      panel.hidden = true;
      key = "";
      return;
    }
    const asked = `${run.generation} ${shown.index} ${view.client}`;
    if (asked === key) return;
    const history = await askJson("client", { client: view.client, episode: shown.index });
    if (!history) {
      panel.hidden = true;
      return;
    }
    key = asked;
    panel.hidden = false;
    const at = name => history.columns.indexOf(name), rows = history.rows, first = run.games.get(shown.game)[0].episode;
    const column = name => rows.map(row => row[at(name)]), x = column("episode").map(episode => episode - first);
    if (!charts) {
      panel.append(el("header"), el("div"), el("div", { class: "scroll" }));
      panel.children[0].append(el("h3"), close);
      charts = ["what it did, by episode", "what it got, in money"].map(title => growingChart(panel.children[1], title, "episode", true));
    }
    panel.querySelector("h3").textContent = `client ${view.client}, ${rows[rows.length - 1][at("strategy")]}`;
    const isOne = rows.length === 1;
    charts[0].show(isOne ? [] : [
      { name: "effort e", colour: palette[0], x, y: column("effort") },
      { name: "D / D'", colour: palette[1], x, y: rows.map(row => row[at("batch_size")] / row[at("assigned_batch_size")]) },
      { name: "gamma", colour: palette[2], x, y: column("gamma") },
    ]);
    const got = ["reward", "cost", "payoff"].map((name, index) => ({ name, colour: palette[index + 3], x, y: column(name) }));
    charts[1].show(isOne ? [] : got);
    const table = el("table"), head = el("tr"), body = el("tbody");
    ["episode", "e", "D", "gamma", "reward", "cost", "payoff"].forEach(name => head.append(el("th", {}, name)));
    rows.slice().reverse().forEach((row, index) => {
      const line = el("tr");
      line.append(el("td", {}, number(x[x.length - 1 - index])));
      ["effort", "batch_size", "gamma", "reward", "cost", "payoff"].forEach(name => line.append(el("td", {}, number(row[at(name)]))));
      body.append(line);
      const failure = row[at("failure")];
      if (failure) {
        const why = el("tr");
        why.append(el("td", { colspan: 7, class: "word long" }, failure));
        body.append(why);
      }
    });
    table.append(fill(el("thead")), body);
    table.tHead.append(head);
    panel.children[2].replaceChildren(table);
  });
  return show;
}

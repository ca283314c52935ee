// Nodes, cohorts, and the messages of one round.
function makeActors() {
  const section = document.getElementById("actors"), facts = document.getElementById("actor-facts");
  const nodes = document.getElementById("nodes"), select = document.getElementById("round"), host = document.getElementById("sequence");
  select.addEventListener("change", () => {
    view.round = select.value === "" ? null : select.value;
    keepView();
    show();
  });
  let key = "";

  const show = oneAtATime(async () => {
    const live = run.state.live;
    section.hidden = !live;
    if (!live) return;
    const places = Object.entries(live.nodes);
    facts.replaceChildren(...[
      live.place || "one process",
      `${number(live.pace)} updates/s`,
      `${number(live.updates)} client updates`,
      live.resent ? `${number(live.resent)} messages sent again, last for ${live.waiting}` : "no message sent again",
      `${number(live.dropped)} dropped`,
      live.modelBytes > 0 && `${number(Math.round(live.modelBytes / 1e5) / 10)} MB of models to other nodes`,
    ].filter(text => text).map(text => el("span", {}, text)));
    const table = el("table"), head = el("tr"), body = el("tbody");
    head.append(el("th", { class: "word" }, "node"), el("th", {}, "cohorts"), el("th", { class: "word" }, "which"));
    table.append(el("thead"), body);
    table.tHead.append(head);
    places.forEach(([name, cohorts]) => {
      const line = el("tr");
      line.append(
        el("td", { class: "word" }, name || "this process"), el("td", {}, number(cohorts.length)),
        el("td", { class: "word" }, ranges(cohorts)));
      body.append(line);
    });
    nodes.replaceChildren(...(places.length ? [table] : []));
    const log = await askJson("messages", view.round === null ? undefined : { round: view.round });
    if (!log) return;
    const names = log.rounds.map(round => round.name).join();
    if (select.dataset.key !== names) {
      select.dataset.key = names;
      const step = round => (round === -1 ? "pay" : round === 0 ? "assignment" : `round ${round}`);
      select.replaceChildren(el("option", { value: "" }, "newest"), ...log.rounds.map(known => el(
        "option", { value: known.name }, `game ${known.game}, episode ${known.episode}, ${step(known.round)}`)));
    }
    select.value = view.round !== null && log.rounds.some(round => round.name === view.round) ? view.round : "";
    const drawn = `${log.shown} ${log.messages.length} ${host.clientWidth}`;
    if (drawn !== key) {
      key = drawn;
      host.replaceChildren(...(log.messages.length ? [sequence(log.messages, host.clientWidth)] : []));
    }
  });
  return show;
}

/** Such as "0 to 3, 7". */
function ranges(numbers) {
  const parts = [];
  numbers.forEach(value => {
    const last = parts[parts.length - 1];
    if (last && last[1] === value - 1) last[1] = value; else parts.push([value, value]);
  });
  const texts = parts.map(([from, to]) => (from === to ? `${from}` : `${from} to ${to}`));
  return texts.slice(0, 12).join(", ") + (parts.length > 12 ? ", …" : "");
}

/** Lanes from the server to the recorder, and a row per message. */
function sequence(messages, width) {
  const order = ["server", "cohort", "client", "trainer", "recorder"];
  const rank = lane => order.indexOf(lane.split(" ")[0]) * 1e6 + (+lane.split(" ")[1] || 0);
  const lanes = [...new Set(messages.flatMap(message => [message.from, message.to]))].sort((left, right) => rank(left) - rank(right));
  const left = 84, head = 34, row = 20, right = 24;
  const step = Math.max(64, (Math.max(width, 400) - left - right - 60) / Math.max(1, lanes.length - 1));
  const x = lane => left + 30 + lanes.indexOf(lane) * step;
  const drawing = svg("svg", { width: Math.round(x(lanes[lanes.length - 1]) + 30 + right), height: head + messages.length * row + 12 });
  lanes.forEach(lane => {
    drawing.append(
      svg("line", { class: "lane", x1: x(lane), x2: x(lane), y1: head - 8, y2: head + messages.length * row + 6 }),
      svg("text", { x: x(lane), y: 16, "text-anchor": "middle" }, lane));
  });
  messages.forEach((message, index) => {
    const y = head + index * row + 12, from = x(message.from), to = x(message.to), way = Math.sign(to - from);
    const group = svg("g", { class: "message" });
    const arrow = svg("g", { class: message.hidden ? "arrow secret" : "arrow" });
    arrow.append(
      svg("line", { x1: from, x2: to - way * 5, y1: y, y2: y }),
      svg("path", { d: `M${to} ${y}l${-way * 7} -3.5v7z`, style: "stroke:none" }));
    const fits = Math.abs(to - from) > widthOf(message.name, 12) + 10;
    const label = svg("text", { x: (from + to) / 2, y: y - 4, "text-anchor": "middle" }, fits ? message.name : "");
    group.append(
      svg("rect", { x: 0, y: y - row + 6, width: drawing.getAttribute("width"), height: row, style: "fill:transparent" }),
      svg("text", { class: "soft", x: 8, y: y + 4 }, `${message.ms.toFixed(message.ms < 100 ? 2 : 0)} ms`),
      arrow, label);
    group.addEventListener("mousemove", event => showTip(event, `${message.from} to ${message.to}`, [
      { name: message.name, text: "" },
      ...(message.says ? [{ text: message.says }] : []),
      ...(message.hidden ? [{ text: "hidden from the server" }] : []),
    ]));
    group.addEventListener("mouseleave", hideTip);
    drawing.append(group);
  });
  return drawing;
}

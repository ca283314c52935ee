// Tables that are sorted by a click on a heading, and filtered by words.
const filterFrom = 6;

function explore(table) {
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const headings = [...table.tHead.rows[0].cells];
  let sorted = { column: -1, descending: false };
  headings.forEach((heading, column) => {
    const button = el("button", { type: "button", title: "sort" + (heading.title ? ": " + heading.title : "") });
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener("click", () => {
      // Up, down, as it was.
      sorted = sorted.column !== column ? { column, descending: false }
        : sorted.descending ? { column: -1, descending: false } : { column, descending: true };
      headings.forEach((other, index) => index === sorted.column
        ? other.setAttribute("aria-sort", sorted.descending ? "descending" : "ascending")
        : other.removeAttribute("aria-sort"));
      table.classList.toggle("sorted", sorted.column >= 0);
      body.append(...(sorted.column < 0 ? rows : inOrder(rows, sorted.column, sorted.descending)));
    });
  });
  if (rows.length >= filterFrom) addFilter(table, rows);
}

/** By numbers where all have one; what has none comes last, either way. */
function inOrder(rows, column, descending) {
  const keys = rows.map(row => {
    const cell = row.cells[column];
    const text = cell.textContent.trim();
    return cell.dataset.value !== undefined ? +cell.dataset.value : text === "–" || text === "" ? null : isNaN(+text) ? text : +text;
  });
  const areNumbers = keys.every(key => key === null || typeof key === "number");
  const compare = (left, right) => areNumbers ? left - right : String(left).localeCompare(String(right), "en", { numeric: true });
  return rows.map((row, index) => ({ row, index, key: keys[index] }))
    .sort((left, right) => left.key === null || right.key === null
      ? (left.key === null) - (right.key === null) || left.index - right.index
      : (descending ? -1 : 1) * compare(left.key, right.key) || left.index - right.index)
    .map(entry => entry.row);
}

function addFilter(table, rows) {
  const box = el("input", { type: "search", placeholder: "filter rows", "aria-label": "filter rows" });
  const shown = el("span", { role: "status" });
  const line = el("p", { class: "filter" });
  line.append(box, shown);
  table.closest(".scroll").before(line);
  const texts = rows.map(row => [...row.cells].map(cell => cell.textContent).join(" ").toLowerCase());
  box.addEventListener("input", () => {
    const words = box.value.toLowerCase().split(/\s+/).filter(word => word);
    rows.forEach((row, index) => { row.hidden = !words.every(word => texts[index].includes(word)); });
    table.classList.toggle("filtered", words.length > 0);
    shown.textContent = words.length > 0 ? `${rows.filter(row => !row.hidden).length} of ${rows.length} rows` : "";
  });
}

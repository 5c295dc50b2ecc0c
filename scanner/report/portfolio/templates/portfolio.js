// The script of a portfolio's pages, behind page.js: it searches the tables, and pages the projects that the page holds.
// Without it every page is there, but for projects beyond the first.
(() => {
  const compare = (a, b) => a !== "" && b !== "" && !isNaN(a) && !isNaN(b) ? a - b : collate(a, b);
  const narrow = matchMedia("(max-width: 720px)").matches;
  const mark = (verdict) => symbol(`mark ${verdict}`, `mark-${verdict}`);
  const FEW = narrow ? 20 : 100; // as portfolio.css says

  startSorting(compare);

  for (const controls of document.querySelectorAll("[data-filter]")) {
    const table = byId(controls.dataset.filter);
    if (!table) continue;
    const rows = [...table.tBodies[0].rows].map((row) => [row.textContent.toLowerCase(), row]);
    const said = controls.querySelector("[role=status]");
    controls.hidden = false;
    controls.querySelector("input").addEventListener("input", (event) => {
      const words = event.target.value.toLowerCase().split(/\s+/);
      let left = 0;
      for (const [text, row] of rows) {
        row.hidden = !words.every((word) => text.includes(word));
        left += !row.hidden;
      }
      said.textContent = left === rows.length ? "" : `${number.format(left)} / ${number.format(rows.length)}`;
    });
  }

  // A long table is shown in part, until somebody asks for the rest or searches it.
  for (const rest of document.querySelectorAll("[data-rest]")) {
    const table = byId(rest.dataset.rest);
    const unfold = () => {
      table.classList.remove("folded");
      rest.hidden = true;
    };
    if (table.tBodies[0].rows.length <= FEW) continue;
    table.classList.add("folded");
    rest.hidden = false;
    rest.querySelector("button").addEventListener("click", unfold);
    document.querySelector(`[data-filter="${table.id}"] input`)?.addEventListener("input", unfold);
  }

  for (const node of document.querySelectorAll("[data-country]")) {
    const code = node.dataset.country;
    if (!/^[A-Z]{2}$/.test(code)) continue;
    if (node.tagName === "BDI") node.textContent = regions.of(code);
    else node.title = regions.of(code);
  }

  // Projects: [name, owner, criticality, failed, verdict, score, components, flagged, [technology, …]], gravest first.
  const table = byId("project-table");
  if (!table) return;
  const data = JSON.parse(byId("data").textContent);
  const words = JSON.parse(byId("words").textContent);
  const [NAME, OWNER, CRITICALITY, FAILED, VERDICT, SCORE, COMPONENTS, FLAGGED, TECHNOLOGIES] = Array(9).keys();
  const KEYS = [NAME, OWNER, CRITICALITY, VERDICT, SCORE, FLAGGED, COMPONENTS];
  const FIELDS = ["search", "verdict", "criticality", "owner", "technology"];
  const PAGE = narrow ? 10 : 50;
  const places = new Map(data.technologies.map(([id], place) => [id, place]));
  const field = (name) => byId(`project-${name}`);
  let haystack, shown = [], page = 0, order = null, open = -1;

  function search() {
    haystack ??= data.rows.map((row) => `${row[NAME]} ${data.owners[row[OWNER]]}`.toLowerCase());
    const [text, verdict, criticality, owner, technology] = FIELDS.map((name) => field(name).value);
    const terms = text.trim().toLowerCase().split(/\s+/);
    const used = places.get(technology);
    shown = [...data.rows.keys()].filter((at) => {
      const row = data.rows[at];
      return (verdict === "" || (verdict === "failed" ? row[FAILED] === 1 : row[FAILED] === 0 && row[VERDICT] === +verdict))
        && (criticality === "" || row[CRITICALITY] === +criticality)
        && (owner === "" || row[OWNER] === +owner)
        && (technology === "" || row[TECHNOLOGIES].includes(used))
        && terms.every((term) => haystack[at].includes(term));
    });
    if (order) shown.sort(order);
    page = 0;
    draw();
  }

  function draw() {
    const pages = Math.max(1, Math.ceil(shown.length / PAGE));
    const rows = shown.slice(page * PAGE, (page + 1) * PAGE).flatMap(line);
    table.tBodies[0].replaceChildren(...rows);
    if (!rows.length) table.tBodies[0].append(make("tr", {}, make("td", { colspan: KEYS.length }, words.none)));
    field("count").textContent = fill(words.shown, { shown: number.format(shown.length), total: number.format(data.rows.length) });
    field("page").textContent = fill(words.page, { page: number.format(page + 1), pages: number.format(pages) });
    field("previous").disabled = page === 0;
    field("next").disabled = page === pages - 1;
    field("pager").hidden = pages === 1;
  }

  function line(at) {
    const row = data.rows[at];
    const verdict = data.order[row[VERDICT]];
    const labels = [...table.tHead.rows[0].cells].map((cell) => cell.textContent);
    const figure = (place, value) => make("td", { "data-label": labels[place], class: "right figure" }, row[FAILED] || value === null ? "" : number.format(value));
    const badge = row[FAILED]
      ? make("span", { class: "badge" }, mark("unknown"), words.failed)
      : make("span", { class: `badge ${verdict}` }, mark(verdict), words.verdict[verdict]);
    const drawn = make("tr", { class: verdict },
      make("td", { class: "name" }, row[TECHNOLOGIES].length ? opener(at) : make("bdi", {}, row[NAME])),
      make("td", { "data-label": labels[1] }, make("bdi", {}, data.owners[row[OWNER]])),
      make("td", { "data-label": labels[2] }, words.criticality[row[CRITICALITY]] ?? ""),
      make("td", { "data-label": labels[3] }, badge),
      figure(4, row[SCORE]), figure(5, row[FLAGGED]), figure(6, row[COMPONENTS]),
    );
    return at === open ? [drawn, make("tr", { class: "detail" }, make("td", { colspan: KEYS.length }, tiles(row)))] : [drawn];
  }

  function opener(at) {
    const button = make("button", { type: "button", class: "opener", "aria-expanded": at === open }, make("bdi", {}, data.rows[at][NAME]));
    button.addEventListener("click", () => {
      open = at === open ? -1 : at;
      draw();
      table.querySelector(`.opener[aria-expanded="${at === open}"]`)?.focus({ preventScroll: true });
    });
    return button;
  }

  // The technologies of a project, in the order of the list of all: flagged ones first.
  function tiles(row) {
    return make("ul", { class: "tiles", "aria-label": words.uses }, ...[...row[TECHNOLOGIES]].sort((a, b) => a - b).map((place) => {
      const [id, title, at] = data.technologies[place];
      const verdict = data.order[at];
      const link = make("a", { class: `tile ${verdict}`, href: `technologies.html#technology-${encodeURIComponent(id)}` }, mark(verdict), make("bdi", {}, title));
      return make("li", {}, link);
    }));
  }

  function turn(step) {
    page += step;
    draw();
    field("controls").scrollIntoView();
  }

  // Deep links: projects.html#technology=ID&owner=NAME&search=TEXT
  function follow() {
    const wanted = new URLSearchParams(location.hash.slice(1));
    for (const name of FIELDS) field(name).value = "";
    if (places.has(wanted.get("technology"))) field("technology").value = wanted.get("technology");
    if (data.owners.includes(wanted.get("owner"))) field("owner").value = String(data.owners.indexOf(wanted.get("owner")));
    field("search").value = wanted.get("search") ?? "";
    search();
  }

  field("controls").hidden = false;
  sorting(table, (column, down) => {
    const key = KEYS[column];
    const value = column === 1 ? (at) => data.owners[data.rows[at][OWNER]] : (at) => data.rows[at][key] ?? -1;
    const first = column >= 5 ? -1 : 1;
    order = (a, b) => compare(value(a), value(b)) * (down ? -first : first) || a - b;
    search();
  });
  let waiting;
  field("search").addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(search, 60);
  });
  for (const name of FIELDS.slice(1)) field(name).addEventListener("change", search);
  field("reset").addEventListener("click", () => {
    for (const name of FIELDS) field(name).value = "";
    search();
  });
  field("previous").addEventListener("click", () => turn(-1));
  field("next").addEventListener("click", () => turn(1));
  addEventListener("hashchange", follow);
  follow();
})();

// The report's script, behind page.js: it searches, filters, sorts and pages what the page already holds. The page is
// complete without it but for components beyond the first.
(() => {
  const read = (id) => JSON.parse(byId(id).textContent);
  const data = read("data");
  const words = read("words");
  const [PURL, NAME, VERSION, VERDICT, SEVERITY, , SCOPE, DIRECT, LICENCE, TECHNOLOGIES, CUSTODY, PLACES, REQUIRES, FACTS] = Array(14).keys();
  const scopes = Object.values(words.scope);

  function link(url) {
    return /^https?:\/\//.test(url) ? make("a", { href: url, rel: "noopener noreferrer" }, url) : url;
  }

  function listen(node, type, handler) {
    if (node) node.addEventListener(type, handler);
  }

  // Components: rows come worst first; names and versions that the purl already says are left out of the data.
  const text = (index) => data.texts[index] ?? "";
  const type = (row) => row[PURL].startsWith("pkg:") ? row[PURL].slice(4).split("/", 1)[0] : "";
  const name = (row) => row[NAME] === 0 ? row[PURL].slice(row[PURL].indexOf("/") + 1, row[PURL].lastIndexOf("@")) : row[NAME];
  const version = (row) => row[VERSION] === 0 ? row[PURL].slice(row[PURL].lastIndexOf("@") + 1) : row[VERSION];
  const label = (row) => [type(row), name(row), version(row)].filter(Boolean).join(" ");
  const custody = (row) => row[CUSTODY].slice(1).map(text).join(words.script.joint) || words.script.unlooked;
  const bindings = (row) => row[TECHNOLOGIES].flatMap((at, place, all) => place % 2 ? [] : [[at, data.relations[all[place + 1]]]]);
  const SHARED = ["runs-on", "comes-from"]; // These count once for the project, not for every package.
  const PAGE = matchMedia("(max-width: 720px)").matches ? 10 : 25;
  const table = byId("component-table");
  const state = { query: "", verdict: "", scope: "", direct: "", technology: "", key: "", down: false, page: 0, open: -1 };
  let haystack, needed, shown = [];

  function matches(index) {
    const row = data.rows[index];
    return (state.verdict === "" || row[VERDICT] === +state.verdict)
      && (state.scope === "" || row[SCOPE] === +state.scope)
      && (state.direct === "" || row[DIRECT] === +state.direct)
      && (state.technology === "" || bindings(row).some(([at]) => at === +state.technology))
      && state.query.split(/\s+/).every((word) => haystack[index].includes(word));
  }

  function search() {
    haystack ??= data.rows.map((row) => [row[PURL], name(row), version(row), text(row[LICENCE]), ...row[PLACES].filter((_, at) => at % 2 === 0).map(text)].join(" ").toLowerCase());
    shown = [...data.rows.keys()].filter(matches);
    const keys = {
      name: (row) => name(row).toLowerCase(), scope: (row) => row[SCOPE] * 2 + (row[DIRECT] === 1 ? 0 : 1),
      technologies: (row) => -row[TECHNOLOGIES].length, custody, verdict: (row) => row[VERDICT], severity: (row) => -row[SEVERITY],
    };
    if (keys[state.key]) {
      const values = data.rows.map(keys[state.key]);
      const order = typeof values[0] === "string" ? (a, b) => collate(values[a], values[b]) : (a, b) => values[a] - values[b];
      shown.sort((a, b) => (state.down ? -order(a, b) : order(a, b)) || a - b);
    }
  }

  function draw() {
    const pages = Math.max(1, Math.ceil(shown.length / PAGE));
    state.page = Math.min(Math.max(state.page, 0), pages - 1);
    const page = shown.slice(state.page * PAGE, (state.page + 1) * PAGE);
    table.tBodies[0].replaceChildren(...page.flatMap(drawRow));
    if (!page.length) table.tBodies[0].append(make("tr", {}, make("td", { colspan: table.rows[0].cells.length }, words.script.none)));
    byId("component-count").textContent = fill(words.script.shown, { shown: number.format(shown.length), total: number.format(data.rows.length) });
    byId("component-page").textContent = fill(words.script.page, { page: number.format(state.page + 1), pages: number.format(pages) });
    byId("component-previous").disabled = state.page === 0;
    byId("component-next").disabled = state.page === pages - 1;
    byId("component-pager").hidden = pages === 1;
    for (const head of table.tHead.rows[0].cells) {
      if (head.dataset.key === state.key) head.setAttribute("aria-sort", state.down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    }
  }

  function drawRow(index) {
    const row = data.rows[index];
    const verdict = data.order[row[VERDICT]];
    const open = state.open === index;
    const opener = make("button", { type: "button", class: "opener", "aria-expanded": open }, make("bdi", {}, name(row)));
    listen(opener, "click", () => {
      state.open = open ? -1 : index;
      draw();
      table.querySelector(`tr[data-index="${index}"] .opener`)?.focus({ preventScroll: true });
    });
    const heads = [...table.tHead.rows[0].cells].map((cell) => cell.textContent);
    const line = make("tr", { class: `${verdict}${open ? " open" : ""}`, "data-index": index },
      make("td", { class: "name" }, opener, " ", make("span", { class: "quiet" }, version(row)), " ", make("span", { class: "type" }, type(row))),
      make("td", { "data-label": heads[1], class: "scope" }, needs(row)),
      make("td", { "data-label": heads[2] }, ...technologies(row)),
      make("td", { "data-label": heads[3], class: "custody" }, custody(row)),
      make("td", { "data-label": heads[4] }, make("span", { class: `badge ${verdict}` }, symbol(`mark ${verdict}`, `mark-${verdict}`), words.verdict[verdict])),
      make("td", { "data-label": heads[5] }, make("span", { class: "pips" }, symbol("pip", `severity-${row[SEVERITY]}`), make("span", { class: "figure" }, row[SEVERITY]))),
    );
    return open ? [line, make("tr", { class: "detail" }, make("td", { colspan: heads.length }, detail(index)))] : [line];
  }

  function needs(row) {
    const direct = [words.script.indirect, words.script.direct][row[DIRECT]];
    return direct ? `${scopes[row[SCOPE]]}, ${direct}` : scopes[row[SCOPE]];
  }

  function technologies(row) {
    return bindings(row).filter(([, relation]) => !SHARED.includes(relation)).flatMap(([at], place) => {
      const [id, title] = data.technologies[at];
      return [place ? ", " : "", make("a", { href: `#technology-${encodeURIComponent(text(id))}` }, text(title))];
    });
  }

  function detail(index) {
    const row = data.rows[index];
    const [publishers, organisation, repository, latest, released, provenance, source, retrieved, stale, successor, withdrawn, funding] = row[FACTS] || [];
    const said = (at) => at === undefined || at < 0 ? "" : text(at);
    const places = row[PLACES].flatMap((at, place, all) => place % 2 ? [] : [text(at) + (all[place + 1] ? `:${all[place + 1]}` : "")]);
    const list = make("dl");
    const add = (title, ...content) => {
      if (content.some(Boolean)) list.append(make("dt", {}, title), make("dd", {}, ...content.filter(Boolean)));
    };
    add(words.script.purl, row[PURL]);
    add(words.script.licence, said(row[LICENCE]));
    add(words.script.declared, few(places));
    add(words.script.requires, few(row[REQUIRES].map((at) => label(data.rows[at]))));
    add(words.script.required, few(requiredBy(index)));
    add(words.script.custody, custody(row));
    add(words.script.publishers, publishers ? number.format(publishers) : "");
    add(words.script.organisation, said(organisation));
    add(words.script.repository, said(repository) && link(said(repository)));
    add(words.script.latest, [said(latest), said(released)].filter(Boolean).join(", "));
    add(words.script.provenance, provenance === 1 ? words.script.attested : provenance === 0 && row[FACTS].length > 5 ? words.script.unattested : "");
    add(words.script.withdrawn, said(withdrawn));
    add(words.script.successor, said(successor));
    add(words.script.funding, ...(funding ?? []).flatMap((at, place) => [place ? ", " : "", link(text(at))]));
    add(words.script.source, said(source) && link(said(source)), said(retrieved) && ` ${fill(words.script.read, { date: said(retrieved) })}`, stale ? `, ${words.script.stale}` : "");
    return list;
  }

  function requiredBy(index) {
    if (!needed) {
      needed = new Map();
      data.rows.forEach((row, from) => row[REQUIRES].forEach((to) => needed.has(to) ? needed.get(to).push(from) : needed.set(to, [from])));
    }
    return (needed.get(index) ?? []).map((at) => label(data.rows[at]));
  }

  function few(items, most = 8) {
    const rest = items.length - most;
    return items.slice(0, most).join(", ") + (rest > 0 ? ` ${fill(words.script.more, { count: number.format(rest) })}` : "");
  }

  const filters = { query: "component-search", verdict: "component-verdict", scope: "component-scope", direct: "component-direct", technology: "component-technology" };

  function filter(change) {
    Object.assign(state, { page: 0, open: -1 }, change);
    search();
    draw();
  }

  function reset(change = {}) {
    const none = { query: "", verdict: "", scope: "", direct: "", technology: "", key: "", down: false };
    filter({ ...none, ...change });
    for (const [key, id] of Object.entries(filters)) byId(id).value = state[key];
  }

  function startComponents() {
    if (!table) return;
    byId("component-controls").hidden = false;
    document.querySelectorAll(".scripted").forEach((node) => { node.hidden = false; });
    for (const head of table.tHead.rows[0].cells) {
      const button = make("button", { type: "button" }, head.textContent);
      head.replaceChildren(button);
      listen(button, "click", () => filter({ key: head.dataset.key, down: state.key === head.dataset.key && !state.down }));
    }
    let waiting;
    listen(byId(filters.query), "input", (event) => {
      clearTimeout(waiting);
      waiting = setTimeout(() => filter({ query: event.target.value.trim().toLowerCase() }), 60);
    });
    for (const key of ["verdict", "scope", "direct", "technology"]) listen(byId(filters[key]), "change", (event) => filter({ [key]: event.target.value }));
    listen(byId("component-reset"), "click", () => reset());
    listen(byId("component-previous"), "click", () => turn(-1));
    listen(byId("component-next"), "click", () => turn(1));
    filter({});
  }

  function turn(step) {
    state.page += step;
    state.open = -1;
    draw();
    byId("component-controls").scrollIntoView();
  }

  // Evidence: the technologies, filtered and put in another order.
  function startTechnologies() {
    const list = byId("technology-list");
    if (!list) return;
    byId("technology-controls").hidden = false;
    const entries = [...list.children];
    const count = byId("technology-count");
    const orders = {
      rank: (a, b) => entries.indexOf(a) - entries.indexOf(b),
      name: (a, b) => collate(a.dataset.name, b.dataset.name),
      score: (a, b) => a.dataset.score - b.dataset.score,
      severity: (a, b) => b.dataset.severity - a.dataset.severity,
    };
    const arrange = () => {
      const query = byId("technology-search").value.trim().toLowerCase();
      const verdict = byId("technology-verdict").value;
      for (const entry of entries) entry.hidden = !((!verdict || entry.dataset.verdict === verdict) && entry.dataset.text.includes(query));
      list.append(...[...entries].sort(orders[byId("technology-order").value]));
      const left = entries.filter((entry) => !entry.hidden).length;
      count.textContent = left ? fill(words.script.shown, { shown: number.format(left), total: number.format(entries.length) }) : words.script.none;
    };
    for (const id of ["technology-search", "technology-verdict", "technology-order"]) listen(byId(id), "input", arrange);
    listen(byId("technology-open"), "click", () => {
      const open = entries.some((entry) => !entry.hidden && !entry.open);
      for (const entry of entries) entry.open = open && !entry.hidden;
      byId("technology-open").textContent = open ? words.script.close : words.script.open;
    });
  }

  // The backhoe: lose an actor with all it owns, or a jurisdiction; see what falls. The rules are those of
  // scanner/outlook/backhoe.py, and a test compares the answers.
  const owners = (actor) => actor < 0 ? [] : [actor, ...owners(data.actors[actor][2])];
  const losing = {
    actor: (at) => (actor) => owners(actor).includes(+at),
    country: (code) => (actor) => owners(actor).some((owner) => data.actors[owner][3] === code),
  };

  function fate([, , , , steward, provided, takeover], gone) {
    const providers = provided.filter((_, at) => at % 2);
    const left = provided.filter((_, at) => at % 2 === 0 && !gone.has(provided[at + 1])).map(text);
    const holders = providers.length ? providers : steward < 0 ? [] : [steward];
    const nobody = holders.every((actor) => gone.has(actor));
    if (nobody && !takeover) return ["gone", []];
    return gone.has(steward) || (nobody && !left.length) ? ["degraded", left] : ["untouched", left];
  }

  function aftermath(loss) {
    const [kind, which] = loss.split(":");
    const gone = new Set(data.actors.keys().filter(losing[kind](which)));
    const fates = data.technologies.map((technology) => fate(technology, gone));
    const fallen = (at) => fates[at][0] === "gone";
    const closed = (at) => fallen(at) || (data.technologies[at][3] === 1 && gone.has(data.technologies[at][4]));
    const origins = (row) => bindings(row).filter(([, relation]) => relation === "comes-from").map(([at]) => at);
    return {
      fates,
      stopped: data.rows.filter((row) => bindings(row).some(([at, relation]) => relation !== "comes-from" && fallen(at))).length,
      closed: data.rows.filter((row) => origins(row).length && origins(row).every(closed)).length,
      services: data.services.filter(([, relied]) => relied.some((at) => fallen(at) && !data.technologies[at][3])).map(([service]) => text(service)),
    };
  }

  function startBackhoe() {
    const backhoe = byId("backhoe");
    if (!backhoe) return;
    const choice = byId("backhoe-loss");
    const actors = data.actors.map(([, title], at) => [text(title), `actor:${at}`]).sort((a, b) => collate(a[0], b[0]));
    byId("backhoe-actors").append(...actors.map(([title, value]) => make("option", { value }, title)));
    const countries = [...new Set(data.actors.map((actor) => actor[3]).filter(Boolean))].map((code) => [region(code), `country:${code}`]);
    byId("backhoe-countries").append(...countries.sort((a, b) => collate(a[0], b[0])).map(([title, value]) => make("option", { value }, title)));
    const tiles = backhoe.querySelectorAll("[data-technology]");
    const show = () => {
      const { fates, stopped, closed, services } = aftermath(choice.value);
      for (const tile of tiles) {
        const [state, left] = fates[tile.dataset.technology];
        tile.dataset.state = state;
        tile.querySelector(".state").textContent = { gone: words.script.gone, degraded: left.length ? fill(words.script.left, { names: few(left, 3) }) : words.script.alone }[state] ?? "";
      }
      const count = (state) => fates.filter((one) => one[0] === state).length;
      const figures = { gone: count("gone"), degraded: count("degraded"), stopped, closed };
      const [sentence, list] = byId("backhoe-answer").children;
      const falls = services.length ? words.script.falls : data.services.length ? words.script.stands : words.script.lost;
      sentence.textContent = fill(falls, { actor: choice.selectedOptions[0].textContent, names: services.join(", ") });
      list.replaceChildren(...Object.entries(figures).map(([key, value]) => make("div", { class: value ? key : "zero" },
        make("dt", {}, fill(words.script[`number_${key}`], { total: number.format(fates.length) })), make("dd", { class: "figure" }, number.format(value)))));
    };
    const lose = (id) => {
      const at = data.actors.findIndex(([actor]) => text(actor) === id);
      if (at >= 0) choice.value = `actor:${at}`;
      show();
    };
    listen(choice, "change", show);
    const points = document.querySelectorAll("[data-lose]");
    points.forEach((point) => listen(point, "click", () => lose(point.dataset.lose)));
    backhoe.hidden = data.actors.length === 0;
    if (data.actors.length) lose(points[0]?.dataset.lose);
  }

  // Deep links: #technology-ID opens the evidence, #components?technology=ID&q=TEXT filters, #pkg:TYPE/NAME shows one.
  function follow() {
    const hash = location.hash.slice(1);
    if (hash.startsWith("technology-")) {
      const body = byId(decodeURIComponent(hash));
      if (!body) return;
      body.parentElement.hidden = false;
      body.parentElement.open = true;
      body.parentElement.scrollIntoView();
    } else if (table && hash.startsWith("components?")) {
      const wanted = new URLSearchParams(hash.slice("components?".length));
      const technology = data.technologies.findIndex(([id]) => text(id) === wanted.get("technology"));
      const verdict = data.order.indexOf(wanted.get("verdict"));
      reset({ query: (wanted.get("q") ?? "").toLowerCase(), technology: technology < 0 ? "" : String(technology), verdict: verdict < 0 ? "" : String(verdict) });
      byId("components").scrollIntoView();
    } else if (table && hash.startsWith("pkg:")) {
      const index = data.rows.findIndex((row) => row[PURL] === hash);
      if (index < 0) return;
      reset();
      Object.assign(state, { page: Math.floor(shown.indexOf(index) / PAGE), open: index });
      draw();
      table.querySelector(`tr[data-index="${index}"]`).scrollIntoView();
    }
  }

  function startPage() {
    const parts = new Map([...document.querySelectorAll("header.bar li a")].map((anchor) => [anchor.hash.slice(1), anchor]));
    const watcher = new IntersectionObserver((changes) => {
      for (const change of changes) if (change.isIntersecting) {
        for (const [id, anchor] of parts) id === change.target.id ? anchor.setAttribute("aria-current", "true") : anchor.removeAttribute("aria-current");
      }
    }, { rootMargin: "-15% 0px -80% 0px" });
    for (const section of document.querySelectorAll("main > section")) watcher.observe(section);
    for (const region of document.querySelectorAll(".scroll")) region.scrollLeft = region.scrollWidth; // the likeliest first
    for (const node of document.querySelectorAll("[data-country]")) {
      if (node.matches(".country")) node.title = region(node.dataset.country);
      else node.textContent = region(node.dataset.country);
    }
  }

  startComponents();
  startTechnologies();
  startSorting(collate);
  startBackhoe();
  startPage();
  listen(window, "hashchange", follow);
  follow();
})();

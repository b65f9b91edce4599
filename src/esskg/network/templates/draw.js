"use strict";
(() => {
  const payload = JSON.parse(document.getElementById("payload").textContent);
  const options = JSON.parse(document.getElementById("options").textContent);
  const words = payload.words;
  const rows = [...document.querySelectorAll("tr[data-edge]")];
  const entityRows = new Map([...document.querySelectorAll("tr[data-node]")].map((row) => [row.dataset.node, row]));
  const byId = new Map([...payload.nodes, ...payload.edges].map((each) => [each.id, each]));
  const ends = (row) => { const { from, to } = byId.get(row.dataset.edge); return [from, to]; };
  const legend = document.querySelector(".legend");
  const inspector = document.getElementById("inspector");
  const status = document.getElementById("status");
  document.querySelector(".view").hidden = false;

  const nodes = new vis.DataSet(payload.nodes);
  const edges = new vis.DataSet(payload.edges);
  const network = new vis.Network(document.getElementById("canvas"), { nodes, edges }, options);
  const frame = document.querySelector("#canvas .vis-network");
  frame.tabIndex = 0;
  frame.setAttribute("role", "application");
  frame.setAttribute("aria-label", words.canvas);

  // --- look: in the dark every shape has a light ring, and print is always light ---

  const dark = matchMedia("(prefers-color-scheme: dark)");
  let isDark = dark.matches;

  function paint(darkly) {
    isDark = darkly;
    network.setOptions({ edges: { font: { ...ink(), size: 12 } } });
    edges.update(payload.edges.map(({ id, color, dark: onDark }) => ({ id, color: (isDark && onDark) || color })));
    nodes.update(payload.nodes.map(({ id, color }) => ({ id, color: isDark ? { ...color, border: "#FFFFFF" } : color })));
    write();
  }

  function ink() {
    return { color: isDark ? "#E8E8E6" : "#1F2328", strokeColor: isDark ? "#16181C" : "#FFFFFF", strokeWidth: 3 };
  }

  // --- names: never below 12 pixels, best connected first, none across another ---

  const SMALLEST = 12, WIDEST = 120, LETTER = 0.55, LINE = 1.15, ALWAYS = 15;
  const byDegree = [...payload.nodes].sort((a, b) => b.size - a.size);

  function write() {
    const chosen = new Set(network.getSelectedNodes()), scale = network.getScale();
    const size = Math.max(SMALLEST, SMALLEST / scale), widthConstraint = { maximum: (WIDEST * size) / SMALLEST };
    const ranked = byDegree.filter(({ id }) => !nodes.get(id).hidden);
    ranked.sort((a, b) => chosen.has(b.id) - chosen.has(a.id));
    const shapes = ranked.map((node) => ({ id: node.id, ...around(node, node.size * scale, node.size * scale) }));
    const names = [];
    nodes.update(ranked.map((node, rank) => {
      const place = room(node, scale, size * scale);
      const inTheWay = rank < ALWAYS ? names : [...names, ...shapes.filter(({ id }) => id !== node.id)];
      const fits = !inTheWay.some((other) => overlap(place, other));
      if (fits) names.push(place);
      if (!fits) return { id: node.id, label: " ", font: { size: SMALLEST / 2 } };
      const font = node.shape === "box" ? inside(node) : ink();
      return { id: node.id, label: node.label, font: { ...font, size }, widthConstraint };
    }));
  }

  function inside({ color }) {
    return { color: color.background === "#FFFFFF" ? "#1F2328" : "#FFFFFF" };
  }

  function around(node, right, down) {
    const { x, y } = network.canvasToDOM(node);
    return { left: x - right, right: x + right, top: y - down, bottom: y + down };
  }

  function room(node, scale, pixels) {
    const length = node.label.length * pixels * LETTER, widest = (WIDEST * pixels) / SMALLEST;
    const width = Math.min(length, widest), height = Math.ceil(length / widest) * pixels * LINE;
    const place = around(node, width / 2, height / 2);
    const below = node.shape === "box" ? 0 : node.size * scale + height / 2;
    return { ...place, top: place.top + below, bottom: place.bottom + below };
  }

  function overlap(a, b) {
    return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  }

  let zooming;
  function rewrite() {
    clearTimeout(zooming);
    zooming = setTimeout(write, 120);
  }

  function seeAll() {
    network.fit({ maxZoomLevel: 1.4 });
    network.moveTo({ scale: network.getScale() * 0.92 });
    write();
  }

  network.once("afterDrawing", seeAll);
  network.on("zoom", rewrite);
  network.on("dragEnd", rewrite);
  dark.addEventListener("change", () => paint(dark.matches));
  addEventListener("beforeprint", () => paint(false));
  addEventListener("afterprint", () => paint(dark.matches));

  // --- detail: words go in as text, never as markup ---

  function element(name, text, attributes = {}) {
    const made = document.createElement(name);
    made.textContent = text;
    for (const [key, value] of Object.entries(attributes)) if (value) made.setAttribute(key, value);
    return made;
  }

  function sentence(row) {
    const [subject, relation, object, period, amount] = [...row.cells].map((cell) => cell.textContent.trim());
    return [`${subject} – ${relation} – ${object}`, [period, amount].filter(Boolean).join(" · ")];
  }

  function describe(row) {
    const [said, details] = sentence(row);
    const parts = [element("h3", said)];
    if (details) parts.push(element("p", details));
    for (const paragraph of row.querySelectorAll("td p")) {
      const quote = paragraph.querySelector("q"), cite = paragraph.querySelector("cite");
      if (quote) parts.push(element("blockquote", quote.textContent, { lang: quote.lang }));
      parts.push(element("p", (cite || paragraph).textContent, { class: "cite" }));
    }
    return parts;
  }

  function describeNode(id) {
    const cells = [...entityRows.get(id).cells].map((cell) => cell.textContent.trim());
    const list = document.createElement("ul");
    for (const row of rows.filter((each) => !each.hidden && ends(each).includes(id))) {
      const button = element("button", sentence(row)[0], { type: "button" });
      button.addEventListener("click", () => chooseRow(row));
      list.appendChild(document.createElement("li")).append(button);
    }
    const heading = element("h3", cells[0], { lang: entityRows.get(id).querySelector("span").lang });
    const counts = `${cells[1]} · ${words.neighbours}: ${cells[2]} · ${words.documents}: ${cells[3]}`;
    return [heading, element("p", counts), list];
  }

  // --- selection ---

  let marked = [];

  function show(parts, chosenRows) {
    marked.forEach((row) => row.removeAttribute("aria-selected"));
    marked = chosenRows;
    marked.forEach((row) => row.setAttribute("aria-selected", "true"));
    inspector.replaceChildren(...parts);
  }

  function clear() {
    network.unselectAll();
    show([element("p", words.nothing)], []);
  }

  function chooseEdge(id) {
    const told = rows.filter((row) => row.dataset.edge === id && !row.hidden);
    if (!told.length) return;
    network.setSelection({ nodes: [], edges: [id] });
    show(told.flatMap(describe), told);
  }

  function chooseRow(row) {
    network.setSelection({ nodes: [], edges: [row.dataset.edge] });
    show(describe(row), [row]);
    bringIntoView(ends(row));
  }

  function chooseNode(id) {
    network.setSelection({ nodes: [id], edges: network.getConnectedEdges(id) }, { highlightEdges: false });
    show(describeNode(id), [entityRows.get(id)]);
    bringIntoView([id]);
    write();
  }

  function bringIntoView(ids) {
    const { clientWidth: width, clientHeight: height } = frame;
    const points = ids.map((id) => network.canvasToDOM(network.getPosition(id)));
    if (points.every(({ x, y }) => x > 0 && y > 0 && x < width && y < height)) return;
    network.fit({ nodes: ids, maxZoomLevel: Math.max(network.getScale(), 0.8) });
    rewrite();
  }

  network.on("click", ({ nodes: [node], edges: [edge] }) => {
    if (node) chooseNode(node);
    else if (edge) chooseEdge(edge);
    else clear();
  });

  // --- tables: one row at a time is in the tab order; arrows move, and moving selects ---

  function navigable(all, choose) {
    const shown = () => all.filter((row) => !row.hidden);
    all.forEach((row, index) => {
      row.tabIndex = index ? -1 : 0;
      row.addEventListener("click", (event) => event.target.closest("a") || move(row));
      row.addEventListener("focus", () => choose(row));
      row.addEventListener("keydown", (event) => {
        const list = shown(), at = list.indexOf(row);
        const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: list.length - 1 }[event.key];
        if (to === undefined || !list[to]) return;
        event.preventDefault();
        move(list[to]);
      });
    });
    function move(row) {
      all.forEach((each) => { each.tabIndex = each === row ? 0 : -1; });
      if (document.activeElement === row) choose(row);
      else row.focus();
    }
    return () => {
      const list = shown();
      if (list.length && !list.some((row) => row.tabIndex === 0)) list[0].tabIndex = 0;
    };
  }

  const keepReachable = [
    navigable(rows, chooseRow),
    navigable([...entityRows.values()], (row) => chooseNode(row.dataset.node)),
  ];
  addEventListener("keydown", (event) => { if (event.key === "Escape") clear(); });

  // --- legend ---

  function ticked(name) {
    return new Set([...legend.querySelectorAll(`input[name=${name}]:checked`)].map((box) => box.value));
  }

  function filter() {
    const kinds = ticked("kind"), relations = ticked("relation");
    const isKind = (id) => kinds.has(byId.get(id).code);
    const linked = new Set(), kept = new Set(), drawn = new Set();
    for (const row of rows) {
      const [from, to] = ends(row);
      row.hidden = !(relations.has(row.dataset.relation) && isKind(from) && isKind(to));
      linked.add(from).add(to);
      if (!row.hidden) { kept.add(from).add(to); drawn.add(row.dataset.edge); }
    }
    edges.update(payload.edges.map(({ id }) => ({ id, hidden: !drawn.has(id) })));
    nodes.update(payload.nodes.map(({ id }) => {
      const hidden = !isKind(id) || (linked.has(id) && !kept.has(id));
      entityRows.get(id).hidden = hidden;
      return { id, hidden };
    }));
    keepReachable.forEach((keep) => keep());
    write();
    tell(rows.filter((row) => !row.hidden).length);
  }

  function tell(shown) {
    const counted = words.shown.replace("{shown}", shown).replace("{total}", rows.length);
    status.textContent = shown || !rows.length ? counted : words.none_left;
    clear();
  }

  legend.addEventListener("change", (event) => { if (event.target.type === "checkbox") filter(); });
  legend.addEventListener("reset", () => setTimeout(filter));
  legend.addEventListener("submit", (event) => event.preventDefault());
  document.getElementById("fit").addEventListener("click", seeAll);
  document.getElementById("find").addEventListener("input", ({ target }) => {
    const sought = target.value.trim().toLocaleLowerCase();
    const found = payload.nodes.find(({ id, title }) =>
      sought && title.toLocaleLowerCase() === sought && !entityRows.get(id).hidden);
    if (found) chooseNode(found.id);
  });

  paint(dark.matches);
  filter();
  window.esskg = { network, nodes, edges };
  document.documentElement.dataset.ready = "1";
})();

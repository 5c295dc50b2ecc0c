"use strict";
// What the scripts of all pages share. Text enters a document as text nodes only.
const byId = (id) => document.getElementById(id);
const lang = document.documentElement.lang;
const number = new Intl.NumberFormat(lang);
const collate = new Intl.Collator(lang, { numeric: true, sensitivity: "base" }).compare;
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
const regions = new Intl.DisplayNames(lang, { type: "region" });
const region = (code) => /^[A-Z]{2}$/.test(code) ? regions.of(code) : code;

function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

function symbol(className, id) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  svg.setAttribute("class", className);
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `#${id}`);
  svg.append(use);
  return svg;
}

// Heads of a table become buttons that tell by which column it is sorted.
function sorting(table, sort) {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    if (head.classList.contains("fixed")) return;
    const button = make("button", { type: "button" }, head.textContent);
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      sort(column, down);
    });
  });
}

// Tables that hold all their rows, by what their cells say or by their data-value.
function startSorting(compare) {
  for (const table of document.querySelectorAll("table.sortable")) {
    sorting(table, (column, down) => {
      const value = (row) => row.cells[column].dataset.value ?? row.cells[column].textContent;
      const rows = [...table.tBodies[0].rows].map((row) => [value(row), row]);
      rows.sort((a, b) => compare(a[0], b[0]) * (down ? -1 : 1));
      table.tBodies[0].append(...rows.map(([, row]) => row));
    });
  }
}


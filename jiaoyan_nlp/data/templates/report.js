"use strict";
// 没有脚本也能读：这里只加上找、排、展开三样方便。
(() => {
  document.documentElement.classList.add("scripted");
  const table = document.getElementById("table");
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const find = document.getElementById("find");
  const only = [...document.querySelectorAll("[data-only]")];
  const details = [...document.querySelectorAll("details.school")];

  const filter = () => {
    const wanted = find.value.trim().toLowerCase();
    let shown = 0;
    rows.forEach((row) => {
      const fits = row.cells[0].dataset.value.toLowerCase().includes(wanted)
        && only.every((box) => !box.checked || row.hasAttribute("data-" + box.dataset.only));
      row.hidden = !fits;
      const school = document.getElementById(row.querySelector("a").hash.slice(1));
      school.hidden = !fits;
      shown += fits ? 1 : 0;
    });
    document.getElementById("found").textContent = shown === rows.length ? "" : `符合条件的有 ${shown} 所`;
    document.getElementById("nothing").hidden = shown > 0;
  };
  find.addEventListener("input", filter);
  only.forEach((box) => box.addEventListener("change", filter));
  document.getElementById("tools").addEventListener("submit", (event) => event.preventDefault());

  const headings = [...table.tHead.rows[0].cells];
  headings.forEach((heading, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = heading.textContent;
    heading.replaceChildren(button);
    button.addEventListener("click", () => {
      const numeric = heading.dataset.sort === "number";
      const before = heading.getAttribute("aria-sort");
      const down = before ? before === "ascending" : numeric;
      headings.forEach((other) => other.removeAttribute("aria-sort"));
      heading.setAttribute("aria-sort", down ? "descending" : "ascending");
      const value = (row) => row.cells[column].dataset.value;
      const compare = numeric ? (a, b) => value(a) - value(b) : (a, b) => value(a).localeCompare(value(b), "zh-CN");
      rows.sort((a, b) => (down ? -compare(a, b) : compare(a, b)));
      body.append(...rows);
    });
  });

  const setAll = (open) => document.querySelectorAll("details").forEach((one) => { one.open = open; });
  document.querySelectorAll("[data-open]").forEach((button) => {
    button.addEventListener("click", () => details.forEach((one) => { one.open = Boolean(button.dataset.open); }));
  });
  const reveal = (hash) => {
    const target = document.getElementById(hash.slice(1));
    const holder = target && target.closest("details.school");
    if (!holder) return;
    holder.hidden = false;
    holder.open = true;
    target.scrollIntoView();
  };
  addEventListener("hashchange", () => reveal(location.hash));
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (link) reveal(link.hash); // 收起来再点同一个，地址没有变，不会有 hashchange
  });
  addEventListener("beforeprint", () => setAll(true));
  reveal(location.hash);
})();

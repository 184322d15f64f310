"use strict";
(() => {
  const at = (id) => document.getElementById(id);
  const WATCH = 700, REST = 60000; // 多少毫秒问一次进度；做完以后多久报一次“页面还开着”
  const panels = ["fill", "work", "done"];
  const chosen = new Map(); // 路径 → 文件
  const extra = { schools: [], templates: [] };
  let timer = 0, began = 0, shownReport = false, sending = null, announced = "";

  const show = (name) => {
    if (!at(name).hidden) return;
    panels.forEach((one) => { at(one).hidden = one !== name; });
    at("lead").hidden = name !== "fill";
    at(`${name}-title`).focus({ preventScroll: true });
  };
  const alarm = (message, notes = []) => {
    at("alert").hidden = !message;
    at("trouble").textContent = message || "";
    at("notes").replaceChildren(...notes.map((note) => Object.assign(document.createElement("li"), { textContent: note })));
    if (message) at("alert").scrollIntoView({ block: "nearest" });
  };
  const say = (words) => { if (words !== announced) at("live").textContent = announced = words; };
  const size = (bytes) => (bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} KB` : `${(bytes / 1e6).toFixed(1)} MB`);
  const total = (files) => files.reduce((sum, file) => sum + file.size, 0);

  const ask = async (method, address, body, signal) => {
    let answer;
    try {
      answer = await fetch(address, { method, body, signal });
    } catch (error) {
      if (error.name === "AbortError") throw error;
      throw new Error("连不上页面程序，它可能已经停了。请看看运行 jiaoyan serve 的窗口。");
    }
    const told = await answer.json().catch(() => ({}));
    if (!answer.ok) throw new Error(told.message || "页面程序没有照办，请刷新再试。");
    return told;
  };

  // 一、放入
  const add = (path, file) => chosen.set(path, file);
  const list = () => {
    const groups = new Map();
    chosen.forEach((file, path) => {
      const [top, ...rest] = path.split("/");
      const group = groups.get(top) || groups.set(top, { folder: rest.length > 0, files: [] }).get(top);
      group.files.push(file);
    });
    at("listed").replaceChildren(...[...groups].map(([top, group]) => {
      const row = document.createElement("li");
      const name = Object.assign(document.createElement("span"), { textContent: group.folder ? `${top}/` : top });
      const about = Object.assign(document.createElement("span"), { className: "quiet" });
      about.textContent = (group.folder ? `${group.files.length} 个文件，` : "") + size(total(group.files));
      const drop = Object.assign(document.createElement("button"), { type: "button", className: "plain", textContent: "拿掉" });
      drop.setAttribute("aria-label", `拿掉 ${top}`);
      drop.addEventListener("click", () => {
        [...chosen.keys()].filter((path) => path.split("/")[0] === top).forEach((path) => chosen.delete(path));
        list();
        (at("listed").querySelector("button") || at("files")).focus();
      });
      row.append(name, about, drop);
      return row;
    }));
    at("chosen").hidden = chosen.size === 0;
    at("tally").textContent = chosen.size ? `已放入 ${chosen.size} 个文件，共 ${size(total([...chosen.values()]))}` : "";
    at("start").disabled = chosen.size === 0;
    at("why").textContent = chosen.size ? "" : "先放入材料";
    say(at("tally").textContent);
  };
  const pick = (input) => {
    [...input.files].forEach((file) => add(file.webkitRelativePath || file.name, file));
    input.value = "";
    list();
  };
  ["files", "folder"].forEach((id) => at(id).addEventListener("change", (event) => pick(event.target)));
  at("clear").addEventListener("click", () => { chosen.clear(); list(); at("files").focus(); });
  Object.keys(extra).forEach((part) => {
    const told = () => {
      const files = extra[part];
      at(`${part}-said`).textContent = files.length ? (files.length === 1 ? files[0].name : `${files.length} 个文件`) : "没有放";
      at(`${part}-clear`).hidden = files.length === 0;
    };
    at(part).addEventListener("change", (event) => { extra[part] = [...event.target.files]; event.target.value = ""; told(); });
    at(`${part}-clear`).addEventListener("click", () => { extra[part] = []; told(); at(part).focus(); });
  });

  // 拖放：文件夹要一层一层走进去
  const walk = async (entry, found) => {
    if (entry.isFile) {
      const file = await new Promise((good, bad) => entry.file(good, bad));
      found.push([entry.fullPath.replace(/^\//, ""), file]);
      return;
    }
    const reader = entry.createReader();
    for (;;) {
      const batch = await new Promise((good, bad) => reader.readEntries(good, bad));
      if (!batch.length) return;
      for (const one of batch) await walk(one, found);
    }
  };
  const drop = at("drop");
  addEventListener("dragover", (event) => { event.preventDefault(); drop.classList.toggle("over", drop.contains(event.target)); });
  addEventListener("dragleave", () => drop.classList.remove("over"));
  addEventListener("drop", async (event) => {
    event.preventDefault(); // 没有放准的，也不要让浏览器打开那个文件
    drop.classList.remove("over");
    if (at("fill").hidden) return;
    const plain = [...event.dataTransfer.files];
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry()).filter(Boolean);
    const found = entries.length ? [] : plain.map((file) => [file.name, file]);
    try {
      for (const entry of entries) await walk(entry, found);
    } catch {
      alarm("有的文件打不开，没有放进来。请用“选择文件夹”再试。");
    }
    found.forEach(([path, file]) => add(path, file));
    list();
  });

  // 二、处理
  const line = (step) => document.querySelector(`[data-step="${step}"]`);
  const paint = (step, state, said, done = 0, whole = 0) => {
    const row = line(step);
    const bar = row.querySelector("progress");
    row.classList.toggle("passed", state === "done");
    if (state === "now") row.setAttribute("aria-current", "step"); else row.removeAttribute("aria-current");
    row.querySelector(".said").textContent = said;
    bar.hidden = state !== "now";
    if (whole > 1) { bar.max = whole; bar.value = done; } else bar.removeAttribute("value");
    if (state === "now") say(`${row.querySelector("b").textContent}：${said}`.slice(0, 60));
  };
  const words = (one) => {
    if (one.said) return one.said;
    if (one.state !== "now") return "";
    const about = line(one.step).dataset.about;
    if (one.name) return `读到第 ${one.read} 个：${one.name.split("/").slice(-2).join("/")}`;
    return one.total > 1 ? `${one.done} / ${one.total}　${about}` : about;
  };
  const clock = () => {
    const seconds = Math.round((Date.now() - began) / 1000);
    at("clock").textContent = began ? `已用 ${seconds < 60 ? `${seconds} 秒` : `${Math.floor(seconds / 60)} 分 ${seconds % 60} 秒`}。` : "";
  };
  const upload = async () => {
    alarm("");
    began = Date.now();
    sending = new AbortController();
    document.querySelectorAll("[data-step]").forEach((row) => paint(row.dataset.step, "later", ""));
    show("work");
    const files = [
      ...[...chosen].map(([path, file]) => ["materials", path, file]),
      ...Object.entries(extra).flatMap(([part, some]) => some.map((file) => [part, file.name, file])),
    ];
    try {
      await ask("POST", "/batch", null, sending.signal);
      for (const [number, [part, path, file]] of files.entries()) {
        paint("upload", "now", `${number} / ${files.length}　${path.split("/").pop()}`, number, files.length);
        await ask("PUT", `/batch/files/${part}?name=${encodeURIComponent(path)}`, file, sending.signal);
      }
      await ask("POST", "/batch/start", null, sending.signal);
    } catch (error) {
      show("fill");
      if (error.name !== "AbortError") alarm(error.message);
      ask("DELETE", "/batch").catch(() => {});
      return;
    } finally {
      sending = null;
    }
    look();
  };
  at("start").addEventListener("click", upload);

  // 三、看情况
  const finished = (now) => {
    at("sum").textContent = now.message;
    document.querySelectorAll("[data-kind]").forEach((row) => { row.hidden = !now.downloads.includes(row.dataset.kind); });
    at("letterless").hidden = now.downloads.includes("word");
    show("done");
    if (!shownReport) at("report").src = "/batch/report"; // 显示出来以后再取，不然有的浏览器按零宽来排
    shownReport = true;
    say(`审核完成。${now.message}`);
  };
  const working = (now) => {
    show("work");
    paint("upload", "done", `${now.files} 个文件`);
    now.steps.forEach((one) => paint(one.step, one.state, words(one), one.done, one.total));
    if (now.state === "waiting") {
      paint("read", "now", now.ahead ? `前面还有 ${now.ahead} 批，请等一等` : "马上开始");
    }
    clock();
  };
  const look = async () => {
    clearTimeout(timer);
    if (sending) return;
    let now;
    try {
      now = await ask("GET", "/batch");
    } catch (error) {
      alarm(error.message);
      timer = setTimeout(look, 5000);
      return;
    }
    if (sending) return;
    if (now.state === "waiting" || now.state === "working") working(now);
    else if (now.state === "done") finished(now);
    else show("fill");
    if (now.state === "failed") alarm(now.message, now.notes);
    if (now.state !== "none") timer = setTimeout(look, now.state === "waiting" || now.state === "working" ? WATCH : REST);
  };
  const leave = async () => {
    if (sending) sending.abort();
    clearTimeout(timer);
    await ask("DELETE", "/batch").catch((error) => alarm(error.message));
    at("report").removeAttribute("src");
    shownReport = false;
    began = 0;
    show("fill");
  };
  at("cancel").addEventListener("click", leave);
  at("again").addEventListener("click", async () => { await leave(); alarm(""); chosen.clear(); list(); });
  look();
})();

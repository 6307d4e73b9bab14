// 公布目录：查找、筛选、逐件查看。数据在 data.js 中；没有脚本时各页仍是完整的网页。
// 文字一律作为文字写入，从不作为标记。
"use strict";
(() => {
  const DATA = window.PUBLISHED;
  if (!DATA || !document.getElementById("cards")) return;
  const PAGE = 50;
  const PRINTED = 1000;
  const FEW = 6;
  const PARTS = "\u001f";
  const at = (id) => document.getElementById(id);
  const place = Object.fromEntries(DATA.columns.map((name, index) => [name, index]));
  const lines = DATA.rows ? DATA.rows.split("\n") : [];
  // 只在前半行里查：后半行是日期、金额、电话。
  let folded = null;
  const searched = () => {
    folded = folded || lines.map((line) => line.slice(0, line.indexOf("\u001d")).toLowerCase());
    return folded;
  };
  const facets = DATA.facets.map((facet) => ({
    ...facet,
    codeOf: new Map(facet.values.map((value, code) => [value, code])),
  }));
  const row = (index) => lines[index].replace("\u001d", "\t").split("\t");
  const cell = (cells, name) => cells[place[name]];

  // ---------------------------------------------------------------- 建造

  const make = (tag, given, ...inside) => {
    const one = document.createElement(tag);
    for (const [name, value] of Object.entries(given || {})) {
      if (name === "text") one.textContent = value;
      else if (name === "class") one.className = value;
      else if (typeof value === "function") one.addEventListener(name, value);
      else if (value === true) one.setAttribute(name, "");
      else if (value !== false && value !== undefined) one.setAttribute(name, value);
    }
    one.append(...inside);
    return one;
  };
  const icon = (name) => {
    const space = "http://www.w3.org/2000/svg";
    const drawn = document.createElementNS(space, "svg");
    drawn.setAttribute("aria-hidden", "true");
    const use = document.createElementNS(space, "use");
    use.setAttribute("href", `#i-${name}`);
    drawn.append(use);
    return drawn;
  };
  const pageOf = (index) => `list/${String(Math.floor(index / DATA.per_page) + 1).padStart(4, "0")}.html`;
  const joined = (text) => text.split(PARTS).join("、");

  // ---------------------------------------------------------------- 地址

  const wanted = { q: "", sort: "", p: "", chosen: facets.map(() => new Set()) };
  const read = () => {
    const told = new URLSearchParams(location.hash.slice(1));
    wanted.q = (told.get("q") || "").slice(0, 200);
    wanted.sort = ["fee", "end", "number"].includes(told.get("sort")) ? told.get("sort") : "";
    wanted.p = told.get("p") || "";
    facets.forEach((facet, number) => {
      const codes = told.getAll(facet.name).map((value) => facet.codeOf.get(value));
      wanted.chosen[number] = new Set(codes.filter((code) => code !== undefined));
    });
  };
  const address = (changed) => {
    const told = new URLSearchParams();
    const now = { ...wanted, ...changed };
    if (now.q) told.set("q", now.q);
    facets.forEach((facet, number) => {
      for (const code of now.chosen[number]) told.append(facet.name, facet.values[code]);
    });
    if (now.sort) told.set("sort", now.sort);
    if (now.p) told.set("p", now.p);
    return `#${told}`;
  };
  const go = (changed, anew) => {
    const hash = address(changed);
    if (hash === address({})) return;
    Object.assign(wanted, changed);
    try {
      if (anew) history.pushState(null, "", hash);
      else history.replaceState(null, "", hash);
    } catch {
      // 浏览器限制改地址的次数；照样列出，地址慢一步而已。
    }
    show();
  };
  const follow = () => { read(); show(); };

  // ---------------------------------------------------------------- 查找

  const words = (text) => text.trim().split(/\s+/).filter(Boolean).map((word) => {
    const plain = word.normalize("NFKC").toLowerCase();
    const number = plain.replace(/^(?:zl|cn)/, "").replace(/[.\-]/g, "");
    if (/^(?:\d{12}|\d{8})[\dx]$/.test(number)) return [`${number.slice(0, -1)}.${number.slice(-1)}`];
    if (/^(?:zl|cn)?[\d.]{5,}[\dx]?$/.test(plain)) return [plain.replace(/^(?:zl|cn)/, "")];
    return plain === word.toLowerCase() ? [plain] : [plain, word.toLowerCase()];
  });
  const search = () => {
    const asked = words(wanted.q);
    const counts = facets.map((facet) => new Uint32Array(facet.values.length));
    const limits = wanted.chosen.map((codes) => (codes.size ? codes : null));
    const found = [];
    const texts = asked.length ? searched() : null;
    for (let index = 0; index < lines.length; index += 1) {
      if (texts && !asked.every((ways) => ways.some((way) => texts[index].includes(way)))) continue;
      let missed = -1; // 唯一不合的一组；-2 为不止一组
      for (let number = 0; number < facets.length; number += 1) {
        if (limits[number] && !limits[number].has(facets[number].codes.charCodeAt(index) - 33)) {
          missed = missed === -1 ? number : -2;
        }
      }
      if (missed === -2) continue;
      if (missed === -1) found.push(index);
      for (let number = 0; number < facets.length; number += 1) {
        if (missed === -1 || missed === number) {
          counts[number][facets[number].codes.charCodeAt(index) - 33] += 1;
        }
      }
    }
    return { found, counts };
  };
  const orders = {};
  const order = (name) => {
    if (!orders[name]) {
      const column = { fee: "amount", end: "offer_end", number: "number" }[name];
      const keys = lines.map((_, index) => {
        const cells = row(index);
        if (name !== "fee") return cell(cells, column) || "\uffff";
        if (cell(cells, "code") === "free") return 0;
        return cell(cells, column) === "" ? Infinity : Number(cell(cells, column));
      });
      const compare = (one, other) => (keys[one] < keys[other] ? -1 : keys[one] > keys[other] ? 1 : one - other);
      const ranks = new Uint32Array(lines.length);
      [...lines.keys()].sort(compare).forEach((index, rank) => { ranks[index] = rank; });
      orders[name] = ranks;
    }
    return orders[name];
  };

  // ---------------------------------------------------------------- 列出

  let found = [];
  let listed = PAGE;
  const tags = (cells) => ["kind", "industry", "region"].map((name) => cell(cells, name)).filter(Boolean)
    .map((text) => make("li", { text }));
  const card = (index) => {
    const cells = row(index);
    const number = cell(cells, "number");
    const fee = make("p", { class: cell(cells, "code") === "free" ? "fee is-free" : "fee" });
    fee.append(make("b", { text: cell(cells, "head") || "见详情" }));
    if (cell(cells, "line")) fee.append(make("span", { text: cell(cells, "line") }));
    if (cell(cells, "offer_end")) fee.append(make("span", { text: `至 ${cell(cells, "offer_end")}` }));
    const link = make("a", { href: `${pageOf(index)}#${encodeURIComponent(number)}`, text: cell(cells, "title") || number });
    link.dataset.number = number;
    const who = make("p", { class: "who" }, make("span", { class: "no", text: number }), joined(cell(cells, "owners")));
    const left = make("div", {}, make("h3", {}, link), who, make("ul", { class: "tags", "aria-label": "类别" }, ...tags(cells)));
    return make("li", { class: "card" }, left, fee);
  };
  const cards = () => {
    at("cards").replaceChildren(...found.slice(0, listed).map(card));
    at("more").hidden = found.length <= listed;
    mark();
  };
  const mark = () => {
    for (const link of at("cards").querySelectorAll("a[data-number]")) {
      const chosen = link.dataset.number === wanted.p;
      link.closest(".card").classList.toggle("is-chosen", chosen);
      if (chosen) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };
  const opened = new Set();
  const choose = (number, code, on) => {
    const chosen = wanted.chosen.map((codes) => new Set(codes));
    if (on) chosen[number].add(code);
    else chosen[number].delete(code);
    go({ chosen });
  };
  const filters = (counts) => {
    const active = document.activeElement && document.activeElement.dataset.choice;
    const made = facets.map((facet, number) => {
      const codes = [...facet.values.keys()].filter((code) => facet.totals[code])
        .sort((one, other) => facet.totals[other] - facet.totals[one] || one - other);
      const few = opened.has(number) || codes.length <= FEW + 1;
      const shown = codes.filter((code, rank) => few || rank < FEW || wanted.chosen[number].has(code));
      const boxes = shown.map((code) => {
        const box = make("input", { type: "checkbox", change: (event) => choose(number, code, event.target.checked) });
        box.checked = wanted.chosen[number].has(code);
        box.dataset.choice = `${number} ${code}`;
        return make("label", { class: "choice" }, box, make("span", { text: facet.values[code] }), make("span", { class: "count", text: counts[number][code] }));
      });
      const set = make("fieldset", {}, make("legend", { text: facet.label }), ...boxes);
      if (!few) {
        set.append(make("button", { type: "button", class: "link", text: `其他 ${codes.length - shown.length} 类`,
          click: () => { opened.add(number); show(); } }));
      }
      if (facet.note) set.append(make("p", { class: "note", text: facet.note }));
      return set;
    });
    at("facets").replaceChildren(...made);
    if (active) {
      const again = [...at("facets").querySelectorAll("input")].find((box) => box.dataset.choice === active);
      if (again) again.focus({ preventScroll: true });
    }
  };
  const chips = () => {
    const made = facets.flatMap((facet, number) => [...wanted.chosen[number]].map((code) => make("li", {},
      make("button", { type: "button", "aria-label": `取消筛选：${facet.values[code]}`,
        click: () => choose(number, code, false) }, facet.values[code], icon("x")))));
    at("chips").replaceChildren(...made);
    at("chips").hidden = !made.length;
    at("clear").hidden = !made.length;
    at("clear").textContent = `清除 ${made.length} 项`;
    at("filter-count").textContent = made.length ? `${made.length} 项` : "";
  };

  // ---------------------------------------------------------------- 一件

  const known = new Map();
  const indexOf = (number) => {
    if (!known.size) lines.forEach((line, index) => known.set(line.slice(0, line.indexOf("\t")), index));
    return known.get(number);
  };
  const copy = async (text, told) => {
    try {
      await navigator.clipboard.writeText(text);
      told.textContent = "已复制。";
    } catch {
      told.textContent = "浏览器不允许复制，请选中文字后复制。";
    }
  };
  const shownAs = (name, text) => {
    if (name === "contact_email" && /^[\w.+-]+@[\w-]+(?:\.[\w-]+)+$/.test(text)) {
      return make("a", { href: `mailto:${text}`, text });
    }
    if (name === "contact_phone" && /^[\d-]{7,14}$/.test(text)) {
      return make("a", { href: `tel:${text.replace(/-/g, "")}`, text });
    }
    return document.createTextNode(text);
  };
  const values = (cells, name) => cell(cells, name).replaceAll("\u001e", "\n").split(PARTS);
  const detail = (index) => {
    const cells = row(index);
    const list = make("dl");
    for (const [name, label] of DATA.labels) {
      if (["number", "title", "kind", "industry"].includes(name) || !cell(cells, name)) continue;
      const dd = make("dd");
      values(cells, name).forEach((text, turn) => dd.append(...(turn ? ["\n"] : []), shownAs(name, text)));
      list.append(make("div", {}, make("dt", { text: label }), dd));
    }
    const told = make("p", { class: "told", role: "status" });
    const contact = DATA.labels.filter(([name]) => name.startsWith("contact_") && cell(cells, name))
      .map(([name, label]) => `${label}：${joined(cell(cells, name))}`);
    const doing = make("p", { class: "do" }, make("button", { type: "button", class: "primary",
      click: () => copy([cell(cells, "number"), cell(cells, "title"), ...contact].join("\n"), told) }, icon("copy"), "复制联系方式"));
    if (DATA.contract) doing.append(make("a", { class: "plain", href: DATA.contract, download: true }, icon("download"), "合同参考样例"));
    at("detail").replaceChildren(
      make("button", { type: "button", class: "close", "aria-label": "返回目录", click: () => leave() }, icon("x")),
      make("ul", { class: "tags", "aria-label": "类别" }, ...tags(cells)),
      make("h2", { id: "detail-title", tabindex: "-1", text: cell(cells, "title") || cell(cells, "number") }),
      make("p", { class: "no", text: cell(cells, "number") }),
      list,
      ...(DATA.steps.length ? [make("h3", { text: "怎样取得许可" }), make("ol", { class: "steps" }, ...DATA.steps.map((text) => make("li", { text })))] : []),
      doing, told);
  };
  let came = "";
  const leave = () => {
    const number = wanted.p;
    go({ p: "" });
    const link = [...at("cards").querySelectorAll("a[data-number]")].find((one) => one.dataset.number === number);
    if (link) link.focus();
  };

  // ---------------------------------------------------------------- 全部

  let last = "";
  const show = () => {
    const asked = address({ p: "" }) + [...opened].join();
    if (asked !== last) {
      last = asked;
      const { found: matching, counts } = search();
      found = matching;
      if (wanted.sort) {
        const ranks = order(wanted.sort);
        found.sort((one, other) => ranks[one] - ranks[other]);
      }
      listed = PAGE;
      filters(counts);
      chips();
      at("found").textContent = `列出 ${found.length.toLocaleString("zh-CN")} 件`;
      at("none").hidden = found.length > 0;
      cards();
      if (document.activeElement !== at("q")) at("q").value = wanted.q;
      at("sort").value = wanted.sort;
    }
    const index = wanted.p ? indexOf(wanted.p) : undefined;
    const reading = index !== undefined;
    if (reading && came !== wanted.p) detail(index);
    at("detail").hidden = !reading;
    at("columns").classList.toggle("has-detail", reading);
    document.body.classList.toggle("reading", reading);
    if (reading && came !== wanted.p && innerWidth < 1100) scrollTo(0, 0);
    came = reading ? wanted.p : "";
    mark();
  };
  const clear = () => {
    at("q").value = "";
    go({ q: "", chosen: facets.map(() => new Set()) });
    at("q").focus();
  };
  const step = (by) => {
    const links = [...at("cards").querySelectorAll("a[data-number]")];
    const here = links.indexOf(document.activeElement);
    const next = here < 0 ? (by > 0 ? 0 : -1) : here + by;
    if (next < 0) at("q").focus();
    else if (links[next]) links[next].focus();
    else if (!at("more").hidden) at("more").focus();
  };

  at("search").addEventListener("submit", (event) => { event.preventDefault(); go({ q: at("q").value.trim() }); });
  at("q").addEventListener("input", () => go({ q: at("q").value.trim() }));
  at("sort").addEventListener("change", () => go({ sort: at("sort").value }));
  at("clear").addEventListener("click", () => go({ chosen: facets.map(() => new Set()) }));
  at("clear-none").addEventListener("click", clear);
  at("more").addEventListener("click", () => {
    const first = listed;
    listed += PAGE;
    at("cards").append(...found.slice(first, listed).map(card));
    at("more").hidden = found.length <= listed;
    const link = at("cards").querySelectorAll("a[data-number]")[first];
    if (link) link.focus();
  });
  at("open-filters").addEventListener("click", () => {
    const open = at("filters").classList.toggle("is-open");
    at("open-filters").setAttribute("aria-expanded", String(open));
  });
  at("cards").addEventListener("click", (event) => {
    const link = event.target.closest("a[data-number]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    go({ p: link.dataset.number }, true);
    at("detail-title").focus({ preventScroll: innerWidth >= 1100 });
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const inText = event.target === at("q");
    const inList = inText || event.target === document.body || event.target.closest("#cards, #more, #main, .top");
    if (event.key === "/" && !inText) { event.preventDefault(); at("q").focus(); at("q").select(); }
    else if (event.key === "Escape" && wanted.p) leave();
    else if (event.key === "Escape" && inText && at("q").value) { at("q").value = ""; go({ q: "" }); }
    else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && inList && !event.target.closest("#detail, #filters, select")) {
      event.preventDefault();
      step(event.key === "ArrowDown" ? 1 : -1);
    }
  });
  addEventListener("popstate", follow);
  addEventListener("hashchange", follow);
  addEventListener("beforeprint", () => { listed = Math.max(listed, PRINTED); cards(); });

  for (const id of ["search", "sorting", "filters", "open-filters"]) at(id).hidden = false;
  at("pages").hidden = true;
  if (innerWidth < 720) at("q").placeholder = "水质监测、专利号、权利人";
  at("columns").classList.add("has-filters");
  follow();
  document.documentElement.dataset.ready = "true";
  setTimeout(searched, 200);
})();

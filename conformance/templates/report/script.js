"use strict";
// Filters, folding and copying. The page is whole without it.
(() => {
  const form = document.getElementById("filters");
  const search = document.getElementById("search");
  const count = document.getElementById("count");
  const nothing = document.getElementById("nothing");
  const said = document.getElementById("said");
  const requirements = [...document.querySelectorAll("details.requirement")].map((element) => ({
    element,
    verdict: element.dataset.verdict,
    level: element.dataset.level,
    area: element.closest(".area").dataset.area,
    tasks: element.dataset.tasks.split(" "),
    text: element.textContent.replace(/\s+/g, " ").toLowerCase(),
  }));

  const chosen = (name) => new Set(new FormData(form).getAll(name));

  // The filters live in the address, so that what one sees can be sent to somebody.
  function restore() {
    const asked = new URLSearchParams(location.search);
    for (const name of ["verdict", "level"]) {
      if (!asked.has(name)) continue;
      for (const box of form.querySelectorAll(`input[name="${name}"]`)) {
        box.checked = asked.getAll(name).includes(box.value);
      }
    }
    search.value = asked.get("search") ?? "";
    for (const name of ["area", "task"]) form.elements[name].value = asked.get(name) ?? "";
  }

  function keep() {
    const kept = new URLSearchParams();
    if (search.value) kept.set("search", search.value);
    for (const name of ["verdict", "level"]) {
      const boxes = form.querySelectorAll(`input[name="${name}"]`);
      const values = chosen(name);
      if (values.size < boxes.length) {
        for (const value of values.size ? values : [""]) kept.append(name, value);
      }
    }
    for (const name of ["area", "task"]) {
      if (form.elements[name].value) kept.set(name, form.elements[name].value);
    }
    const query = kept.toString();
    try {
      history.replaceState(null, "", (query ? `?${query}` : location.pathname) + location.hash);
    } catch {
      // A page opened from a file may not be allowed to: the filters work all the same.
    }
  }

  function filter() {
    const verdicts = chosen("verdict");
    const levels = chosen("level");
    const { area, task } = form.elements;
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const one of requirements) {
      const matches =
        verdicts.has(one.verdict) &&
        levels.has(one.level) &&
        (!area.value || one.area === area.value) &&
        (!task.value || one.tasks.includes(task.value)) &&
        words.every((word) => one.text.includes(word));
      one.element.hidden = !matches;
      shown += matches ? 1 : 0;
    }
    for (const section of document.querySelectorAll(".area")) {
      section.hidden = !section.querySelector("details.requirement:not([hidden])");
    }
    nothing.hidden = shown > 0;
    count.textContent = `${shown} of ${requirements.length} requirements shown`;
  }

  function fold(open) {
    for (const { element } of requirements) {
      if (!element.hidden) element.open = open;
    }
  }

  // A link to a requirement must show it, whatever the filters hide.
  function follow() {
    const wanted = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!wanted || !wanted.matches("details.requirement")) return;
    if (wanted.hidden) {
      form.reset();
      filter();
    }
    wanted.open = true;
    wanted.scrollIntoView();
    wanted.querySelector("summary").focus({ preventScroll: true });
  }

  async function copy(button) {
    const code = button.parentElement.querySelector("code");
    let done = true;
    try {
      await navigator.clipboard.writeText(code.textContent);
    } catch {
      // Pages opened from a file have no clipboard in some browsers: select it instead.
      getSelection().selectAllChildren(code);
      done = document.execCommand("copy");
    }
    const text = done ? "Copied" : "Press Ctrl+C";
    const label = button.firstChild;
    label.textContent = text;
    said.textContent = done ? "The curl command is copied." : "The curl command is selected.";
    setTimeout(() => {
      label.textContent = "Copy";
      said.textContent = "";
    }, 2000);
  }

  form.hidden = false;
  const refilter = () => {
    filter();
    keep();
  };
  form.addEventListener("input", refilter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(refilter));
  document.getElementById("open-all").addEventListener("click", () => fold(true));
  document.getElementById("close-all").addEventListener("click", () => fold(false));
  for (const button of document.querySelectorAll("button.copy")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button));
  }
  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest('a[href^="#"]');
    if (link && link.hash === location.hash) setTimeout(follow);
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches && event.target.matches("input, select, textarea");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      search.focus();
    }
  });
  addEventListener("hashchange", follow);
  restore();
  filter();
  follow();
})();

// Suggestions while one types in a search box: a combobox with a list box of links
// (ARIA Authoring Practices, “list autocomplete with manual selection”). Enter without a choice searches.
const WAIT = 150;
const SHORTEST = 2;

function attach(form) {
  const input = form.querySelector("input[type=search]");
  const panel = document.createElement("div");
  panel.className = "suggestions";
  const status = document.createElement("p");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  form.append(panel, status);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  let timer;
  let request;

  const options = () => [...panel.querySelectorAll("[role=option]")];
  const chosen = () => panel.querySelector("[aria-selected=true]");

  function choose(option) {
    chosen()?.setAttribute("aria-selected", "false");
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
  }
  function close() {
    clearTimeout(timer);
    request?.abort();
    choose(null);
    panel.replaceChildren();
    status.textContent = "";
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-controls");
  }
  function show(html) {
    choose(null);
    panel.innerHTML = html;
    const announced = panel.querySelector("[data-announce]");
    status.textContent = announced?.textContent ?? "";
    announced?.remove();
    if (!panel.childElementCount) panel.replaceChildren();
    const list = panel.querySelector("[role=listbox]");
    input.setAttribute("aria-expanded", String(Boolean(list)));
    if (!list) return;
    list.id = `${input.id}-suggestions`;
    options().forEach((option, index) => { option.id = `${list.id}-${index}`; });
    input.setAttribute("aria-controls", list.id);
  }
  async function ask() {
    request?.abort();
    if (input.value.trim().length < SHORTEST) { close(); return; }
    request = new AbortController();
    const address = new URL("suggestions/", form.action);
    address.searchParams.set("q", input.value);
    try {
      const response = await fetch(address, { signal: request.signal });
      if (response.ok) show(await response.text());
    } catch {
      // A newer question took over, or the network is away: the form still works.
    }
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("keydown", (event) => {
    const all = options();
    const at = all.indexOf(chosen());
    if (event.key === "Escape" && all.length) {
      event.preventDefault();
      close();
    } else if (event.key === "Enter" && chosen()) {
      event.preventDefault();
      chosen().click();
    } else if (all.length && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      const first = step > 0 ? 0 : all.length - 1;
      choose(at < 0 ? all[first] : all[at + step]);
    }
  });
  // A press on a suggestion must not take the focus before it is followed.
  panel.addEventListener("pointerdown", (event) => event.preventDefault());
  input.addEventListener("blur", close);
  form.addEventListener("submit", close);
}

for (const form of document.querySelectorAll("form[data-search]")) attach(form);

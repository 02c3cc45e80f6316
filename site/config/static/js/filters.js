// Filters act at once. The address stays shareable, the focus stays where it was, the count is
// announced once, and an arrow key in a list of choices submits nothing until one has settled.
const WAIT = 250;
const SETTLE = 900;
let timer;
let byArrow = false;

const live = document.getElementById("announcer");

function submit(form) {
  clearTimeout(timer);
  htmx.trigger(form, "filters:changed");
}

document.addEventListener("keydown", (event) => {
  byArrow = event.key.startsWith("Arrow") && event.target.matches("select, input[type=radio]");
});
document.addEventListener("pointerdown", () => { byArrow = false; });

document.addEventListener("change", (event) => {
  const form = event.target.closest("[data-filters]");
  if (!form) return;
  clearTimeout(timer);
  if (byArrow) {
    event.target.addEventListener("blur", () => submit(form), { once: true });
    return;
  }
  timer = setTimeout(() => submit(form), event.target.matches("select") ? SETTLE : WAIT);
});

// Which groups were open is the visitor's business: it survives the exchange of the form.
let open = [];
document.addEventListener("htmx:beforeSwap", () => {
  open = [...document.querySelectorAll(".filters details[open]")].map((group) => group.id || "toggle");
});
document.addEventListener("htmx:afterSwap", () => {
  for (const group of document.querySelectorAll(".filters details")) group.open = open.includes(group.id || "toggle");
});
document.addEventListener("htmx:afterSettle", () => {
  const count = document.getElementById("results-count");
  if (live && count) live.textContent = count.textContent;
});

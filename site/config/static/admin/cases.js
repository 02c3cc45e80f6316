// The queue of what waits: one key decides, the lease goes on while the page is open, time runs down.
// Without this file everything works by its buttons.

const page = document.querySelector("[data-case]");
const form = document.querySelector("[data-decide]");
const reason = form?.querySelector("textarea");
const hint = form?.querySelector("[data-hint]");
const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value;

// ---------------------------------------------------------------- time that is left
function count() {
  for (const place of document.querySelectorAll("[data-left]")) {
    const end = (place.end ??= Date.now() + Number(place.dataset.left) * 1000);
    const left = Math.max(0, Math.round((end - Date.now()) / 1000));
    place.hidden = left === 0;
    place.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  }
}

if (document.querySelector("[data-left]")) {
  count();
  setInterval(count, 1000);
}

// ---------------------------------------------------------------- reasons
let filled = null; // the model that stands in the reason, as long as nobody changed it

function fill(text, sentence) {
  reason.value = text;
  filled = text;
  if (hint) hint.textContent = sentence ?? "";
}

function untouched() {
  return reason.value.trim() === "" || reason.value === filled;
}

// A decision that must be explained begins from its model; the second press sends it.
function prepared(button) {
  const model = button.dataset.model ?? "";
  const chosen = form.querySelector(".decide__choice--chosen");
  if (!("needsReason" in button.dataset)) {
    if (filled !== null && reason.value === filled && chosen !== button) reason.value = "";
    return true;
  }
  if (chosen === button && reason.value.trim() !== "") return true;
  if (!untouched()) return true;
  chosen?.classList.remove("decide__choice--chosen");
  button.classList.add("decide__choice--chosen");
  fill(model, form.dataset.again);
  return false;
}

form?.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button?.name === "model") {
    event.preventDefault();
    form.querySelector(".decide__choice--chosen")?.classList.remove("decide__choice--chosen");
    button.closest("li").querySelector(".decide__choice").classList.add("decide__choice--chosen");
    fill(button.dataset.text, form.dataset.again);
    reason.focus();
  } else if (button?.name === "choice" && !prepared(button)) {
    event.preventDefault();
    // By mouse or Enter: to the words. By letter: the button keeps the focus, the letter sends.
    if (event.detail > 0) reason.focus();
  }
});

// ---------------------------------------------------------------- keys
const KEPT = "cases.keys";
const choice = page?.querySelector("[data-keys-on]");

function on() {
  return localStorage.getItem(KEPT) !== "off";
}

function typing(target) {
  return target.closest?.("input:not([type=checkbox]), textarea, select, [contenteditable], dialog") !== null;
}

if (choice) {
  page.querySelector("[data-keys]").hidden = false;
  choice.checked = on();
  page.classList.toggle("case--silent", !on());
  choice.addEventListener("change", () => {
    localStorage.setItem(KEPT, choice.checked ? "on" : "off");
    page.classList.toggle("case--silent", !choice.checked);
  });
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target === reason) {
    form.querySelector(".decide__choice--chosen")?.click();
    return;
  }
  if (!page || !on() || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (event.defaultPrevented || typing(event.target)) return;
  const key = event.key.toLowerCase();
  const move = { j: "[rel=next]", k: "[rel=prev]" }[key];
  if (move) {
    page.querySelector(move)?.click();
    return;
  }
  const button = [...(form?.querySelectorAll("[data-key]") ?? [])].find((each) => each.dataset.key === key);
  if (button) {
    event.preventDefault();
    button.focus();
    button.click();
  }
});

// ---------------------------------------------------------------- whose it is
const EVERY = 4 * 60 * 1000;
let leaving = true;
let heldUntil = page?.dataset.heldUntil ?? "";

async function renew() {
  if (document.visibilityState !== "visible") return;
  const answer = await fetch(page.dataset.renew, {
    method: "POST",
    headers: { "X-CSRFToken": token, Accept: "application/json" },
  }).catch(() => null);
  if (answer?.ok) {
    heldUntil = (await answer.json()).held_until;
  } else if (answer?.status === 409) {
    const lost = page.querySelector("[data-lost]");
    lost.querySelector("[data-lost-why]").textContent = (await answer.json()).message;
    lost.hidden = false;
    clearInterval(beat);
  }
}

let beat;
if (page?.dataset.renew) {
  beat = setInterval(renew, EVERY);
  document.addEventListener("visibilitychange", renew);
  document.addEventListener("submit", () => {
    leaving = false;
  });
  addEventListener("pagehide", () => {
    if (!leaving) return;
    const said = new FormData();
    said.set("csrfmiddlewaretoken", token);
    said.set("leaving", "1");
    said.set("held_until", heldUntil);
    navigator.sendBeacon(page.dataset.release, said);
  });
  // Shown again from the browser's memory: it was left meanwhile.
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) location.reload();
  });
}

document.querySelector("[data-focus]")?.focus();

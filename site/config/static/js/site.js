// Small things that make every page handier; each works without.
document.documentElement.classList.add("js");

// The phone menu closes with Escape, and when one leaves it.
const menu = document.querySelector("[data-menu]");
if (menu) {
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.open) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  document.addEventListener("focusin", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
}

// “Copy the address” only shows where the browser can do it.
for (const share of document.querySelectorAll("[data-share]")) {
  const button = share.querySelector("[data-copy]");
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.querySelector("link[rel=canonical]")?.href ?? location.href);
    share.querySelector("[role=status]").textContent = share.dataset.copied;
  });
}

// Colours are chosen without leaving the page.
for (const button of document.querySelectorAll(".appearance button")) {
  button.addEventListener("click", (event) => {
    event.preventDefault();
    const form = new FormData(button.form);
    form.set("appearance", button.value);
    document.documentElement.dataset.appearance = button.value;
    for (const other of button.form.querySelectorAll("button")) other.ariaPressed = String(other === button);
    fetch(button.form.action, { method: "POST", body: new URLSearchParams(form), redirect: "manual" });
  });
}

// An error summary is read first.
document.getElementById("errors")?.focus();

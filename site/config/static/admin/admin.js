// Addresses: `l’œuvre` becomes `l-oeuvre`, not `luvre`. Wagtail makes the slug from the title by
// itself; both of its events carry the title, and are heard here first.
const LIGATURES = { œ: "oe", Œ: "Oe", æ: "ae", Æ: "Ae" };

function apart(event) {
  if (typeof event.detail?.value === "string") {
    event.detail.value = event.detail.value
      .replace(/['’ʼ]/g, " ")
      .replace(/[œŒæÆ]/g, (letter) => LIGATURES[letter]);
  }
}

document.addEventListener("w-sync:check", apart, true);
document.addEventListener("w-sync:apply", apart, true);

// Films are weighed before they leave: nobody waits ten minutes for a refusal.
document.addEventListener("change", ({ target }) => {
  const limit = Number(target.dataset?.maxSize);
  if (!limit) return;
  const heavy = [...target.files].some((file) => file.size > limit);
  const warning = target.closest("[data-field-input]")?.querySelector(".too-heavy");
  if (warning) warning.hidden = !heavy;
  if (heavy) target.value = "";
});

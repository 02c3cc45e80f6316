// What Wagtail's content checker cannot look for by itself. Loaded with the user bar, so only for those who edit.
const bar = document.querySelector("wagtail-userbar");

const words = (element) => (element.getAttribute("aria-label") || element.textContent).replace(/\s+/g, " ").trim();

if (bar) {
  // Wagtail's own passes when the element is missing.
  bar.registerCheck("check-empty-meta-description", () => {
    const description = document.querySelector('meta[name="description"]');
    return Boolean(description && description.content.trim());
  });
  bar.registerCheck("check-title-length", (title, { most }) => words(title).length <= most);
  bar.registerCheck("check-vague-link", (link, { vague }) => !vague.includes(words(link).toLowerCase().replace(/[.…]+$/, "")));
}

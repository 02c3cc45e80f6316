// Words are sent without leaving the page; it all works without.
// The section is exchanged whole: what is said of it is announced from outside it.
const announcer = document.createElement("p");
announcer.className = "visually-hidden";
announcer.setAttribute("role", "status");
document.body.append(announcer);

function load(address) {
  // Our pages allow neither inline style nor evaluated script.
  const settings = { includeIndicatorStyles: false, allowEval: false, historyCacheSize: 0 };
  if (!document.querySelector("meta[name=htmx-config]")) {
    const meta = document.createElement("meta");
    meta.name = "htmx-config";
    meta.content = JSON.stringify(settings);
    document.head.append(meta);
  }
  const script = document.createElement("script");
  script.src = address;
  // Once the page is parsed and before it is complete, htmx would wait for an event that is over.
  script.addEventListener("load", () => {
    Object.assign(htmx.config, settings);
    htmx.process(document.body);
  });
  document.head.append(script);
}

const section = document.querySelector("[data-exchanges]");
if (section && !window.htmx && !document.querySelector("script[src*=htmx]")) load(section.dataset.htmx);

// How much room is left is said while it still matters.
document.addEventListener("input", (event) => {
  const most = Number(event.target.dataset?.most);
  if (!most) return;
  const left = most - event.target.value.length;
  let note = event.target.parentElement.querySelector(".echanges-left");
  if (!note) {
    note = document.createElement("p");
    note.className = "echanges-left";
    note.setAttribute("role", "status");
    event.target.after(note);
  }
  const words = left < 300 ? `${left} / ${most}` : "";
  if (note.textContent !== words) note.textContent = words;
});

document.addEventListener("htmx:afterSettle", (event) => {
  const place = event.detail.elt;
  if (place.id?.startsWith("repondre-")) place.querySelector("textarea")?.focus();
  if (place.id !== "echanges") return;
  const errors = place.querySelector("#errors");
  const said = place.querySelector("[data-said]");
  if (errors) errors.focus();
  if (!said) return;
  announcer.textContent = said.textContent.trim();
  const sent = document.getElementById(`echange-${said.dataset.sent}`);
  sent?.focus({ preventScroll: true });
  sent?.scrollIntoView({ block: "nearest" });
});

// A form that was opened under a comment closes, and one is back where one was.
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-close]");
  const place = link?.closest("[id^=repondre-]");
  if (!place) return;
  event.preventDefault();
  place.replaceChildren();
  place.previousElementSibling?.querySelector(".comment-answer")?.focus();
});

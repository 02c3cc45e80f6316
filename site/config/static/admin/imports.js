// An import that goes on: its figures are asked for again until it has ended.
// Without this file the page says how to look again.

const EVERY = 2000;

async function look() {
  const shown = document.querySelector("[data-run]");
  if (!shown?.hasAttribute("data-going")) return;
  try {
    const answer = await fetch(location.href, { credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-run]");
    if (fresh) shown.replaceWith(document.adoptNode(fresh));
  } catch {
    // The network is away: the next time may do.
  }
  setTimeout(look, EVERY);
}

setTimeout(look, EVERY);

// The page of a hand that a browser keeps: its cards are drawn by the server from their keys, its notes and its
// words never leave the browser.
const { read, say, write } = window.atoutageHand;

const page = document.querySelector("[data-local-hand]");
const list = page?.querySelector("[data-cards]");
const words = page?.dataset ?? {};
const header = document.getElementById("header-hand");
const keysOf = (hand) => hand.cards.map((card) => card.key);
let drawn = "";
let removed = null;

function address(path, hand) {
  return `${path}?c=${keysOf(hand).join(".")}`;
}

async function draw() {
  const hand = read();
  const wanted = keysOf(hand).join(".");
  page.querySelector("[data-empty]").hidden = hand.cards.length > 0;
  page.querySelector("[data-full]").hidden = hand.cards.length === 0;
  for (const link of page.querySelectorAll("[data-with-keys]")) {
    link.href = address(link.dataset.withKeys, hand);
  }
  if (wanted === drawn) return;
  if (hand.cards.length) {
    try {
      const answer = await fetch(address(header.dataset.draw, hand), { headers: { "X-Requested-With": "fetch" } });
      if (!answer.ok) throw new Error(String(answer.status));
      const html = await answer.text();
      const focused = document.activeElement?.id;
      list.innerHTML = html;
      drawn = wanted;
      if (focused) document.getElementById(focused)?.focus();
    } catch {
      say(words.failed);
      return;
    }
  } else {
    list.replaceChildren();
    drawn = "";
  }
  for (const card of hand.cards) {
    const note = document.getElementById(`note-${card.key}`);
    if (note) note.value = card.note ?? "";
  }
}

function change(what) {
  const hand = read();
  what(hand);
  write(hand);
}

function move(key, step) {
  change((hand) => {
    const here = hand.cards.findIndex((card) => card.key === key);
    const there = here + step;
    if (here < 0 || there < 0 || there >= hand.cards.length) return;
    hand.cards.splice(there, 0, hand.cards.splice(here, 1)[0]);
  });
}

function putBack(key) {
  change((hand) => {
    const place = hand.cards.findIndex((card) => card.key === key);
    if (place < 0) return;
    removed = { place, card: hand.cards.splice(place, 1)[0] };
  });
  const undo = page.querySelector("[data-undo]");
  undo.hidden = false;
  undo.querySelector("button").focus();
}

if (page) {
  const title = document.getElementById("hand-title");
  const intro = document.getElementById("hand-words");
  page.querySelector("[data-needs-script]").remove();
  title.value = read().title ?? "";
  intro.value = read().words ?? "";
  title.addEventListener("input", () => change((hand) => { hand.title = title.value; }));
  intro.addEventListener("input", () => change((hand) => { hand.words = intro.value; }));

  list.addEventListener("click", (event) => {
    const one = event.target.closest("button[data-verb]");
    if (!one) return;
    const key = one.closest("[data-card]").dataset.card;
    if (one.dataset.verb === "remettre") putBack(key);
    else move(key, one.dataset.verb === "monter" ? -1 : 1);
  });
  list.addEventListener("input", (event) => {
    const key = event.target.closest("[data-card]")?.dataset.card;
    if (!key || event.target.tagName !== "TEXTAREA") return;
    change((hand) => {
      const card = hand.cards.find((one) => one.key === key);
      if (card) card.note = event.target.value;
    });
  });
  page.querySelector("[data-undo] button").addEventListener("click", () => {
    if (removed) change((hand) => hand.cards.splice(removed.place, 0, removed.card));
    const key = removed?.card.key;
    removed = null;
    page.querySelector("[data-undo]").hidden = true;
    draw().then(() => document.querySelector(`[data-card="${key}"] a`)?.focus());
  });
  page.querySelector("[data-copy-address]")?.addEventListener("click", async () => {
    const link = page.querySelector("[data-shared-address]");
    try {
      await navigator.clipboard.writeText(link.href);
      say(words.copied);
    } catch { link.focus(); }
  });
  document.addEventListener("hand:changed", draw);
  draw();
}

// A dossier of what a browser keeps: its words are put in here, before it is printed.
const dossier = document.querySelector("[data-local-dossier]");
if (dossier) {
  const hand = read();
  const put = (id, text) => {
    const place = document.getElementById(id);
    if (place && text) { place.textContent = text; place.hidden = false; }
  };
  put("dossier-title", hand.title);
  put("dossier-words", hand.words);
  for (const card of hand.cards) put(`dossier-note-${card.key}`, card.note);
}
for (const one of document.querySelectorAll("[data-print]")) {
  one.hidden = false;
  one.addEventListener("click", () => window.print());
}

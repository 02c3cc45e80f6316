// “Keep”: practices and tools in one's hand. Without an account the keys stay in this browser; with one they
// are rows of the space. Every button works without this script, as a link or a form.
const header = document.getElementById("header-hand");
const status = document.getElementById("hand-status");
const NAME = "atoutage.hand";
const MOST = 60;
const words = header?.dataset ?? {};

// ---- the hand of a browser; where storage is refused, that of the page one is on
let memory = null;
const EMPTY = { cards: [], title: "", words: "" };

function read() {
  try {
    const told = JSON.parse(localStorage.getItem(NAME) ?? "null");
    const cards = Array.isArray(told?.cards) ? told.cards.filter((card) => /^[pt][0-9a-f]{32}$/.test(card?.key)) : [];
    return { ...EMPTY, ...told, cards: cards.slice(0, MOST) };
  } catch {
    return memory ?? { ...EMPTY, cards: [] };
  }
}

function write(hand) {
  memory = hand;
  try {
    if (hand.cards.length || hand.title || hand.words) localStorage.setItem(NAME, JSON.stringify(hand));
    else localStorage.removeItem(NAME);
  } catch { /* private windows may refuse: the hand lasts as long as the page */ }
  show();
}

function say(text) {
  if (!status) return;
  status.textContent = "";
  requestAnimationFrame(() => { status.textContent = text; });
}

// ---- the hand of an account
let state = null;

async function ask() {
  if (!words.account) return;
  try {
    const answer = await fetch(words.account, { headers: { Accept: "application/json" } });
    const told = await answer.json();
    state = told.account ? { keys: told.keys, token: told.token } : null;
  } catch { state = null; }
  show();
}

async function post(address, fields) {
  const answer = await fetch(address, {
    method: "POST",
    headers: { "X-CSRFToken": state.token, Accept: "application/json" },
    body: new URLSearchParams(fields),
  });
  const told = await answer.json();
  if (!answer.ok) throw new Error(told.refused ?? words.failed);
  return told;
}

// ---- buttons and the count
function keys() {
  return state ? state.keys : read().cards.map((card) => card.key);
}

function button(link) {
  if (link.tagName === "BUTTON") return link;
  const made = document.createElement("button");
  made.type = "button";
  made.className = link.className;
  Object.assign(made.dataset, link.dataset);
  made.append(...link.childNodes);
  link.replaceWith(made);
  return made;
}

function show() {
  if (!header) return;
  const kept = keys();
  const count = header.querySelector("[data-hand-count]");
  count.textContent = kept.length;
  count.hidden = kept.length === 0;
  header.classList.toggle("is-empty", kept.length === 0);
  for (const link of document.querySelectorAll("[data-keep]")) {
    if (link === header) continue;
    const one = button(link);
    const isKept = kept.includes(one.dataset.keep);
    one.ariaPressed = String(isKept);
    const word = one.querySelector("[data-keep-word]");
    if (word) word.textContent = isKept ? words.keptWord : words.keepWord;
  }
  document.dispatchEvent(new CustomEvent("hand:changed"));
}

async function toggle(one) {
  const key = one.dataset.keep;
  const isKept = keys().includes(key);
  try {
    if (state) {
      state.keys = (await post(words.post, { carte: key, verbe: isKept ? "remettre" : "garder" })).keys;
      show();
    } else {
      const hand = read();
      if (!isKept && hand.cards.length >= MOST) throw new Error(words.full);
      hand.cards = isKept ? hand.cards.filter((card) => card.key !== key) : [...hand.cards, { key, note: "" }];
      write(hand);
    }
    say(isKept ? words.back : words.kept);
  } catch (error) {
    say(error.message || words.failed);
  }
}

document.addEventListener("click", (event) => {
  const one = event.target.closest("button[data-keep]");
  if (!one || (words.account && !state && one.form)) return;
  event.preventDefault();
  toggle(one);
});

// ---- what the browser kept before signing in is offered to the account
function offer() {
  const template = document.getElementById("hand-offer");
  if (!state || !template || read().cards.length === 0 || document.querySelector(".hand-offer")) return;
  document.querySelector("main").before(template.content.cloneNode(true));
  const box = document.querySelector(".hand-offer");
  box.querySelector("[data-take]").addEventListener("click", async () => {
    try {
      state.keys = (await post(words.merge, { hand: JSON.stringify(read()) })).keys;
      write({ ...EMPTY, cards: [] });
      box.remove();
      say(words.kept);
      if (document.querySelector("[data-own-hand]")) location.reload();
      else document.getElementById("content").focus({ preventScroll: true });
    } catch (error) { say(error.message || words.failed); }
  });
  box.querySelector("[data-forget]").addEventListener("click", () => {
    write({ ...EMPTY, cards: [] });
    box.remove();
    document.getElementById("content").focus({ preventScroll: true });
  });
}

// The page of the hand works on it too (hand_page.js, a script of its own: names of files are hashed).
window.atoutageHand = { read, write, say };

// Another tab changed it; one comes back to this one; a list was exchanged.
addEventListener("storage", (event) => { if (event.key === NAME || event.key === null) show(); });
addEventListener("pageshow", (event) => { if (event.persisted) words.account ? ask() : show(); });
document.addEventListener("visibilitychange", () => { if (!document.hidden && words.account) ask(); });
document.addEventListener("htmx:afterSwap", show);
show();
ask().then(offer);

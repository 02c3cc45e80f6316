// Words are saved as they are typed: on this device at once, on the site a moment later. Nothing typed is lost
// when the network drops, the page is closed or the session ends. Each page works without this script.

document.querySelector(".tell-steps [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
const form = document.getElementById("tell");
const status = document.querySelector("[data-status]");
const KEEP = "atoutage:tell:";
const DELAY = 1200;
const AGAIN = 15_000;
const OLD = 90 * 24 * 3600 * 1000;
const SKIPPED = new Set(["csrfmiddlewaretoken", "version", "digest", "origin", "then"]);

const say = (text, link) => {
  status.textContent = text;
  if (!link) return;
  const anchor = document.createElement("a");
  anchor.href = link.href;
  anchor.textContent = link.text;
  status.append(" ", anchor);
};

// ------------------------------------------------------------------ what is kept on this device
const storage = (() => {
  try {
    localStorage.setItem(KEEP, "1");
    localStorage.removeItem(KEEP);
    return localStorage;
  } catch {
    return null;
  }
})();
const remember = (key, value) => {
  try {
    storage?.setItem(KEEP + key, JSON.stringify(value));
    return Boolean(storage);
  } catch {
    return false;
  }
};
const forget = (key) => storage?.removeItem(KEEP + key);
const recall = (key) => {
  try {
    return JSON.parse(storage?.getItem(KEEP + key) ?? "null");
  } catch {
    return null;
  }
};

const fieldsOf = () => [...new FormData(form)].filter(([name, value]) => !SKIPPED.has(name) && typeof value === "string");
const words = () => JSON.stringify(fieldsOf());
const token = () => document.cookie.match(/(?:^|; )(?:__Host-)?csrf=([^;]+)/)?.[1] ?? form.elements.csrfmiddlewaretoken.value;

// ------------------------------------------------------------------ saving
class Saver {
  constructor() {
    this.key = form.dataset.tell;
    this.seen = { version: form.elements.version.value, digest: form.elements.digest.value, origin: form.elements.origin.value };
    this.saved = words();
    this.timer = 0;
    this.running = null;
    this.stopped = false;
    this.safe = true;
  }

  get dirty() {
    return words() !== this.saved;
  }

  changed() {
    this.safe = remember(this.key, { fields: fieldsOf(), seen: this.seen, url: form.action, at: Date.now() });
    if (this.stopped) return;
    say(navigator.onLine ? form.dataset.unsaved : form.dataset.offline);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), DELAY);
  }

  // One save at a time; true when what is typed is on the site.
  async save(keepalive = false) {
    clearTimeout(this.timer);
    if (this.running) await this.running;
    if (!this.dirty) return true;
    if (this.stopped) return false;
    this.running = this.send(keepalive);
    try {
      return await this.running;
    } finally {
      this.running = null;
    }
  }

  async send(keepalive) {
    const now = words();
    const body = new URLSearchParams(JSON.parse(now));
    for (const [name, value] of Object.entries(this.seen)) body.set(name, value);
    if (!keepalive) say(form.dataset.saving);
    let answer;
    try {
      answer = await post(form.action, body, keepalive);
    } catch {
      say(form.dataset.offline);
      this.timer = setTimeout(() => this.save(), AGAIN);
      return false;
    }
    if (answer.ok) return this.done(now, await answer.json());
    return this.refused(answer);
  }

  done(now, told) {
    this.saved = now;
    this.seen.version = form.elements.version.value = String(told.version);
    this.seen.digest = form.elements.digest.value = told.digest;
    for (const [name, value] of Object.entries(told.filled)) {
      const control = form.elements[name];
      if (control && !control.value) control.value = value;
    }
    if (this.dirty && JSON.stringify(told.filled) === "{}") {
      this.changed();
      return false;
    }
    this.saved = words();
    forget(this.key);
    say(told.message);
    return true;
  }

  async refused(answer) {
    const told = await answer.json().catch(() => ({}));
    if (answer.status === 409) {
      this.stopped = true;
      say(told.message, { href: "#tell-choose", text: form.dataset.choose });
      status.querySelector("a").addEventListener("click", (event) => {
        event.preventDefault();
        form.requestSubmit(form.ownerDocument.querySelector("[form=tell][value=next]"));
      });
    } else if (answer.status === 401 || answer.status === 403) {
      say(told.message ?? form.dataset.lost, { href: told.login ?? location.href, text: form.dataset.signIn });
      this.timer = setTimeout(() => this.save(), AGAIN);
    } else if (answer.status === 410) {
      this.stopped = true;
      say(told.message);
    } else {
      say(form.dataset.lost);
      this.timer = setTimeout(() => this.save(), AGAIN);
    }
    return false;
  }
}

const post = (url, body, keepalive = false) =>
  fetch(url, {
    method: "POST",
    body,
    keepalive,
    redirect: "error",
    headers: { Accept: "application/json", "X-CSRFToken": token() },
  });

// Words that this device kept when the page was last left: put back, then saved.
const putBack = (saver) => {
  const kept = recall(saver.key);
  if (!kept || JSON.stringify(kept.fields) === saver.saved) return forget(saver.key);
  const names = new Set(fieldsOf().map(([name]) => name));
  for (const control of form.querySelectorAll("input[type=checkbox]")) {
    control.checked = kept.fields.some(([name]) => name === control.name);
  }
  for (const [name, value] of kept.fields) {
    while (!names.has(name) && !form.elements[name] && addRow(name.split("-")[0]));
    const control = form.elements[name];
    if (control && control.type !== "checkbox" && control.type !== "radio" && control.type !== "hidden") control.value = value;
  }
  saver.seen = { ...kept.seen };
  for (const [name, value] of Object.entries(kept.seen)) form.elements[name].value = value;
  recount();
  say(form.dataset.back);
  saver.changed();
  saver.save();
};

// Words of other steps that could not be sent then; those that were changed elsewhere wait for their own page.
const sendOthers = async (saver) => {
  if (!storage) return;
  for (const name of Object.keys(storage).filter((one) => one.startsWith(KEEP) && one !== KEEP + saver.key)) {
    const key = name.slice(KEEP.length);
    const kept = recall(key);
    if (!kept || Date.now() - kept.at > OLD) {
      forget(key);
      continue;
    }
    const body = new URLSearchParams(kept.fields);
    for (const [field, value] of Object.entries(kept.seen)) body.set(field, value);
    const answer = await post(kept.url, body).catch(() => null);
    if (answer?.ok) {
      forget(key);
      say(form.dataset.elsewhere);
    } else if (answer?.status === 404 || answer?.status === 410) {
      forget(key);
    }
  }
};

// ------------------------------------------------------------------ counting words
const WORD = /[\p{L}\p{N}]+(?:['’\-‑][\p{L}\p{N}]+)*/gu;
const recountOne = (box) => {
  const count = document.getElementById(box.dataset.count).value.match(WORD)?.length ?? 0;
  const { least, most } = box.dataset;
  const level = !count ? "none" : count < Math.floor(least / 2) ? "few" : count < +least ? "some" : count <= +most ? "good" : "many";
  box.querySelector("[data-number]").textContent = count;
  box.querySelector("meter").value = count;
  const sentence = box.querySelector("[data-sentence]");
  if (sentence.textContent !== box.dataset[level]) sentence.textContent = box.dataset[level];
};
const recount = () => document.querySelectorAll("[data-count]").forEach(recountOne);

// ------------------------------------------------------------------ rows
const addRow = (key) => {
  const group = document.querySelector(`[data-rows="${CSS.escape(key)}"]`);
  const lines = group?.querySelectorAll("[data-row]") ?? [];
  if (!lines.length || lines.length >= +group.dataset.mostRows) return null;
  const last = lines[lines.length - 1];
  const row = last.cloneNode(true);
  const from = `${key}-${lines.length - 1}-`;
  const to = `${key}-${lines.length}-`;
  for (const part of row.querySelectorAll("*")) {
    for (const name of ["id", "for", "name", "aria-describedby"]) {
      if (part.hasAttribute(name)) part.setAttribute(name, part.getAttribute(name).replaceAll(from, to));
    }
    if ("value" in part && part.matches("input, textarea")) part.value = "";
    if (part.matches("input")) part.removeAttribute("value");
    if (part.matches("textarea")) part.textContent = "";
  }
  row.querySelector(".tell-number").textContent = lines.length + 1;
  row.setAttribute("aria-label", last.getAttribute("aria-label").replace(/\d+$/, lines.length + 1));
  last.after(row);
  if (lines.length + 1 >= +group.dataset.mostRows) group.querySelector("[value^='add:']")?.parentElement.remove();
  return row;
};

// ------------------------------------------------------------------ files
const files = document.querySelector("[data-files]");
const upload = (sent) => {
  const request = new XMLHttpRequest();
  const bar = sent.querySelector("progress");
  const refused = sent.querySelector("[data-refused]");
  const button = sent.querySelector("button");
  const fail = (message) => {
    refused.textContent = message;
    refused.hidden = false;
    button.disabled = false;
    bar.hidden = true;
  };
  if (!navigator.onLine) return fail(sent.dataset.offline);
  refused.hidden = true;
  button.disabled = true;
  bar.hidden = false;
  say(sent.dataset.sending);
  request.upload.addEventListener("progress", (event) => { bar.value = (100 * event.loaded) / event.total; });
  request.addEventListener("error", () => fail(sent.dataset.offline));
  request.addEventListener("load", () => {
    let told = {};
    try { told = JSON.parse(request.responseText); } catch { /* not ours: say that it failed */ }
    if (request.status === 200) showFiles(told);
    else fail(told.message ?? form.dataset.lost);
  });
  request.open("POST", sent.action);
  request.setRequestHeader("Accept", "application/json");
  request.setRequestHeader("X-CSRFToken", token());
  request.send(new FormData(sent));
};
const showFiles = (told) => {
  files.innerHTML = told.html;
  say(told.message);
  (files.querySelector(`#file-${told.role}`) ?? files.querySelector("h2"))?.focus();
};
files?.addEventListener("submit", async (event) => {
  const sent = event.target;
  event.preventDefault();
  if ("upload" in sent.dataset) return upload(sent);
  const body = new URLSearchParams(new FormData(sent, event.submitter));
  const action = event.submitter?.value;
  const id = sent.closest("[id]")?.id;
  const answer = await post(sent.action, body).catch(() => null);
  if (!answer) return say(form.dataset.offline);
  const told = await answer.json().catch(() => ({}));
  if (told.html) {
    showFiles(told);
    (document.querySelector(`#${CSS.escape(id)} button[value=${action}]`) ?? files.querySelector("[type=file]"))?.focus();
  } else say(told.message ?? form.dataset.lost);
});

// ------------------------------------------------------------------ together
if (form) {
  const saver = new Saver();
  let leaving = false;
  const chooses = Boolean(form.querySelector(".tell-clash"));
  if (!chooses) putBack(saver);
  if (navigator.onLine) sendOthers(saver);
  recount();

  form.addEventListener("input", (event) => {
    const box = document.querySelector(`[data-count="${CSS.escape(event.target.id)}"]`);
    if (box) recountOne(box);
    if (!chooses) saver.changed();
  });
  form.addEventListener("submit", async (event) => {
    const button = event.submitter;
    if (button?.value.startsWith("add:")) {
      event.preventDefault();
      addRow(button.value.slice(4))?.querySelector("input, textarea").focus();
      return;
    }
    if (leaving) return;
    if (!navigator.onLine) {
      event.preventDefault();
      return say(form.dataset.wait);
    }
    if (saver.stopped || chooses) {
      forget(saver.key);
      leaving = true;
      return;
    }
    if (!saver.dirty) {
      leaving = true;
      return;
    }
    event.preventDefault();
    if (!(await saver.save()) && saver.dirty && !saver.stopped) return;
    leaving = true;
    forget(saver.key);
    form.requestSubmit(button);
  });
  addEventListener("online", () => { saver.save(); sendOthers(saver); });
  addEventListener("offline", () => say(form.dataset.offline));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && saver.dirty && navigator.onLine && !leaving) saver.save(words().length < 60_000);
  });
  addEventListener("beforeunload", (event) => {
    if (saver.dirty && !saver.safe && !leaving) event.preventDefault();
  });
}

// An answer is sent without leaving the page: it is announced, and one goes on typing where one was.
document.addEventListener("htmx:afterSettle", () => {
  const errors = document.getElementById("errors");
  const sent = document.querySelector("[data-sent]");
  if (errors) errors.focus();
  if (!sent) return;
  document.getElementById("announcer").textContent = sent.textContent.trim();
  (document.getElementById("id_text") ?? sent).focus({ preventScroll: true });
  document.querySelector(".messages > li:last-child .message")?.scrollIntoView({ block: "nearest" });
});

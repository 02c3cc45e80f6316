// Handier sign-in pages; each works without, save passkeys, which only a script can ask for.

// A password typed once can be read again.
for (const button of document.querySelectorAll("[data-show-password]")) {
  const input = button.parentElement.querySelector("input");
  const word = button.querySelector("span");
  button.hidden = false;
  button.addEventListener("click", () => {
    const shown = input.type === "text";
    input.type = shown ? "password" : "text";
    word.textContent = shown ? button.dataset.show : button.dataset.hide;
    input.focus();
  });
  // Password managers and browsers want it hidden when it leaves.
  input.form.addEventListener("submit", () => { input.type = "password"; });
}

// Passkeys are offered where the browser knows them.
if (window.PublicKeyCredential) {
  for (const part of document.querySelectorAll("[data-passkey]")) part.hidden = false;
}

// Closing the window of the device is not a fault: say what to do.
document.addEventListener("allauth.error", (event) => {
  const said = document.querySelector("[data-passkey-error]");
  if (!said) return;
  event.preventDefault();
  said.hidden = false;
  said.focus();
});

// Recovery codes are best kept on paper.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

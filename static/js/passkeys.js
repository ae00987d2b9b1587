// Asks the browser for a passkey and sends what it says with the form. All words come from data- attributes.
(() => {
  "use strict";
  // A passkey belongs to a site by its name; an address that is a number has none.
  const isNumber = /^[\d.]+$|:/.test(location.hostname);
  if (isNumber || !window.PublicKeyCredential || !navigator.credentials) return;

  // The server writes bytes as base64url; not every browser can turn that around by itself.
  const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
  const keys = (list) => (list || []).map((key) => ({ ...key, id: bytes(key.id) }));

  const asked = ({ publicKey }) => {
    const options = { ...publicKey, challenge: bytes(publicKey.challenge) };
    if (publicKey.user) {
      options.user = { ...publicKey.user, id: bytes(publicKey.user.id) };
      options.excludeCredentials = keys(publicKey.excludeCredentials);
    } else {
      options.allowCredentials = keys(publicKey.allowCredentials);
    }
    return { publicKey: options };
  };

  const answered = (credential) => {
    const response = {};
    ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"].forEach((name) => {
      if (credential.response[name]) response[name] = text(credential.response[name]);
    });
    return { id: credential.id, rawId: text(credential.rawId), type: credential.type, response };
  };

  const ask = async (button) => {
    const form = button.form;
    const token = new URLSearchParams({ csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value });
    const question = await fetch(button.dataset.question, { method: "POST", body: token });
    if (question.redirected) { location.reload(); return; }
    if (!question.ok) throw new Error(question.status);
    const options = asked(await question.json());
    const credential = await navigator.credentials[button.dataset.passkey](options);
    form.elements.credential.value = JSON.stringify(answered(credential));
    form.submit();
  };

  document.querySelectorAll("[data-passkey]").forEach((button) => {
    const said = button.form.querySelector("[data-passkey-said]");
    button.hidden = false;
    button.addEventListener("click", async () => {
      said.textContent = "";
      button.disabled = true;
      try {
        await ask(button);
      } catch (error) {
        said.textContent = error instanceof DOMException ? button.dataset.stopped : button.dataset.failed;
      }
      button.disabled = false;
    });
  });
  document.querySelectorAll("[data-no-passkey]").forEach((words) => { words.hidden = true; });
  document.querySelectorAll("[data-with-passkey]").forEach((part) => { part.hidden = false; });
})();

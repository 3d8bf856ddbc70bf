// Passkeys: asks the browser for one where a form says so, and sends its answer. Without JavaScript these forms stay
// hidden, and the password with a code does the same.
"use strict";

const toBytes = (text) => {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
};

const toText = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

const named = (credential) => ({ ...credential, id: toBytes(credential.id) });

/** What the browser wants to be asked, from what the server sent: the same with its bytes as bytes. */
const asked = (options) => {
  const key = { ...options.publicKey, challenge: toBytes(options.publicKey.challenge) };
  if (key.user) key.user = { ...key.user, id: toBytes(key.user.id) };
  if (key.allowCredentials) key.allowCredentials = key.allowCredentials.map(named);
  if (key.excludeCredentials) key.excludeCredentials = key.excludeCredentials.map(named);
  return { publicKey: key };
};

/** The passkey's answer as the server reads it: the same with its bytes as text. */
const answered = (credential) => {
  const response = {};
  for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[part]) response[part] = toText(credential.response[part]);
  }
  if (credential.response.getTransports) response.transports = credential.response.getTransports();
  return {
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  };
};

/** The question: it stands in the page, or is asked of the server when it is wanted. */
const question = async (form) => {
  const kept = form.querySelector("#passkey-options");
  if (kept) return JSON.parse(kept.textContent);
  const sent = await fetch(form.action, {
    method: "POST",
    headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
    body: new URLSearchParams(),
  });
  if (!sent.ok) throw new Error(`the server answered ${sent.status}`);
  return sent.json();
};

const prove = async (form) => {
  const options = asked(await question(form));
  const container = navigator.credentials;
  const found = form.dataset.passkey === "create" ? await container.create(options) : await container.get(options);
  form.elements.credential.value = JSON.stringify(answered(found));
  HTMLFormElement.prototype.submit.call(form); // a button of the form may be called "submit"
};

if (window.PublicKeyCredential) {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const failed = form.querySelector("[data-passkey-failed]");
      failed.hidden = true;
      prove(form).catch(() => {
        failed.hidden = false;
      });
    });
  }
}

// Progressive enhancement only: every page works without this file.

import { Button, Checkboxes, ErrorSummary, NotificationBanner, Radios, ServiceNavigation, SkipLink, createAll } from "govuk-frontend";

// Classes and not an inline script, which the content security policy forbids.
document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) document.body.classList.add("govuk-frontend-supported");

function begin(scope) {
  for (const part of [Button, Checkboxes, ErrorSummary, NotificationBanner, Radios, ServiceNavigation, SkipLink]) {
    createAll(part, undefined, { scope, onError: () => undefined });
  }
}

// A list filters as soon as a choice is made; typing waits for Enter or the button.
document.addEventListener("change", (event) => {
  const form = event.target.closest?.("form[data-filter]");
  if (form && event.target.matches("select, input[type=radio], input[type=checkbox]")) form.requestSubmit();
});

// What was typed and not yet sent is not lost by a stray click.
document.addEventListener("input", (event) => {
  const form = event.target.closest?.("form[data-keep]");
  if (form) form.dataset.touched = "yes";
});
document.addEventListener("submit", (event) => delete event.target.dataset.touched);
window.addEventListener("beforeunload", (event) => {
  if (document.querySelector("form[data-keep][data-touched]")) event.preventDefault();
});

document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-print]")) window.print();
});
for (const button of document.querySelectorAll("[data-print]")) button.hidden = false;

// A part that htmx has exchanged may hold our parts again.
document.addEventListener("htmx:load", (event) => {
  if (event.target !== document.body) begin(event.target);
});

begin(document);

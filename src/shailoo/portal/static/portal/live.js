// A live page asks whether it is still current. "Not modified" changes nothing: no flicker, no lost place.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.xhr.status === 304) event.detail.shouldSwap = false;
});

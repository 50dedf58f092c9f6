// What htmx leaves to us when a part of a page changes in place: where the focus goes, what a screen reader
// hears, and going there as a whole page when the answer is not the part that was asked for.
(() => {
  "use strict";
  const part = () => document.querySelector("[data-in-place]");

  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr, pathInfo } = event.detail;
    const whole = new DOMParser().parseFromString(xhr.responseText, "text/html");
    const same = new URL(xhr.responseURL).pathname === location.pathname;
    if (xhr.status !== 200 || !same || !whole.getElementById(part().id)) {
      event.detail.shouldSwap = false;
      location.assign(pathInfo.requestPath);
    }
  });

  // a link that is still there keeps the focus (htmx finds it by its id); else the part's heading takes it
  document.addEventListener("htmx:afterSettle", () => {
    const here = part();
    if (!here || here.contains(document.activeElement)) return;
    const target = here.querySelector("[data-focus]") || here;
    target.setAttribute("tabindex", "-1");
    target.focus();
  });

  // no answer (the signal is gone): the browser says so better than a page that does not change
  document.addEventListener("htmx:sendError", (event) => location.assign(event.detail.pathInfo.requestPath));
})();

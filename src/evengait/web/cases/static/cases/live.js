/* New replies of others come in by themselves, as long as somebody looks. The page works without it. */
(() => {
  const asks = (event) => event.target.id === "new-replies";

  // A page that nobody looks at asks nothing; looked at again, it asks at once.
  document.body.addEventListener("htmx:beforeRequest", (event) => {
    if (asks(event) && document.hidden) event.preventDefault();
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) document.body.dispatchEvent(new Event("seen-again"));
  });

  // What is not shared any more, and whoever is not signed in any more, is gone from the page at once.
  document.body.addEventListener("htmx:responseError", (event) => {
    if (asks(event) && event.detail.xhr.status < 500) location.reload();
  });
  let held = null; // where what she writes in stood, so that it stays there
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    if (!asks(event)) return;
    if (!event.detail.xhr.responseURL.includes("/new/")) {
      event.detail.shouldSwap = false;
      location.reload();
      return;
    }
    const at = document.activeElement;
    held = at && at.matches("input, textarea, select") ? [at, at.getBoundingClientRect().top] : null;
  });
  document.body.addEventListener("htmx:afterSettle", () => {
    if (held) scrollBy({ top: held[0].getBoundingClientRect().top - held[1], behavior: "instant" });
    held = null;
  });
})();

/* What a page can do beyond links and forms. Small, and every page works without it. */
(() => {
  // A button that takes something away asks once more: <button data-sure="Really?">.
  document.addEventListener("submit", (event) => {
    const asks = event.submitter && event.submitter.dataset.sure;
    if (asks && !confirm(asks)) event.preventDefault();
  });
})();

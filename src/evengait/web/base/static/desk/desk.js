/* What a page can do beyond links and forms. Small, and every page works without it. */
(() => {
  // On a phone the navigation is a strip: bring the place one is in into sight.
  const here = document.querySelector(".top nav [aria-current]");
  if (here) here.closest("nav").scrollLeft = here.offsetLeft - innerWidth / 2;

  // A button that takes something away asks once more: <button data-sure="Really?">.
  document.addEventListener("submit", (event) => {
    const asks = event.submitter && event.submitter.dataset.sure;
    if (asks && !confirm(asks)) event.preventDefault();
  });
})();

/* The figure and the list are one choice: click a place, or choose it in the list; each shows in the other. */
(() => {
  for (const map of document.querySelectorAll("[data-body]")) {
    const spots = [...map.querySelectorAll("[data-spot]")];
    const radio = (spot) => map.querySelector(`input[name=place][value="${CSS.escape(spot.dataset.spot)}"]`);
    const show = () => {
      const both = map.querySelector("input[name=both]");
      const chosen = map.querySelector("input[name=place]:checked");
      const site = chosen && chosen.value.split(":")[0];
      for (const spot of spots) {
        const here = chosen && spot.dataset.spot === chosen.value;
        const other = both && both.checked && site && spot.dataset.spot.split(":")[0] === site && !spot.dataset.spot.endsWith(":");
        spot.classList.toggle("chosen", Boolean(here || other));
      }
    };
    map.addEventListener("change", show);
    for (const spot of spots) {
      const input = radio(spot), label = input && input.closest("label");
      if (!input) continue;
      spot.addEventListener("click", () => { input.checked = true; input.focus({ preventScroll: true }); show(); });
      for (const [on, off, it, other] of [["mouseenter", "mouseleave", label, spot], ["mouseenter", "mouseleave", spot, label]]) {
        it.addEventListener(on, () => other.classList.add("near"));
        it.addEventListener(off, () => other.classList.remove("near"));
      }
    }
    show();
  }
})();

/* Keys in the calendar: arrows from day to day, Page Up and Page Down to the one before and after. */
(() => {
  const days = [...document.querySelectorAll("[data-day]")];
  const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    const page = { PageUp: "prev", PageDown: "next" }[event.key];
    const there = page && document.querySelector(`main a[rel="${page}"]`);
    if (there) {
      event.preventDefault();
      there.click();
      return;
    }
    const here = days.indexOf(document.activeElement);
    if (here < 0 || !(event.key in step)) return;
    event.preventDefault();
    const shown = days.filter((day) => day.offsetParent !== null);
    const wide = shown.length === days.length;
    const list = wide ? days : shown;
    const by = wide ? step[event.key] : Math.sign(step[event.key]);
    const next = list[list.indexOf(document.activeElement) + by];
    if (next) next.focus();
  });
})();

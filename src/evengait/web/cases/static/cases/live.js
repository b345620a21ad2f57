/* What others write, change or decide comes in by itself, as long as somebody looks. The page works without it. */
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
  let held = null; // what has the focus, and where it stood, so that both stay
  let begun = []; // answers begun in a reply, which may change under them
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    if (!asks(event)) return;
    if (!event.detail.xhr.responseURL.includes("/new/")) {
      event.detail.shouldSwap = false;
      location.reload();
      return;
    }
    const at = document.activeElement;
    held = at && at !== document.body ? { at, again: again(at), top: at.getBoundingClientRect().top, from: at.selectionStart, to: at.selectionEnd } : null;
    begun = [...document.querySelectorAll(".reply textarea")].filter((one) => one.value.trim());
  });
  document.body.addEventListener("htmx:afterSettle", () => {
    const lost = begun.filter((one) => !one.isConnected);
    begun = [];
    if (lost.length) keep(lost.map((one) => one.value));
    if (!held) return;
    const { at, top, from, to } = held;
    const now = at.isConnected ? at : document.querySelector(held.again || "#told");
    if (now && now !== document.activeElement) {
      now.focus({ preventScroll: true });
      if (now === at && from !== undefined && from !== null) at.setSelectionRange(from, to);
    }
    if (now && at.matches("input, textarea, select")) {
      scrollBy({ top: now.getBoundingClientRect().top - top, behavior: "instant" });
    }
    held = null;
  });

  // A button or a link of a reply, to be found again where the reply has changed; else the reply's number.
  function again(at) {
    const reply = at.closest(".reply");
    if (!reply) return "";
    const form = at.closest("form");
    const one = at.href ? `a[href="${at.getAttribute("href")}"]` : form ? `form[action="${form.getAttribute("action")}"] ${at.localName}` : ".number";
    return document.querySelector(`#${reply.id} ${one}`) === at ? `#${reply.id} ${one}, #${reply.id} .number` : `#${reply.id} .number`;
  }

  // The question is gone, or answered in another window: the words begun are hers. They stand in her reply, and here.
  function keep(words) {
    const box = document.querySelector('form[action$="/reply/"] textarea[name="body"]');
    if (box) box.value = [box.value, ...words].filter(Boolean).join("\n\n");
    const quoted = document.createElement("q");
    quoted.textContent = words.join("\n\n");
    document.getElementById("told").append(` ${document.getElementById("new-replies").dataset.words} `, quoted);
  }
})();

/* Sends files in pieces: large ones cut, small ones together. Nothing is read here; the browser hands the bytes on. */
(() => {
  const PIECE = 8 * 1024 * 1024, TOGETHER = 200, TRIES = 5;
  const wait = (ms) => new Promise((done) => setTimeout(done, ms));
  const language = document.documentElement.lang || "en";
  const number = (value, places = 0) => value.toLocaleString(language, { minimumFractionDigits: places, maximumFractionDigits: places });
  const size = (bytes) => bytes >= 1e9 ? number(bytes / 1e9, 1) + " GB" : bytes >= 1e6 ? number(Math.round(bytes / 1e6)) + " MB" : number(Math.ceil(bytes / 1e3)) + " kB";
  // Words stand in the page, in its language; what is in braces is put in here.
  const words = (element, values = {}) => element.dataset.words.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  for (const form of document.querySelectorAll("form[data-drop]")) set_up(form);

  function set_up(form) {
    const sending = form.querySelector("[data-sending]"), trouble = form.querySelector("[data-trouble]");
    const said = sending.querySelector("p"), bar = sending.querySelector("progress");
    let stop = null, busy = false;

    for (const part of form.querySelectorAll(".with-scripts")) part.hidden = false;
    for (const input of form.querySelectorAll("input[type=file]"))
      input.addEventListener("change", () => send([...input.files].map((file) => ({ file, path: file.webkitRelativePath || file.name }))));
    form.querySelector("[data-stop]").addEventListener("click", () => stop && stop.abort());
    form.addEventListener("dragover", (event) => { event.preventDefault(); form.classList.add("over"); });
    form.addEventListener("dragleave", (event) => { if (!form.contains(event.relatedTarget)) form.classList.remove("over"); });
    form.addEventListener("drop", async (event) => {
      event.preventDefault();
      form.classList.remove("over");
      // The list is empty once this handler has waited for anything.
      const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry && item.webkitGetAsEntry()).filter(Boolean);
      const found = [];
      for (const entry of entries) await walk(entry, "", found);
      send(found);
    });
    addEventListener("beforeunload", (event) => { if (busy) event.preventDefault(); });

    async function send(files) {
      files = files.filter(({ path }) => !path.split("/").some((part) => part.startsWith(".") || part === "__MACOSX"));
      if (!files.length || busy) return;
      busy = true; stop = new AbortController(); trouble.hidden = true;
      form.classList.add("busy"); sending.hidden = false;
      const all = files.reduce((sum, { file }) => sum + file.size, 0);
      const label = files.length === 1 ? files[0].path.slice(-120) : words(form.querySelector("[name=piece]"), { n: number(files.length) });
      try {
        const once = Array.from(crypto.getRandomValues(new Uint8Array(12)), (n) => n.toString(16)).join("");
        const begun = await post(form.action, { label, count: files.length, size: all, once });
        const base = form.action.replace(/begin\/$/, begun.upload + "/");
        let sent = 0;
        const tell = () => { bar.max = Math.max(all, 1); bar.value = sent; said.textContent = words(said, { sent: size(sent), all: size(all) }); };
        tell();
        for (const batch of batches(files)) {
          await post(base + "piece/", batch.map(({ path, offset, blob }) => [["path", path], ["offset", offset], ["piece", blob]]).flat());
          sent += batch.reduce((sum, { blob }) => sum + blob.size, 0);
          tell();
        }
        busy = false;
        const last = document.createElement("form");
        last.method = "post"; last.action = base + "received/"; last.hidden = true;
        last.append(form.querySelector("[name=csrfmiddlewaretoken]").cloneNode());
        document.body.append(last);
        last.submit();
      } catch (error) {
        busy = false; form.classList.remove("busy"); sending.hidden = true; trouble.hidden = false;
        trouble.textContent = stop.signal.aborted ? words(form.querySelector("[data-stop]")) : error.told || words(trouble);
      }
    }

    async function post(address, fields) {
      const body = new FormData();
      body.append("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value);
      for (const [name, value] of Array.isArray(fields) ? fields : Object.entries(fields)) body.append(name, value);
      for (let tried = 1; ; tried++) {
        let answer;
        try { answer = await fetch(address, { method: "POST", body, signal: stop.signal, headers: { Accept: "application/json" } }); }
        catch (error) {
          if (stop.signal.aborted || tried === TRIES) throw error;
          await wait(500 * 2 ** tried);
          continue;
        }
        if (answer.ok) return answer.json();
        if (answer.status < 500 || tried === TRIES) throw Object.assign(new Error(), { told: (await answer.json().catch(() => ({}))).error });
        await wait(500 * 2 ** tried);
      }
    }
  }

  function* batches(files) {
    let batch = [], room = PIECE;
    for (const { file, path } of files) {
      for (let offset = 0; offset === 0 || offset < file.size; offset += PIECE) {
        const blob = file.slice(offset, offset + PIECE);
        if (batch.length && (blob.size > room || batch.length === TOGETHER)) { yield batch; batch = []; room = PIECE; }
        batch.push({ path, offset, blob });
        room -= blob.size;
      }
    }
    if (batch.length) yield batch;
  }

  async function walk(entry, above, found) {
    const path = above + entry.name;
    if (entry.isFile) return void found.push({ path, file: await new Promise((done, failed) => entry.file(done, failed)) });
    const reader = entry.createReader();
    for (;;) {
      const some = await new Promise((done, failed) => reader.readEntries(done, failed));
      if (!some.length) return;
      for (const inner of some) await walk(inner, path + "/", found);
    }
  }
})();

/* What the pages do beyond links and forms. Every page works without it.
   Drafts while typing · pastes too long · shortcuts · clocks that count down · files that are dropped · where focus goes. */
"use strict";

(() => {
  const panel = () => document.querySelector("[data-panel]");
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
  const typing = (element) =>
    element.isContentEditable ||
    (element.matches("input, textarea, select") && !element.matches("[type=checkbox], [type=radio], [type=button], [type=submit]"));

  /* ---------- drafts: htmx keeps them while somebody types; this keeps the last words ---------- */

  const changed = new WeakSet();

  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form && form.dataset.draft) changed.add(form);
  });

  document.addEventListener("htmx:after:request", (event) => {
    const source = event.detail.ctx && event.detail.ctx.sourceElement;
    if (!source || source.id !== "gemt") return;
    const answer = event.detail.ctx.response;
    const ok = answer && answer.raw ? answer.raw.ok : true;
    source.classList.toggle("saved--failed", !ok);
    if (!ok) {
      /* Ours is one sentence that says what to do; anything longer is somebody else's page. */
      if (/<html|<!doctype/i.test(event.detail.ctx.text || "")) event.detail.ctx.swap = "none";
      source.setAttribute("role", "alert");
      return;
    }
    for (const form of all("form[data-draft]")) changed.delete(form);
    source.removeAttribute("role"); /* said once; after that it is only seen */
  });

  /* Once the form itself is sent, nothing more is kept of it as a draft. */
  document.addEventListener("htmx:before:request", (event) => {
    const source = event.detail.ctx && event.detail.ctx.sourceElement;
    if (source && source.id === "gemt" && document.querySelector("form[data-sent]")) event.preventDefault();
  });

  const notSaved = (event) => {
    const source = event.detail.ctx && event.detail.ctx.sourceElement;
    if (!source || source.id !== "gemt") return;
    source.classList.add("saved--failed");
    source.setAttribute("role", "alert");
    source.textContent = "Kladden er ikke gemt. Lad siden stå åben; der prøves igen, når du skriver.";
  };
  document.addEventListener("htmx:error", notSaved);
  document.addEventListener("htmx:response:error", notSaved);

  /* What is saved into the case itself has a revision: a page that is only out of sight, in another
     tab, must know the new one, or it would be told that somebody else has written. */
  const keepAndLearn = (form, body) => {
    const request = { method: "POST", body, headers: { "HX-Request": "true" } };
    const small = body.toString().length < 60000; /* what a browser sends after the page is gone */
    window.fetch(form.dataset.draft, { ...request, keepalive: small }).then((answer) => answer.ok ? answer.text() : "").then((text) => {
      for (const seen of new DOMParser().parseFromString(text, "text/html").querySelectorAll("input[type=hidden][id]")) {
        const here = document.getElementById(seen.id);
        if (here) here.value = seen.value;
      }
    }).catch(() => changed.add(form));
  };

  /* The page may be gone before the two seconds are: closed, killed, or left by a link. */
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "hidden") return;
    for (const form of all("form[data-draft]")) {
      if (!changed.has(form) || form.dataset.sent) continue;
      const body = new URLSearchParams(new FormData(form));
      if (form.hasAttribute("data-revisions")) keepAndLearn(form, body);
      else navigator.sendBeacon(form.dataset.draft, body);
      changed.delete(form);
    }
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.submitter && event.submitter.formMethod === "dialog") return; /* Enter, where it sends nothing */
    if (form.dataset.sent) event.preventDefault(); /* a double click saves once */
    if (form.hasAttribute("data-save")) {
      form.dataset.sent = "ja";
      window.setTimeout(() => delete form.dataset.sent, 8000);
    }
  });
  window.addEventListener("pageshow", () => all("form[data-sent]").forEach((form) => delete form.dataset.sent));

  /* ---------- a whole archive that is pasted: a field holds 60 pages, and drawing more stops the page ---------- */

  const longest = 200000; /* domain/skrift.py */
  document.addEventListener("beforeinput", (event) => {
    const field = event.target;
    if (!(field instanceof HTMLTextAreaElement)) return;
    const told = document.getElementById(`${field.id}-for-langt`);
    if (told) told.remove();
    const added = event.data || (event.dataTransfer && event.dataTransfer.getData("text/plain")) || "";
    if (field.value.length + added.length <= longest) return;
    event.preventDefault();
    field.insertAdjacentHTML("afterend", `<p class="form-error-message" id="${field.id}-for-langt" role="alert"></p>`);
    field.nextElementSibling.textContent = "Det er ikke sat ind: teksten er for lang til ét felt. Læg den som et dokument på sagen, og skriv her, hvad den betyder. Det, du har skrevet, står her endnu.";
  });

  /* ---------- who wrote suggests the duty, until somebody has said another ---------- */

  document.addEventListener("change", (event) => {
    const form = event.target.form;
    if (event.target.matches("[data-follows]")) event.target.dataset.said = "ja";
    if (!form || !event.target.name) return;
    for (const field of all(`[data-follows="${CSS.escape(event.target.name)}"]`, form)) {
      if (field.value && field.dataset.said) continue;
      field.value = JSON.parse(field.dataset.usual)[event.target.value] || "";
    }
  });

  /* ---------- Enter in a search field inside a form presses that field's own button ---------- */

  document.addEventListener("keydown", (event) => {
    const name = event.target.dataset && event.target.dataset.find;
    if (event.key !== "Enter" || !name || !event.target.form) return;
    const button = event.target.form.querySelector(`button[value="${name}"]`);
    if (!button) return;
    event.preventDefault();
    button.click();
  });

  /* ---------- shortcuts: / · g d · g i · j k · Enter · x · Alt+S ---------- */

  const places = { d: "/dubu/min-dag", i: "/dubu/indgang" };
  let waitsForPlace = 0;

  const lines = () => all("[data-line]").filter((line) => line.getClientRects().length);
  const holder = (line) => line.closest("li") || line;

  const step = (by) => {
    const found = lines();
    if (!found.length) return;
    const here = found.findIndex((line) => holder(line).contains(document.activeElement));
    const next = here === -1 ? (by > 0 ? 0 : found.length - 1) : Math.min(Math.max(here + by, 0), found.length - 1);
    all(".is-here").forEach((line) => line.classList.remove("is-here"));
    holder(found[next]).classList.add("is-here");
    found[next].focus();
  };

  document.addEventListener("keydown", (event) => {
    const root = panel();
    if (!root || root.dataset.shortcuts === "fra" || event.defaultPrevented) return;
    if (event.altKey && !event.ctrlKey && event.code === "KeyS") {
      const button = document.querySelector("[data-save-button]");
      if (button) { event.preventDefault(); button.click(); }
      return;
    }
    if (event.ctrlKey || event.altKey || event.metaKey || typing(event.target)) return;
    if (waitsForPlace && places[event.key]) {
      event.preventDefault();
      window.location.assign(places[event.key]);
      return;
    }
    waitsForPlace = 0;
    if (event.key === "/") {
      const field = document.querySelector("[data-search]") || document.querySelector("input[type=search]");
      event.preventDefault();
      if (field) { field.focus(); field.select(); } else window.location.assign("/dubu/soeg");
    } else if (event.key === "g") {
      waitsForPlace = window.setTimeout(() => { waitsForPlace = 0; }, 1500);
    } else if (event.key === "j" || event.key === "k") {
      event.preventDefault();
      step(event.key === "j" ? 1 : -1);
    } else if (event.key === "x") {
      const line = document.activeElement.closest("li");
      const box = line && line.querySelector("input[type=checkbox]");
      if (box) { event.preventDefault(); box.click(); }
    }
  });

  /* ---------- clocks ---------- */

  const minutes = (milliseconds) => Math.ceil(milliseconds / 60000);
  const told = (left) => {
    const late = left < 0;
    const whole = late ? Math.floor(-left / 60000) : minutes(left);
    const days = Math.floor(whole / 1440);
    const parts = days >= 2 ? [`${days} dage`] : [];
    if (!parts.length) {
      if (whole >= 60) parts.push(`${Math.floor(whole / 60)} t.`);
      if (whole % 60 || whole < 60) parts.push(`${whole % 60} min.`);
    }
    return `${parts.join(" ")} ${late ? "over tiden" : "tilbage"}`.replace(/ (?=t\.|min\.|dage)/g, "\u00a0");
  };

  /* The server's clock is the one that counts, so only the time since the page came is added. */
  const came = performance.now();
  const clocks = all("[data-until]").map((element) => ({ element, left: Number(element.dataset.left) * 1000 }));
  const tick = () => {
    for (const { element, left } of clocks) {
      const text = told(left - (performance.now() - came));
      if (element.textContent !== text) element.textContent = text;
    }
  };
  if (clocks.length) window.setInterval(tick, 30000);

  /* ---------- files dropped anywhere on the drop's box ---------- */

  for (const drop of all("[data-drop]")) {
    const input = drop.querySelector("input[type=file]");
    const over = (on) => (event) => { event.preventDefault(); drop.classList.toggle("is-over", on); };
    drop.addEventListener("dragover", over(true));
    drop.addEventListener("dragleave", over(false));
    drop.addEventListener("drop", (event) => {
      over(false)(event);
      if (!event.dataTransfer.files.length) return;
      input.files = event.dataTransfer.files;
      input.form.requestSubmit();
    });
  }

  /* ---------- printing: the dialog, where the page came through the door that logs it ---------- */

  for (const button of all("[data-print]")) button.addEventListener("click", () => window.print());

  /* ---------- focus: to the receipt after a save, to the summary after an error ---------- */

  const target = document.querySelector("[data-focus]");
  if (target && (!window.location.hash || target.getAttribute("role"))) target.focus();
})();

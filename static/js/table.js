// What markup alone cannot do. Every page works without it; all words come from data- attributes.
(() => {
  "use strict";
  const live = document.getElementById("live");
  const status = document.getElementById("status");
  const alertLine = document.getElementById("alert");
  const polls = (el) => (el.getAttribute("hx-trigger") || "").includes("every ");

  // Headings and messages that just arrived take focus.
  const focusIn = (root) => {
    const el = root.matches("[data-focus]") ? root : root.querySelector("[data-focus]");
    if (!el) return;
    if (!el.hasAttribute("tabindex")) el.setAttribute("tabindex", "-1");
    el.focus();
  };
  const errors = document.querySelector(".errors[data-focus]");
  if (errors) focusIn(errors);

  // Menus close on Escape and on a press elsewhere.
  const closeMenus = (except) => document.querySelectorAll("details.menu[open]").forEach((menu) => {
    if (menu !== except) menu.open = false;
  });
  document.addEventListener("click", (e) => closeMenus(e.target.closest("details.menu")));
  document.addEventListener("keydown", (e) => {
    const menu = e.key === "Escape" && document.querySelector("details.menu[open]");
    if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
  });

  document.querySelectorAll("[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  });

  if (navigator.clipboard) document.querySelectorAll("[data-copy]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const from = document.getElementById(button.dataset.copy);
      from.select();
      try { await navigator.clipboard.writeText(from.value); button.textContent = button.dataset.copied; } catch { /* it is selected */ }
    });
  });

  // Listen: only where the device has a voice for the language of the words.
  const synth = window.speechSynthesis;
  if (synth) {
    const language = (el) => (el.closest("[lang]") || document.documentElement).lang.slice(0, 2);
    const voiceFor = (lang) => synth.getVoices().find((v) => v.lang.slice(0, 2).toLowerCase() === lang);
    const show = () => document.querySelectorAll("[data-listen]").forEach((b) => { b.hidden = !voiceFor(language(b)); });
    show();
    synth.addEventListener?.("voiceschanged", show);
    document.addEventListener("htmx:load", show);
    window.addEventListener("pagehide", () => synth.cancel());
    document.addEventListener("click", (e) => {
      const button = e.target.closest("[data-listen]");
      if (!button) return;
      if (synth.speaking) { synth.cancel(); return; }
      button.dataset.listen.split(" ").forEach((id) => {
        const el = document.getElementById(id);
        if (!el) return;
        const words = new SpeechSynthesisUtterance(el.innerText);
        words.lang = language(el);
        words.voice = voiceFor(words.lang) || null;
        synth.speak(words);
      });
    });
  }

  // Of the links that fill one place, the one that filled it last is marked.
  document.addEventListener("htmx:afterSwap", (e) => {
    const link = e.detail.requestConfig && e.detail.requestConfig.elt;
    const links = link && link.closest("[data-marks]");
    if (!links) return;
    links.querySelectorAll("[aria-current]").forEach((other) => other.removeAttribute("aria-current"));
    link.setAttribute("aria-current", "true");
  });

  if (!live) return;
  const words = live.dataset;
  const say = (line) => { status.textContent = line || ""; };
  const fail = (line, retry) => {
    alertLine.textContent = line;
    if (!retry) return;
    const button = Object.assign(document.createElement("button"), { type: "button", className: "textbtn", textContent: words.retry });
    button.addEventListener("click", retry);
    alertLine.append(" ", button);
  };

  const offline = () => say(words.offline);
  if (!navigator.onLine) offline();
  window.addEventListener("offline", offline);

  // A failed request is kept, with the element it came from; its words are read again when it is sent again.
  let failed = null;
  const resend = () => {
    const again = failed;
    failed = null;
    alertLine.textContent = "";
    if (again && document.contains(again.elt)) window.htmx.ajax(again.verb, again.path, { source: again.elt, target: again.target });
  };
  window.addEventListener("online", () => { say(""); resend(); });

  const waiting = new Map();
  const settle = (xhr) => {
    const wait = waiting.get(xhr);
    if (!wait) return;
    wait.timers.forEach(clearTimeout);
    wait.target.removeAttribute("aria-busy");
    waiting.delete(xhr);
    if (!waiting.size && navigator.onLine) say("");
  };
  document.addEventListener("htmx:beforeRequest", (e) => {
    const { elt, target, xhr } = e.detail;
    if (polls(elt)) {
      if (document.hidden) e.preventDefault();
      return;
    }
    const busy = () => { target.setAttribute("aria-busy", "true"); say(words.loading); };
    const slow = () => {
      say(words.slow);
      const link = Object.assign(document.createElement("a"), { href: elt.href || location.href, textContent: words.full });
      status.append(" ", link);
    };
    waiting.set(xhr, { target, timers: [setTimeout(busy, 400), setTimeout(slow, 8000)] });
  });
  document.addEventListener("htmx:afterRequest", (e) => {
    settle(e.detail.xhr);
    if (e.detail.successful && !polls(e.detail.elt)) alertLine.textContent = "";
  });
  const broken = (e) => {
    const { elt, target, xhr, requestConfig } = e.detail;
    settle(xhr);
    if (polls(elt)) return;
    failed = { elt, target, verb: requestConfig.verb, path: requestConfig.path };
    if (navigator.onLine) fail(words.error, resend); else offline();
  };
  ["htmx:responseError", "htmx:sendError", "htmx:timeout"].forEach((name) => document.addEventListener(name, broken));
  document.addEventListener("htmx:afterSettle", (e) => { if (e.target.matches) focusIn(e.target); });
})();

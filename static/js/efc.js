// Progressive enhancement of the portal's pages. Every page works without it; each function finds its elements by a
// data attribute and does nothing when there are none. No words live here: templates pass them, translated.

const all = (selector, within = document) => [...within.querySelectorAll(selector)];

/** After a failed form the summary of errors is read first; its links put the cursor where the problem is. */
function errorSummary() {
  const summary = document.querySelector("[data-error-summary]");
  if (!summary) return;
  summary.focus();
  summary.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    const control = link && document.getElementById(link.hash.slice(1));
    if (!control) return;
    event.preventDefault();
    const label = control.labels?.[0] ?? control.closest("fieldset")?.querySelector("legend");
    (label ?? control).scrollIntoView();
    control.focus({ preventScroll: true });
  });
}

/** Buttons that remove a row at once stand in for the tick boxes that ask the server to. */
function removable(within) {
  for (const button of all("[data-formset-remove]", within)) button.hidden = false;
  for (const box of all("[data-formset-tick]", within)) box.hidden = true;
}

/** Rows of a Django formset: [data-formset=prefix] with [data-formset-rows], a <template> and [data-formset-add]. */
function formsets() {
  for (const set of all("[data-formset]")) {
    const rows = set.querySelector("[data-formset-rows]");
    const blank = set.querySelector("template");
    const total = document.getElementById(`id_${set.dataset.formset}-TOTAL_FORMS`);
    const most = Number(document.getElementById(`id_${set.dataset.formset}-MAX_NUM_FORMS`)?.value || 1000);
    set.querySelector("[data-formset-add]")?.addEventListener("click", (event) => {
      if (!rows || !blank || !total || Number(total.value) >= most) return;
      event.preventDefault();
      const index = Number(total.value);
      const holder = document.createElement("template");
      holder.innerHTML = blank.innerHTML.replaceAll("__prefix__", index).replaceAll("__number__", index + 1);
      const row = holder.content.firstElementChild;
      rows.append(row);
      removable(row);
      total.value = index + 1;
      row.querySelector("input:not([type=hidden]), select, textarea")?.focus();
      set.dispatchEvent(new CustomEvent("input", { bubbles: true }));
      counts(row);
      if (window.htmx) window.htmx.process(row);
    });
    set.addEventListener("click", (event) => {
      const button = event.target.closest("[data-formset-remove]");
      const row = button?.closest("[data-formset-row]");
      const box = row?.querySelector('input[name$="-DELETE"]');
      if (!box) return;
      event.preventDefault();
      box.checked = true;
      row.classList.add("removed");
      set.querySelector("[data-formset-add]")?.focus();
      set.dispatchEvent(new CustomEvent("input", { bubbles: true }));
    });
    removable(set);
  }
}

/** form[data-autosave=url]: what is written is sent after a pause, without files; the answer's JSON may hold saved_at.
    (A form's own attributes are read with getAttribute: a field named “method” or “action” hides the property.) */
function autosave() {
  for (const form of all("form[data-autosave]")) {
    const status = document.querySelector("[data-autosave-status]");
    const say = (key, time = "") => { if (status) status.textContent = (status.dataset[key] || "").replace("{time}", time); };
    let timer, unsaved = false, sending = false, again = false, pressed = null;
    const save = async () => {
      if (sending) { again = true; return; }
      sending = true;
      say("saving");
      const data = new FormData(form);
      for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
      data.set("autosave", "1");
      try {
        unsaved = false;
        const answer = await fetch(form.dataset.autosave, { method: "POST", body: data, headers: { Accept: "application/json", "X-Autosave": "1" }, credentials: "same-origin", signal: AbortSignal.timeout(20000) });
        const body = answer.status === 204 ? {} : await answer.json().catch(() => ({}));
        if (answer.status === 409 && body.error && status) { sending = false; unsaved = true; status.textContent = body.error; release(); return; }
        if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
        if (body.seen !== undefined && form.elements.seen) form.elements.seen.value = body.seen;
        if (body.url && form.dataset.autosave !== body.url) { form.dataset.autosave = body.url; form.setAttribute("action", body.url); history.replaceState(null, "", body.url); }
        document.dispatchEvent(new Event("efc:active"));
        say("saved", body.saved_at || new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" }));
      } catch {
        unsaved = true;
        say("failed");
      }
      sending = false;
      if (again && !pressed) later();
      again = false;
      release();
    };
    const release = () => { if (pressed) { const { button } = pressed; pressed = null; form.requestSubmit(button); } };
    const later = () => { unsaved = true; clearTimeout(timer); timer = setTimeout(save, 2500); };
    form.addEventListener("input", later);
    form.addEventListener("submit", (event) => {
      clearTimeout(timer);
      unsaved = false;
      if (!sending) return;
      event.preventDefault(); // what is on its way is answered first: else the portal would take it for somebody else's
      pressed = { button: event.submitter };
    });
    document.addEventListener("visibilitychange", () => { if (document.hidden && unsaved) { clearTimeout(timer); save(); } });
    addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });
  }
}

/** A second press on a button does not send a form twice. form[data-repeatable] is left alone (downloads). */
function submitOnce() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.getAttribute("method") === "get" || "repeatable" in form.dataset) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    for (const button of all("button", form)) button.setAttribute("aria-disabled", "true");
  });
  addEventListener("pageshow", () => {
    for (const form of all("form[data-sent]")) {
      delete form.dataset.sent;
      for (const button of all("button[aria-disabled]", form)) button.removeAttribute("aria-disabled");
    }
  });
}

/** dialog[data-session=seconds]: says two minutes before the idle limit that it comes; when it is reached, leaves the page. */
function sessionWarning() {
  const dialog = document.querySelector("dialog[data-session]");
  if (!dialog) return;
  const limit = Number(dialog.dataset.session) * 1000, warning = Math.max(limit - 120000, limit / 2);
  const channel = "BroadcastChannel" in window ? new BroadcastChannel("efc-session") : null;
  let seen = Date.now();
  const active = () => { seen = Date.now(); if (dialog.open) dialog.close(); };
  const stay = async () => {
    const answer = await fetch(dialog.dataset.sessionKeep, { credentials: "same-origin" }).catch(() => null);
    if (answer?.ok && !answer.redirected) { active(); channel?.postMessage("active"); }
  };
  channel?.addEventListener("message", active);
  channel?.postMessage("active");
  document.addEventListener("efc:active", () => { active(); channel?.postMessage("active"); });  // a draft was saved
  document.body.addEventListener("htmx:afterOnLoad", (event) => { if (!event.detail.elt.matches("[hx-trigger*=every]")) active(); });
  dialog.querySelector("[data-session-stay]").addEventListener("click", stay);
  dialog.addEventListener("cancel", (event) => { event.preventDefault(); stay(); });
  setInterval(() => {
    const idle = Date.now() - seen;
    if (idle >= limit) location.assign(dialog.dataset.sessionEnd);
    else if (idle >= warning && !dialog.open) dialog.showModal();
  }, 5000);
}

/** [data-count-for=id] under a textarea counts down; the browser no longer cuts a pasted text silently. */
function counts(within = document) {
  for (const line of all("[data-count-for]", within)) {
    const area = document.getElementById(line.dataset.countFor);
    if (!area) continue;
    area.removeAttribute("maxlength");
    const show = () => {
      const left = Number(line.dataset.max) - area.value.length;
      line.textContent = (left < 0 ? line.dataset.over : line.dataset.left).replace("{n}", Math.abs(left).toLocaleString(document.documentElement.lang));
      line.classList.toggle("govuk-error-message", left < 0);
    };
    area.addEventListener("input", show);
    show();
  }
}

/** button[data-copy=id] copies that element's text and says so. */
function copying() {
  for (const button of all("button[data-copy]")) {
    const words = button.textContent;
    button.hidden = !navigator.clipboard;
    button.addEventListener("click", async () => {
      const source = document.getElementById(button.dataset.copy);
      await navigator.clipboard.writeText((source.value ?? source.textContent).trim());
      button.textContent = button.dataset.copied;
      setTimeout(() => { button.textContent = words; }, 3000);
    });
  }
}

/** details[data-dropdown] closes on Escape and on a click elsewhere. */
function dropdowns() {
  const open = () => all("details[data-dropdown][open]");
  document.addEventListener("click", (event) => { for (const menu of open()) if (!menu.contains(event.target)) menu.open = false; });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of open()) { menu.open = false; menu.querySelector("summary").focus(); }
  });
}

/** What needs JavaScript is hidden until here; a passkey that fails says so in the page's words. */
function passkeys() {
  for (const part of all("[data-js]")) part.hidden = false;
  document.addEventListener("allauth.error", (event) => {
    const words = document.querySelector("[data-passkey-error]");
    if (!words) return;
    event.preventDefault();
    words.hidden = false;
  });
}

for (const start of [errorSummary, formsets, autosave, submitOnce, sessionWarning, () => counts(), copying, dropdowns, passkeys]) start();

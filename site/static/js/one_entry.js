/* Keeps a visit to the telling pages to one entry of the tab's history, so that the exit replaces all of it.
 *
 * A form that is posted the ordinary way adds an entry for each page, and after the exit the Back button would
 * offer to send the words again. So the form goes by `fetch`, and what the answer shows takes the place of what
 * is here. Nothing is kept. Without this script, or if it fails, the browser posts the form as it always did.
 */

const PARTS = ["header", "main", "footer"];
// A line that has gone often says nothing at all. Whoever waits hears it from us, and can press again.
const PATIENCE_MS = 60000;
let busy = false;
let pressed = null;

// An older browser does not say which button sent a form. Enter in a box presses the first one, too.
document.addEventListener("click", (event) => (pressed = event.target.closest("button")), true);
document.addEventListener("submit", (event) => {
  const form = event.target;
  const button = event.submitter || (pressed && pressed.form === form ? pressed : null);
  // What is answered with a file leaves this page as it is, and adds no entry.
  if (form.method !== "post" || (button && button.hasAttribute("data-ordinary")) || !hasParts(document)) return;
  event.preventDefault();
  if (!busy) send(form, button);
});

function hasParts(page) {
  return PARTS.every((part) => page.querySelector(part));
}

async function send(form, button) {
  const line = new AbortController();
  const timer = setTimeout(() => line.abort(), PATIENCE_MS);
  busy = true;
  setWaiting(button, true);
  try {
    show(await answerTo(form, button, line.signal));
  } catch (problem) {
    // The words stay in their boxes; a browser's own error page would have taken them away.
    sayUnreachable();
  } finally {
    clearTimeout(timer);
    busy = false;
    setWaiting(button, false);
  }
}

/* Looking through long words takes some seconds: the button says so, and so does the region that a screen reader hears. */
function setWaiting(button, isWaiting) {
  if (!button) return;
  if (isWaiting) button.setAttribute("aria-disabled", "true");
  else button.removeAttribute("aria-disabled");
  if (!button.dataset.busy) return;
  const words = button.textContent;
  if (isWaiting) document.querySelector("[data-announced]").textContent = button.dataset.busy.replace(" …", "");
  button.textContent = button.dataset.busy;
  button.dataset.busy = words;
}

async function answerTo(form, button, signal) {
  const fields = new URLSearchParams(new FormData(form));
  if (button && button.name) fields.append(button.name, button.value);
  const how = { method: "POST", body: fields, credentials: "omit", cache: "no-store", signal };
  const answer = await fetch(form.getAttribute("action"), how);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!hasParts(page)) throw new Error();
  return page;
}

function show(page) {
  // An exit in the meantime left nothing here to fill.
  if (!hasParts(document)) return;
  document.title = page.title;
  // An alert that takes the focus, too, would be heard twice.
  const summary = page.querySelector(".error-summary");
  if (summary) summary.setAttribute("role", "group");
  for (const part of PARTS) document.querySelector(part).replaceWith(document.adoptNode(page.querySelector(part)));
  if (unreachable()) unreachable().hidden = true;
  // For the scripts that work on what stands in these parts: it is new.
  document.dispatchEvent(new Event("shown"));
  window.scrollTo(0, 0);
  // Where a screen reader goes on: what there is to look at, or the new page from its title, which says what it is.
  const start = summary || document.querySelector("main h1") || document.querySelector("main");
  start.tabIndex = -1;
  start.focus({ preventScroll: true });
}

function sayUnreachable() {
  const notice = unreachable();
  if (!notice) return;
  notice.hidden = false;
  notice.scrollIntoView({ block: "center" });
}

function unreachable() {
  return document.querySelector("[data-unreachable]");
}

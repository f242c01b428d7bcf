/* Keeps a visit to the telling pages to one entry of the tab's history, so that the exit replaces all of it.
 *
 * A form that is posted the ordinary way adds an entry for each page, and after the exit the Back button would
 * offer to send the words again. So the form goes by `fetch`, and what the answer shows takes the place of what
 * is here. Nothing is kept. Without this script, or if it fails, the browser posts the form as it always did.
 */

const PARTS = ["header", "main"];
let busy = false;

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || !PARTS.every((part) => document.querySelector(part))) return;
  event.preventDefault();
  if (!busy) send(form, event.submitter);
});

async function send(form, button) {
  busy = true;
  button?.setAttribute("aria-disabled", "true");
  try {
    show(await answerTo(form, button));
  } catch {
    // The words stay in their boxes; a browser's own error page would have taken them away.
    sayUnreachable();
  } finally {
    busy = false;
    button?.removeAttribute("aria-disabled");
  }
}

async function answerTo(form, button) {
  const fields = new URLSearchParams(new FormData(form));
  if (button?.name) fields.append(button.name, button.value);
  const answer = await fetch(form.getAttribute("action"), { method: "POST", body: fields, credentials: "omit", cache: "no-store" });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!PARTS.every((part) => page.querySelector(part))) throw new Error();
  return page;
}

function show(page) {
  document.title = page.title;
  for (const part of PARTS) document.querySelector(part).replaceWith(document.adoptNode(page.querySelector(part)));
  unreachable()?.setAttribute("hidden", "");
  window.scrollTo(0, 0);
  // Where a screen reader goes on: what there is to look at, or the new page from its beginning.
  (document.querySelector(".error-summary") ?? document.querySelector("main")).focus({ preventScroll: true });
}

function sayUnreachable() {
  unreachable()?.removeAttribute("hidden");
  unreachable()?.focus();
}

function unreachable() {
  return document.querySelector("[data-unreachable]");
}

/* Shows the stories that somebody chooses without loading the page anew.
 *
 * A tick or a choice asks for the same address as the form would, and what the answer lists takes the place of what
 * stands here. The focus stays on what was chosen, and the heading with the new number is read out. Without this
 * script the form and its button do all of it.
 */

const PATIENCE_MS = 20000;
let latest = 0;
let shown = location.pathname + location.search;

// A text box is still being written in; its own button, or Enter, asks.
document.addEventListener("change", (event) => {
  const form = event.target.closest("[data-same-list]");
  if (form && event.target.type !== "search") ask(addressOf(form), event.target);
});

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-same-list]")) return;
  event.preventDefault();
  ask(addressOf(event.target), document.activeElement === event.submitter ? null : document.activeElement);
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-chosen] a[href]");
  if (!link || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  ask(link.href, null);
});

// Back and Forward show the list of their address. A link within this page comes here too, and changes nothing.
window.addEventListener("popstate", () => {
  if (location.pathname + location.search !== shown) ask(location.href, null, false);
});

function addressOf(form) {
  const chosen = [...new FormData(form)].filter(([, value]) => value !== "");
  const query = new URLSearchParams(chosen).toString();
  return form.getAttribute("action") + (query ? `?${query}` : "");
}

async function ask(address, from, isNew = true) {
  const mine = ++latest;
  const line = new AbortController();
  const timer = setTimeout(() => line.abort(), PATIENCE_MS);
  busy(true);
  try {
    const answer = await fetch(address, { credentials: "omit", signal: line.signal });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (mine !== latest) return;
    if (!answer.ok || !page.querySelector("[data-list]")) throw new Error();
    show(page, from);
    const found = oneAddressOf(page, answer);
    if (isNew && found !== shown) history.pushState(null, "", found);
    shown = location.pathname + location.search;
  } catch (problem) {
    // What was chosen stays chosen, and the button asks for it again.
    if (mine === latest) sayUnreachable();
  } finally {
    clearTimeout(timer);
    if (mine === latest) busy(false);
  }
}

/* Equal lists have one address, and the page says which. */
function oneAddressOf(page, answer) {
  const link = page.querySelector('link[rel="canonical"]');
  const { pathname, search } = new URL(link ? link.getAttribute("href") : answer.url, answer.url);
  return pathname + search;
}

function show(page, from) {
  const open = [...document.querySelectorAll("[data-group]")].map((group) => [group.dataset.group, group.open]);
  const isUnfolded = (document.querySelector("[data-filters]") || {}).open;
  document.title = page.title;
  for (const here of document.querySelectorAll("[data-list-part]")) {
    const there = page.querySelector(`[data-list-part="${here.dataset.listPart}"]`);
    if (there) here.replaceWith(document.adoptNode(there));
  }
  for (const [name, isOpen] of open) {
    const group = document.querySelector(`[data-group="${name}"]`);
    if (group && isOpen) group.open = true;
  }
  const whole = document.querySelector("[data-filters]");
  if (whole && isUnfolded) whole.open = true;
  focusOn(from);
  say(document.querySelector("#how-many"));
}

/* The control that was used is new, and is where somebody was; of a tag that was removed, the number is. */
function focusOn(from) {
  const same = from && [...document.querySelectorAll("[data-same-list] :is(input, select, button)")].find(
    (each) => each.name === from.name && (each.type !== "checkbox" || each.value === from.value),
  );
  (same || document.querySelector("#how-many") || document.querySelector("main")).focus({ preventScroll: Boolean(same) });
}

function say(heading) {
  let region = document.querySelector("[data-said]");
  if (!region) {
    region = document.createElement("p");
    region.className = "visually-hidden";
    region.dataset.said = "";
    region.setAttribute("role", "status");
    document.body.append(region);
  }
  // The next turn, so that a screen reader notices a change in a region that it knows.
  setTimeout(() => (region.textContent = heading ? heading.textContent : ""), 100);
}

function sayUnreachable() {
  const notice = document.querySelector("[data-list-unreachable]");
  if (!notice) return;
  notice.hidden = false;
  say(notice);
}

function busy(is) {
  const list = document.querySelector("[data-list]");
  if (list) list.setAttribute("aria-busy", String(is));
}

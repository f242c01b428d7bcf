/* Leaves this page at once: on a press of any [data-exit] link, or on Shift or Escape pressed three times.
 *
 * The page is emptied first, so that nothing shows while the next page loads, or if it never does, and so
 * that the browser keeps no form words to put back. `location.replace` takes this page out of the Back
 * button's way. Nothing is counted, kept or sent. Without this script the link leads away too, over /leave/?blank.
 */

const KEYS = ["Shift", "Escape"];
const PRESSES = 3;
// From one press to the next; after it, counting starts afresh.
const WITHIN_MS = 5000;

let leftFor = null;
// The key that went down with nothing else since: Shift for a capital letter is no press.
let alone = null;
let presses = 0;
let timer = 0;

// While an event is still on its way down, so that no other script of a page can hold it up.
document.addEventListener("click", exitIfAsked, true);
// A middle press would open a second tab and leave this one standing.
document.addEventListener("auxclick", (event) => event.button === 1 && exitIfAsked(event), true);
document.addEventListener("keydown", noteKey, true);
document.addEventListener("keyup", countPress, true);
// Shift held to mark a piece of text, or to scroll sideways, is no press either.
for (const kind of ["mousedown", "wheel"]) document.addEventListener(kind, () => (alone = null), { capture: true, passive: true });
window.addEventListener("pagehide", cover);
window.addEventListener("pageshow", (event) => event.persisted && uncover());

function exitIfAsked(event) {
  if (!event.target.closest("[data-exit]")) return;
  event.preventDefault();
  leave();
}

function noteKey(event) {
  // One Escape too many would stop the next page from loading.
  if (leftFor) event.preventDefault();
  // A key held down counts once.
  if (leftFor || event.repeat) return;
  const isOurs = KEYS.includes(event.key) && !(event.ctrlKey || event.altKey || event.metaKey || event.isComposing);
  alone = isOurs ? event.key : null;
  if (!isOurs && presses) expire();
}

function countPress(event) {
  if (leftFor || event.key !== alone) return;
  alone = null;
  count(presses + 1);
  if (presses === PRESSES) return leave();
  say(presses === 1 ? "two" : "one");
  timer = setTimeout(expire, WITHIN_MS);
}

function expire() {
  count(0);
  say("expired");
  timer = setTimeout(() => say(""), WITHIN_MS);
}

/* Shows in the lights of the exit how many presses there were. */
function count(number) {
  presses = number;
  clearTimeout(timer);
  const exit = document.querySelector("[data-exit-to]");
  if (exit) exit.dataset.presses = number;
}

/* Puts a sentence where a screen reader hears it; its words wait there in the page's own language. */
function say(what) {
  const status = document.querySelector("[data-exit-status]");
  if (status) status.textContent = status.dataset[what] || "";
}

function leave() {
  const exit = document.querySelector("[data-exit-to]");
  const status = document.querySelector("[data-exit-status]");
  leftFor = (exit && (exit.dataset.exitTo || exit.href)) || "/leave/";
  document.title = "\u00a0";
  document.body.textContent = "";
  go();
  if (status) announce(status.dataset.leaving);
}

function go() {
  // Offline, an error page would name where the reader was going, and this page's address would stay above it.
  location.replace(navigator.onLine ? leftFor : "about:blank");
}

/* On an empty page, for the ear alone. */
function announce(words) {
  const alert = document.createElement("p");
  alert.className = "visually-hidden";
  alert.setAttribute("role", "alert");
  document.body.appendChild(alert);
  // Words put into an alert that is there already are heard more surely.
  alert.textContent = words;
}

/* Hidden whenever the page goes, so that a kept copy in the browser's memory is empty if it flashes up. */
function cover() {
  document.documentElement.hidden = true;
}

/* Somebody pressed Back. After an exit the copy is empty, and we leave again. A page that a code opened asks for
 * the code again, for the exit may have been pressed on the page after it. After any other link the reader's
 * words are where they were. */
function uncover() {
  const behindCode = document.querySelector("[data-ask-again-at]");
  if (leftFor) return go();
  if (behindCode) return location.replace(behindCode.dataset.askAgainAt);
  document.documentElement.hidden = false;
  count(0);
  say("");
}

/* Has a link into, within or out of the telling pages take the place of the page it stands on.
 *
 * So a visit to them is one entry of the tab's history, the exit replaces all of it, and Back shows what came
 * before. It holds for jumps within a page too, which add an entry each. Any other link is left alone, and
 * so is one that is asked to open in a tab of its own. Without this script links are what they always were.
 */

const THE_WAY = /^(\/[a-z]{2})?\/(tell|return|take-down)\//;

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (!link || !isPlain(event) || link.target || link.origin !== location.origin) return;
  if (!THE_WAY.test(link.pathname) && !THE_WAY.test(location.pathname)) return;
  event.preventDefault();
  location.replace(link.href);
});

function isPlain(event) {
  return !event.defaultPrevented && event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
}

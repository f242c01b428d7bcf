/* Leaves this page at once: on a press of any [data-exit] link, or on Escape pressed three times.
 *
 * The page is emptied first, so that nothing shows while the next page loads, or if it never does, and so
 * that the browser keeps no form words to put back. `location.replace` takes this page out of the Back
 * button's way. Nothing is counted, kept or sent. Without this script the link still leads to /leave/.
 */

const PRESSES = 3;
const WITHIN_MS = 2000;

let leftFor = null;
let presses = [];

document.addEventListener("click", exitIfAsked);
// A middle press would open a second tab and leave this one standing.
document.addEventListener("auxclick", (event) => event.button === 1 && exitIfAsked(event));
document.addEventListener("keydown", countEscapes);
window.addEventListener("pagehide", cover);
window.addEventListener("pageshow", (event) => event.persisted && uncover());

function exitIfAsked(event) {
  const link = event.target.closest?.("[data-exit]");
  if (!link) return;
  event.preventDefault();
  leave(link);
}

function countEscapes(event) {
  if (event.key !== "Escape") {
    presses = [];
    return;
  }
  // A key held down counts once.
  if (event.repeat) return;
  const at = performance.now();
  presses = [...presses.filter((earlier) => at - earlier < WITHIN_MS), at];
  if (presses.length >= PRESSES) leave(document.querySelector("[data-exit]"));
}

function leave(link) {
  leftFor = link?.dataset.exitTo || link?.href || "/leave/";
  cover();
  document.title = "\u00a0";
  document.body.replaceChildren();
  go();
}

function go() {
  // Offline, an error page would name where the reader was going; an empty page names nothing.
  location.replace(navigator.onLine ? leftFor : "about:blank");
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
  if (leftFor) go();
  else if (behindCode) location.replace(behindCode.dataset.askAgainAt);
  else document.documentElement.hidden = false;
}

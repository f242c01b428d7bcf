/* Has the browser ask before a page goes away with words in a box that were not sent or saved, or with a code that
 * nobody has yet: until *I have it* is pressed.
 *
 * Our own buttons take the words along, so at them it is silent. The exit empties the page before it leaves (exit.js),
 * so there is nothing to ask about, and it leaves as fast as ever. A telephone number leaves the page where it is, but
 * browsers count it as leaving: nobody who calls for help is asked anything. Words under data-kept are ours to bring
 * back for as long as they stand there unchanged. Nothing is kept by this; without it, words go with the page.
 */

const SILENT = "[data-exit], a[href^='tel:'], a[href^='sms:'], a[href^='mailto:']";
const A_MOMENT_MS = 1000;
let silentUntil = 0;

document.addEventListener("click", (event) => event.target.closest(SILENT) && beSilent(), true);
// What goes by `fetch` leaves the page where it is.
document.addEventListener("submit", (event) => event.defaultPrevented || beSilent());
window.addEventListener("beforeunload", (event) => {
  if (performance.now() < silentUntil || !(hasUnsentWords() || document.querySelector("[data-have-it]:not([hidden])"))) return;
  event.preventDefault();
  // For browsers that know no other sign.
  event.returnValue = true;
});

function beSilent() {
  silentUntil = performance.now() + A_MOMENT_MS;
}

function hasUnsentWords() {
  // Those of the page before come along in fields that nobody sees.
  const boxes = document.querySelectorAll("textarea, [data-unsent]");
  return Array.from(boxes).some((box) => box.value.trim() !== "" && !isKept(box));
}

function isKept(box) {
  return box.closest("[data-kept]") !== null && box.value === box.defaultValue;
}

/* Keeps the code on its page until somebody has it.
 *
 * The page came by `fetch`, so the browser can't load it again, and nothing may keep the code: until *I have it* is
 * pressed, the browser asks before it leaves. Loaded again all the same, the address brings an empty form, as if nothing
 * had been sent; so it carries a mark, without code or token, and then says that what was sent is safe. The exit never
 * asks: it empties the page first, and the button is gone. Nor does a press that leads to a telephone or to a file.
 */

const MARK = "#done";
// Whatever leaves the page of itself does so within this.
const PRESSED_MS = 1000;
let isOurs = false;

document.addEventListener("shown", begin);
window.addEventListener("hashchange", mark);
window.addEventListener("beforeunload", ask);
document.addEventListener("click", (event) => event.target.closest("a[href^='tel:'], a[href^='sms:']") && letGo(), true);
document.addEventListener("submit", (event) => !event.defaultPrevented && letGo());
document.addEventListener("click", (event) => event.target.closest("[data-have-it]") && (event.target.hidden = true));
if (location.hash === MARK) sayItIsSafe();

function begin() {
  mark();
  if (button()) button().hidden = false;
}

/* A jump within the page takes the mark's place, and gives it back. */
function mark() {
  if (document.querySelector("[data-done]")) history.replaceState(null, "", location.pathname + MARK);
}

function button() {
  return document.querySelector("[data-have-it]");
}

function ask(event) {
  if (isOurs || !button() || button().hidden) return;
  event.preventDefault();
  // Browsers before 2024 ask for this instead.
  event.returnValue = true;
}

function letGo() {
  isOurs = true;
  setTimeout(() => (isOurs = false), PRESSED_MS);
}

function sayItIsSafe() {
  const safe = document.querySelector("[data-after-done]");
  if (!safe) return;
  document.querySelector(".page__heading").textContent = "";
  document.querySelector(".page__body").replaceChildren(safe.content.cloneNode(true));
}

/* What keeps a page with a code from looking, once it is loaded again, as if nothing had been sent.
 *
 * The page came by `fetch`, and nothing may keep its code: loaded again, its address brings an empty form. So the address
 * gets a mark, without code or token, and under that mark the form's place is taken by a word that all is safe. With
 * *I have it*, which only this shows, somebody ends the browser's asking before the page goes (unsent.js).
 */

const MARK = "#done";

document.addEventListener("shown", begin);
window.addEventListener("hashchange", mark);
document.addEventListener("click", (event) => event.target.closest("[data-have-it]") && end(event.target));
if (location.hash === MARK) sayItIsSafe();

function begin() {
  mark();
  for (const button of document.querySelectorAll("[data-have-it]")) button.hidden = false;
}

/* A jump within the page takes the mark's place, and gives it back. */
function mark() {
  if (document.querySelector("[data-done]")) history.replaceState(null, "", location.pathname + MARK);
}

function end(button) {
  button.hidden = true;
  document.querySelector("main").focus({ preventScroll: true });
}

function sayItIsSafe() {
  const safe = document.querySelector("[data-after-done]");
  if (!safe) return;
  document.querySelector(".page__heading").textContent = "";
  const body = document.querySelector(".page__body");
  body.textContent = "";
  body.appendChild(safe.content.cloneNode(true));
}

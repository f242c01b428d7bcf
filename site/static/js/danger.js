/* Says whom to call, where a page begins with it, to whoever hears the page: it came by `fetch`, and nothing of it was
 * loaded anew. The region that says it stays when the page's parts are swapped, so that it is listened to already.
 */

document.addEventListener("shown", say);

function say() {
  const region = document.querySelector("[data-announced]");
  const danger = document.getElementById("danger-now");
  if (!region || !danger) return;
  const words = Array.from(danger.querySelectorAll("h2, h2 + p, li > a"), (each) => each.textContent.trim());
  // The next turn, so that a change is noticed, and after what else empties the region.
  setTimeout(() => (region.textContent = words.join(". ")), 100);
}

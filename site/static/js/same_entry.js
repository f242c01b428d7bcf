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

/* Lets somebody pass a story on by whatever their device has for it. Its address alone: a title may be no quote.
 *
 * Nothing is counted. Without this script, or where there is no such thing, the address stands there to copy.
 */

const button = document.querySelector("[data-share]");

if (button && navigator.share) {
  button.hidden = false;
  button.addEventListener("click", () => navigator.share({ url: button.dataset.share }).catch(() => {}));
}

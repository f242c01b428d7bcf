/* Some browsers send what is typed to their maker, to check its spelling or to offer words: not from the room. Wagtail's
 * own template has no place to say so in the page. */
document.documentElement.setAttribute("spellcheck", "false");
document.documentElement.setAttribute("writingsuggestions", "false");

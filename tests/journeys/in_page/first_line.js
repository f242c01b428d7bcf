(text) => {
  const words = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  const line = document.createRange();
  line.selectNode(words.nextNode());
  return line.getClientRects()[0].bottom + scrollY;
}

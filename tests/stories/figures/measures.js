// What a browser measures of a drawn chart, each under its name.

// The least room in px between the words of two cells that stand beside each other.
/* gaps */
() => Math.min(...[...document.querySelectorAll('.table tr')].flatMap(row => {
  const boxes = [...row.cells].filter(cell => cell.textContent).map(cell => {
    const range = document.createRange(); range.selectNodeContents(cell); return range.getBoundingClientRect()
  })
  return boxes.slice(1).map((box, at) => box.left - boxes[at].right)
}))

/* broken words */
() => [...document.querySelectorAll('.table th')].flatMap(cell => [...cell.textContent.matchAll(/\S+/g)]
  .filter(word => {
  const range = document.createRange()
  range.setStart(cell.firstChild, word.index); range.setEnd(cell.firstChild, word.index + word[0].length)
  return range.getClientRects().length > 1
}).map(word => word[0]))

/* too wide */
() => [...document.querySelectorAll('.chart--map a')].filter(each =>
  each.querySelector('text') && each.querySelector('rect') &&
  each.querySelector('text').getComputedTextLength() > each.querySelector('rect').getBoundingClientRect().width - 3
).map(each => each.textContent)

/* on one line */
() => [...document.querySelectorAll('.chart a:not([aria-label])')].map(each => {
  const words = each.querySelector('.chart__words'), value = each.querySelector('.chart__value')
  return words.getAttribute('y') === value.getAttribute('y')
})

/* overlaps */
() => [...document.querySelectorAll('.chart a:not([aria-label])')].filter(each => {
  const words = each.querySelector('.chart__words'), value = each.querySelector('.chart__value')
  return words.getAttribute('y') === value.getAttribute('y') &&
    words.getBoundingClientRect().right + 4 > value.getBoundingClientRect().left
}).map(each => each.textContent)

// What is pressed to the right of the words and left of the number, at the foot of the row.
/* pressed between */
() => [...document.querySelectorAll('.chart__row')].map(row => {
  const box = row.getBoundingClientRect()
  window.scrollTo(0, box.top + window.scrollY - 300)
  const now = row.getBoundingClientRect()
  return document.elementFromPoint(now.left + now.width * 0.9, now.bottom - 2)?.closest('a')?.getAttribute('href')
})

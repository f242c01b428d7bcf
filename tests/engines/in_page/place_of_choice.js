(css) => {
  const choice = document.querySelector(css);
  const label = choice && choice.labels[0];
  if (!label) return;
  label.scrollIntoView({ block: "center", behavior: "instant" });
  const box = label.getClientRects()[0];
  if (box && box.width > 1) return [box.x + Math.min(box.width / 2, 60), box.y + Math.min(box.height / 2, 20)];
}

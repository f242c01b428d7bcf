async ([inside, options]) => {
    document.getAnimations().forEach(each => each.finish());  // a colour on its way is neither of the two
    const found = await axe.run(inside, options);
    // What a bar that stays on the screen covers is a matter of where the window stands.
    const isCovered = node => node.failureSummary.includes("partially obscured");
    const told = (rule, node) => `${rule.id}: ${node.target} (${node.failureSummary.split("\n")[1]?.trim()})`;
    return found.violations.flatMap(rule => rule.nodes.filter(node => !isCovered(node)).map(node => told(rule, node)));
}

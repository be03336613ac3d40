/** A way round: the nodes in the order in which each waits for the next, the last for the first. */
export type Cycle = readonly number[];

/** One way round for every set of nodes that wait for each other (Tarjan's strongly connected components, then the shortest way round in each). */
export function cyclesOf(edges: readonly (readonly { readonly to: number }[])[]): Cycle[] {
  return componentsOf(edges).flatMap((component) => {
    const inside = new Set(component);
    const start = Math.min(...component);
    return [wayRound(start, inside, edges)];
  });
}

function componentsOf(edges: readonly (readonly { readonly to: number }[])[]): number[][] {
  const index = new Map<number, number>();
  const low = new Map<number, number>();
  const stack: number[] = [];
  const onStack = new Set<number>();
  const found: number[][] = [];
  for (const [root] of edges.entries()) {
    if (index.has(root)) continue;
    // Each frame is a node and how many of its edges are done: no recursion, a host may have tens of thousands of nodes.
    const frames: { node: number; next: number }[] = [];
    const enter = (node: number): void => {
      index.set(node, index.size);
      low.set(node, index.get(node) ?? 0);
      stack.push(node);
      onStack.add(node);
      frames.push({ node, next: 0 });
    };
    enter(root);
    for (let frame = frames.at(-1); frame !== undefined; frame = frames.at(-1)) {
      const edge = edges[frame.node]?.[frame.next];
      if (edge !== undefined) {
        frame.next += 1;
        if (!index.has(edge.to)) enter(edge.to);
        else if (onStack.has(edge.to)) low.set(frame.node, Math.min(low.get(frame.node) ?? 0, index.get(edge.to) ?? 0));
        continue;
      }
      frames.pop();
      const parent = frames.at(-1);
      if (parent !== undefined) low.set(parent.node, Math.min(low.get(parent.node) ?? 0, low.get(frame.node) ?? 0));
      if (low.get(frame.node) !== index.get(frame.node)) continue;
      const component: number[] = [];
      for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
        onStack.delete(node);
        component.push(node);
        if (node === frame.node) break;
      }
      const [only] = component;
      if (component.length > 1 || (only !== undefined && edges[only]?.some(({ to }) => to === only))) found.push(component);
    }
  }
  return found;
}

/** The shortest way from a node back to itself inside its component. */
function wayRound(start: number, inside: ReadonlySet<number>, edges: readonly (readonly { readonly to: number }[])[]): number[] {
  const from = new Map<number, number>();
  const queue = [start];
  for (let node = queue.shift(); node !== undefined; node = queue.shift()) {
    for (const { to } of edges[node] ?? []) {
      if (to === start) {
        const way = [node];
        for (let at = node; at !== start;) way.push((at = from.get(at) ?? start));
        return way.reverse();
      }
      if (inside.has(to) && !from.has(to)) {
        from.set(to, node);
        queue.push(to);
      }
    }
  }
  return [start];
}

import type { FleetRule } from '../rule.ts';
import { nodesOf } from '../tree/cluster-tree.ts';
import { cyclesOf } from '../tree/cycles.ts';
import { orderOf } from '../tree/order.ts';

/** An empty cluster can be built: nothing waits for what comes after it. */
export const bootstrapOrder: FleetRule = {
  id: 'bootstrap-order',
  scope: 'fleet',
  severity: 'error',
  title: 'A cluster can be built from nothing: what is tracked never waits for itself, by dependsOn, waves, definitions or namespaces',
  fix: 'move the object to where its definition is there already, such as an app or an external app, or take the order away',
  check(index, report) {
    for (const host of index.trees.tracking.keys()) {
      const nodes = nodesOf(index.trees, host);
      const edges = orderOf(nodes, index.trees);
      for (const cycle of cyclesOf(edges)) {
        const steps = cycle.flatMap((at, position) => {
          const next = cycle[(position + 1) % cycle.length] ?? at;
          // An object tells more than an order that is written down.
          const step = edges[at]?.filter(({ to }) => to === next).sort((a, b) => Number(b.field === 'apiVersion') - Number(a.field === 'apiVersion'))[0];
          return step === undefined ? [] : [{ name: nodes[at]?.tracking.name ?? '', step }];
        });
        const told = steps.find(({ step }) => step.field === 'apiVersion') ?? steps.find(({ step }) => step.field === 'metadata.namespace') ?? steps[0];
        if (told === undefined) continue;
        report(told.step.object, { field: told.step.field, message: `on ${host} these wait for each other for ever: ${steps.map(({ name, step }) => `${name} ${step.why}`).join('; ')}` });
      }
    }
  },
};

import { assembleFleet } from '../../../lib/model/assemble.ts';
import type { CloudInput } from '../../../lib/model/delivery/clouds.ts';
import type { AppDeliveryInput, Delivery, DeliveryInput } from '../../../lib/model/delivery/delivery.ts';
import type { Assembled } from '../../../lib/model/fleet.ts';
import { draft, sourcesOf, type Draft } from '../sources.ts';

/** The tests' fleet with deliveries, each in a file named like it. */
export function withDeliveries(deliveries: readonly DeliveryInput[], edit: (edited: Draft) => void = () => undefined): Assembled {
  const edited = draft();
  edit(edited);
  edited.fleet['delivery'] ??= deliveries;
  return assembleFleet({ ...sourcesOf(edited), deliveries: deliveries.map((value) => ({ file: `environments/delivery/${value.name}.ts`, value })) });
}

/** The tests' fleet with one delivery named `images`. */
export function assembled(cloud: CloudInput, apps: Readonly<Record<string, AppDeliveryInput>>, edit?: (edited: Draft) => void): Assembled {
  return withDeliveries([{ name: 'images', cloud, apps }], edit);
}

/** A delivery with which nothing is wrong. */
export function deliveryOf(cloud: CloudInput, apps: Readonly<Record<string, AppDeliveryInput>>, edit?: (edited: Draft) => void): Delivery {
  const { fleet, problems } = assembled(cloud, apps, edit);
  const [delivery] = fleet.deliveries;
  if (delivery === undefined || problems.length > 0) throw new Error(`expected a delivery without problems, got ${JSON.stringify(problems)}`);
  return delivery;
}

/** What is wrong with a delivery, as `<where>: <message>`. */
export function problemsOf(cloud: CloudInput, apps: Readonly<Record<string, AppDeliveryInput>>, edit?: (edited: Draft) => void): string[] {
  return assembled(cloud, apps, edit).problems.map(({ where, message }) => `${where}: ${message}`).sort();
}

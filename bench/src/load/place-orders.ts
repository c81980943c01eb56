import { newId, signIn } from '@ticketing/common/testing';
import type { Rig } from '../rig/rig';
import { insist } from './ask';

const BUYERS = 16;

/** So many orders, by buyers who each wait for an answer before they order again. */
export async function placeOrders(rig: Rig, count: number): Promise<void> {
  const url = `${rig.url('orders')}/api/orders`;
  let left = count;
  const buy = async (cookie: string) => {
    while (left-- > 0) await insist(201, url, { method: 'POST', cookie, body: { ticketId: rig.stock.take() } });
  };
  await Promise.all(Array.from({ length: BUYERS }, () => buy(signIn(newId()))));
}

/**
 * Orders that nobody counts, until the code on their way is compiled: in its first minute a Node process takes three times
 * as long for each of them as later. Done once, and again when a service was started anew.
 */
export async function warmUp(rig: Rig): Promise<void> {
  if (rig.isWarm) return;
  const { warmUpOrders } = rig.sizes;
  await rig.stock.renew(warmUpOrders);
  await placeOrders(rig, warmUpOrders);
  await rig.quiet();
  rig.isWarm = true;
}

import type { Place } from '../../harness/crashes/crash-points';
import { buy, isRefunded, type Play } from './plays';

/** What an operator does with a command that dies over it, and how it ends. */
export type CommandPlay = (place: Place) => Play;

/** The wish to refund was written down, and the service fulfils it when it is there: not before the command could. */
export const refunds: CommandPlay = (place) => async (site) => {
  const { ticket, order } = await buy(site);
  const part = site.shop.system.part(place.service as 'payments');
  await part.stop();
  await site.commandDies(place, 'refund', order.id);
  await part.start();
  await isRefunded(site, order, ticket);
};

/** It is run again, and everything is announced. */
export const republishes: CommandPlay = (place) => async (site) => {
  await buy(site);
  await site.commandDies(place, 'events', 'republish');
  expect(await site.command(place.service, 'events', 'republish')).toBe(0);
};

/** It is run again: versions are raised twice, which is as good as once. */
export const raisesVersions: CommandPlay = (place) => async (site) => {
  await buy(site);
  const part = site.shop.system.part(place.service as 'orders');
  await part.stop();
  await site.commandDies(place, 'events', 'bump');
  expect(await site.command(place.service, 'events', 'bump')).toBe(0);
  await part.start();
  expect(await site.command(place.service, 'events', 'republish')).toBe(0);
};

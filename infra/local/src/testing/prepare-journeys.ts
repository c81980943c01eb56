import { buildClient } from '../system/client';
import fetchServers from './fetch-servers';

/** Before the first journey, or two systems would build the client at the same time. */
export default async function prepareJourneys(): Promise<void> {
  await Promise.all([fetchServers(), buildClient(() => undefined)]);
}

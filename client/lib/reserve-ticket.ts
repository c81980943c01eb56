import type { Api } from '../api/calls';
import { toApiError } from '../api/errors';
import type { Order } from '../api/types';
import { wait } from './wait';

/** Orders learns of a new ticket by an event, so its 404 may only mean "not yet". */
const waits = [300, 600, 1000, 2000, 4000];

interface Reservation {
  api: Api;
  ticketId: string;
  signal: AbortSignal;
  onDelay: () => void;
}

/** Reserves a ticket; a buyer who holds it already gets the order that holds it. */
export async function reserveTicket(reservation: Reservation, attempt = 0): Promise<Pick<Order, 'id'>> {
  const { api, ticketId, signal, onDelay } = reservation;
  try {
    return await api.createOrder(ticketId);
  } catch (caught) {
    const error = toApiError(caught);
    const delay = waits[attempt];
    if (error.status !== 404 || delay === undefined) throw error;
    await api.showTicket(ticketId);
    onDelay();
    await wait(delay, signal);
    return reserveTicket(reservation, attempt + 1);
  }
}

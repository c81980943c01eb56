import type { EventType } from '@ticketing/common';
import type { Place } from '../../harness/crashes/crash-points';
import { raisesVersions, refunds, republishes, type CommandPlay } from './operators';
import * as play from './plays';
import type { Play } from './plays';

/** Who dies where, and in which play. */
export interface Case extends Place {
  readonly play: Play;
  /** Who dies is an operator's command, and not the service. */
  readonly isCommand?: true;
  /** The dead process leaves a claim behind, which runs out after half a minute. */
  readonly leavesClaim?: true;
}

/** What leads to an event. */
const causes: Record<EventType, Play> = {
  'ticket:created': play.lists,
  'ticket:updated': play.edits,
  'ticket:deleted': play.withdraws,
  'order:created': play.reserves,
  'order:cancelled': play.cancels,
  'order:completed': play.buys,
  'payment:created': play.buys,
  'payment:failed': play.isRefusedAtCapture,
  'expiration:complete': play.letsExpire,
};

const hearers: Partial<Record<EventType, readonly string[]>> = {
  'ticket:created': ['orders'],
  'ticket:updated': ['orders'],
  'ticket:deleted': ['orders'],
  'order:created': ['tickets', 'payments'],
  'order:cancelled': ['tickets', 'payments'],
  'order:completed': ['tickets', 'payments'],
  'payment:created': ['orders'],
  'payment:failed': ['orders'],
  'expiration:complete': ['orders'],
};

const orderEvents = ['order:created', 'order:cancelled', 'order:completed'] as const;
const ticketEvents = ['ticket:created', 'ticket:updated', 'ticket:deleted'] as const;
const paymentEvents = ['payment:created', 'payment:failed'] as const;

export const ticketsCases: Case[] = [
  ...speaking('tickets', ticketEvents),
  ...hearing('tickets', orderEvents),
  ...commanding('tickets'),
];

export const authCases: Case[] = [
  dies('auth', 'account created, not yet answered', play.signsUp),
  dies('auth', 'hash renewed, not yet answered', play.signsInAfterYears),
];

export const ordersCases: Case[] = [
  ...speaking('orders', orderEvents),
  ...hearing('orders', [...ticketEvents, ...paymentEvents]),
  dies('orders', 'order inserted, its ticket not yet looked at again', play.withdrawsMeanwhile),
  dies('orders', 'withdrawal stored, its order not yet cancelled', play.withdrawsReserved),
  ...commanding('orders'),
];

export const paymentsCases: Case[] = [
  ...speaking('payments', paymentEvents),
  ...hearing('payments', orderEvents),
  { ...dies('payments', 'payment claimed, Stripe not yet asked', play.buys), leavesClaim: true },
  { ...dies('payments', 'intent created, not yet noted', play.buys), leavesClaim: true },
  { ...dies('payments', 'intent noted, not yet confirmed', play.buys), leavesClaim: true },
  { ...dies('payments', 'token used up, its card not yet charged', play.buys), leavesClaim: true },
  { ...dies('payments', 'outcome noted, claim not yet released', play.isDeclinedAndPays), leavesClaim: true },
  dies('payments', 'intent confirmed, outcome not yet noted', play.buys),
  dies('payments', 'news of Stripe noted, not yet settled', play.agreesAtTheBank),
  dies('payments', 'news of Stripe noted, its event not yet stored', play.agreesAtTheBank),
  dies('payments', 'order followed, its money not yet settled', play.reserves, 'created'),
  dies('payments', 'order followed, its money not yet settled', play.buys, 'complete'),
  dies('payments', 'order followed, its money not yet settled', play.isDeclinedAndCancels, 'cancelled'),
  dies('payments', 'money captured, not yet recorded', play.buys),
  dies('payments', 'capture refused, not yet recorded', play.isRefusedAtCapture),
  dies('payments', 'authorisation voided, not yet recorded', play.isRefusedAtCapture),
  dies('payments', 'money refunded, not yet recorded', play.isRefundedLater),
  commandDies('payments', 'refund requested, not yet made', refunds),
  commandDies('payments', 'money refunded, not yet recorded', refunds),
  commandDies('payments', 'saved, not yet sent', refunds, 'payment:failed'),
  ...commanding('payments'),
];

/** For a shop in which reservations last a few seconds. */
export const expiryCases: Case[] = [
  dies('expiration', 'handled, not yet acknowledged', play.letsExpire, 'order:created'),
  dies('expiration', 'timer gone off, its prompt not yet published', play.letsExpire),
  dies('expiration', 'prompt published, its job not yet done', play.letsExpire),
  ...hearing('orders', ['expiration:complete']),
  dies('orders', 'saved, not yet sent', play.letsExpireUnprompted, 'order:cancelled'),
  dies('orders', 'sent, still in the outbox', play.letsExpire, 'order:cancelled'),
  dies('orders', 'overdue order cancelled, its ticket not yet reserved', play.takesOver),
];

function dies(service: string, point: string, whileOne: Play, about?: string): Case {
  return { service, point, about, play: whileOne };
}

function commandDies(service: string, point: string, operator: CommandPlay, about?: string): Case {
  return { ...dies(service, point, operator({ service, point, about }), about), isCommand: true };
}

function speaking(service: string, types: readonly EventType[]): Case[] {
  return types.flatMap((type) => [
    dies(service, 'saved, not yet sent', causes[type], type),
    dies(service, 'sent, still in the outbox', causes[type], type),
  ]);
}

function hearing(service: string, types: readonly EventType[]): Case[] {
  return types.flatMap((type) => {
    const failing = play.failsAtFirst(service, type, causes[type]);
    return [
      dies(service, 'handled, not yet acknowledged', causes[type], type),
      dies(service, 'parked, not yet acknowledged', failing, type),
      { ...dies(service, 'claimed for another try, not yet handled', failing, type), leavesClaim: true },
      { ...dies(service, 'handled again, still parked', failing, type), leavesClaim: true },
      dies(service, 'buried, not yet acknowledged', play.isNoEvent(type, hearers[type] ?? []), type),
    ];
  });
}

function commanding(service: string): Case[] {
  return [
    commandDies(service, 'state announced again, the next one not yet', republishes),
    commandDies(service, 'versions raised, the operator not yet told', raisesVersions),
  ];
}

import { relative } from 'node:path';
import { say } from '../output';
import { dataFolder } from '../system/paths';
import type { System } from '../system/system';
import { styled } from '../terminal';

const EXAMPLE_CARDS = `4242 4242 4242 4242 is accepted, 4000 0000 0000 0002 is declined`;

/** What a person who has just started the system wants to know. */
export function welcome(system: System, milliseconds: number): void {
  const lines = [
    '',
    styled('bold', `Ready after ${(milliseconds / 1000).toFixed(1)} s: ${system.url}`),
    '',
    '  Sign up and list a ticket. Sign up as somebody else in a private window, reserve it and pay for it.',
    ...(system.ledgerUrl
      ? [
          `  Payments go to a stand-in for Stripe, no money moves: ${EXAMPLE_CARDS}.`,
          `  What it booked: ${system.ledgerUrl}`,
        ]
      : ['  Payments go to Stripe, by STRIPE_KEY.']),
    '  In another terminal: npm run seed fills the shop, npm run events -- list shows what could not be handled.',
    `  Ctrl-C stops everything; the data stays in ${relative('', dataFolder())}.`,
    '',
  ];
  for (const line of lines) say(line);
}

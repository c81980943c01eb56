import { eventMeanings, eventTypes } from '@ticketing/common';
import type { RouteFacts, ServiceFacts, SettingFacts } from './service-facts';

/** What the client reads; its `lib/config.ts` says how. */
const CLIENT_SETTINGS: SettingFacts[] = [
  { name: 'AUTH_URL', description: 'Where it asks the service while it renders a page', optional: false },
  { name: 'TICKETS_URL', description: 'As AUTH_URL', optional: false },
  { name: 'ORDERS_URL', description: 'As AUTH_URL', optional: false },
  { name: 'PAYMENTS_URL', description: 'As AUTH_URL', optional: false },
  { name: 'PUBLIC_ORIGIN', description: 'As of the services', optional: true },
  { name: 'GATEWAY_URL', description: 'Stands for those of the four that are not set', optional: true },
  { name: 'STRIPE_PUBLISHABLE_KEY', description: "Shows Stripe's form for cards: pk_…", optional: true },
  {
    name: 'PAYMENTS_TEST_FORM',
    description: 'Shows the form for test cards, which pays no real money',
    optional: true,
    fallback: 'false',
  },
  {
    name: 'PAYMENTS_TEST_BANK',
    description:
      "Origin of Stripe's stand-in, whose page plays the bank that wants to hear from the buyer of a test card",
    optional: true,
  },
];

export function serviceTable(services: readonly ServiceFacts[]): string {
  const rows = services.map(({ name, description, routes }) => [`[${name}](${name})`, description, prefixes(routes)]);
  return table(['Service', 'What it is', 'Paths'], rows);
}

/** For each service that has routes. Errors that each route of its kind can have stand in the document only. */
export function routeTable(services: readonly ServiceFacts[]): string {
  const rows = services.flatMap(({ routes }) =>
    routes.map(({ name, summary, who, statuses, codes }) => [
      `\`${name}\``,
      summary,
      who === 'webhook' ? 'Stripe, by its signature' : who,
      statuses.join(', '),
      listOf(codes),
    ]),
  );
  return table(['Route', 'What it does', 'Who', 'Answers', 'Refuses with'], rows);
}

export function eventTable(services: readonly ServiceFacts[]): string {
  const named = (those: readonly ServiceFacts[]) => those.map(({ name }) => name).join(', ');
  const rows = eventTypes.map((type) => [
    `\`${type}\``,
    eventMeanings[type],
    named(services.filter(({ says }) => says.includes(type))),
    named(services.filter(({ hears }) => hears.includes(type))) || 'nobody',
  ]);
  return table(['Event', 'What has happened', 'Said by', 'Heard by'], rows);
}

export function settingsTable(services: readonly ServiceFacts[]): string {
  const users = new Map<string, { setting: SettingFacts; of: string[] }>();
  for (const { name, settings } of [...services, { name: 'client', settings: CLIENT_SETTINGS }]) {
    for (const setting of settings) {
      const known = users.get(setting.name) ?? { setting, of: [] };
      known.of.push(name);
      users.set(setting.name, known);
    }
  }
  const rows = [...users.values()].map(({ setting, of }) => [
    `\`${setting.name}\``,
    services.every(({ name }) => of.includes(name)) ? 'all services' : of.join(', '),
    setting.fallback ? `\`${setting.fallback}\`` : setting.optional ? 'none, may stay unset' : 'none, has to be set',
    setting.description,
  ]);
  return table(['Setting', 'Of', 'Default', 'What it is'], rows);
}

function prefixes(routes: readonly RouteFacts[]): string {
  const all = routes.map(({ name }) => /\/api\/\w+/.exec(name)?.[0] ?? name);
  return [...new Set(all)].map((prefix) => `\`${prefix}\``).join(', ') || 'none';
}

function listOf(words: readonly string[]): string {
  return words.map((word) => `\`${word}\``).join('<br>') || 'none';
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => '---'), ...rows];
  return lines.map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`).join('\n');
}

import type { ServiceFacts, SettingFacts } from './service-facts';

/** What the client reads; its `lib/config.ts` says how. */
const CLIENT_SETTINGS: SettingFacts[] = [
  { name: 'AUTH_URL', description: 'Where it asks the service while it renders a page', optional: false },
  { name: 'TICKETS_URL', description: 'As AUTH_URL', optional: false },
  { name: 'ORDERS_URL', description: 'As AUTH_URL', optional: false },
  { name: 'PAYMENTS_URL', description: 'As AUTH_URL', optional: false },
  { name: 'GATEWAY_URL', description: 'Stands for those of the four that are not set', optional: true },
  { name: 'STRIPE_PUBLISHABLE_KEY', description: "Shows Stripe's form for cards: pk_…", optional: true },
  {
    name: 'PAYMENTS_TEST_FORM',
    description: 'Shows the form for test cards, which pays no real money',
    optional: true,
    fallback: 'false',
  },
];

export function serviceTable(services: readonly ServiceFacts[]): string {
  const rows = services.map(({ name, description, routes, hears, says }) => [
    `[${name}](${name})`,
    description,
    listOf(routes),
    listOf(hears),
    listOf(says),
  ]);
  return table(['Service', 'What it is', 'Routes', 'Hears', 'Says'], rows);
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
    of.length === services.length ? 'all services' : of.join(', '),
    setting.fallback ? `\`${setting.fallback}\`` : setting.optional ? 'none, may stay unset' : 'none, has to be set',
    setting.description,
  ]);
  return table(['Setting', 'Of', 'Default', 'What it is'], rows);
}

function listOf(words: readonly string[]): string {
  return words.map((word) => `\`${word}\``).join('<br>') || 'nothing';
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => '---'), ...rows];
  return lines.map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`).join('\n');
}

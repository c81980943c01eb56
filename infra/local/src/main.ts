import { audit } from './commands/audit';
import { dev } from './commands/dev';
import { events } from './commands/events';
import { HELP } from './commands/help';
import { refund } from './commands/refund';
import { start } from './commands/start';
import { explain } from './fault';
import { say } from './output';
import { seed } from './seed/seed';

const commands: Record<string, (args: readonly string[]) => Promise<void>> = {
  start,
  dev,
  seed,
  events,
  refund,
  audit,
};

async function main([name = '', ...args]: readonly string[]): Promise<void> {
  const command = commands[name];
  if (!command || args.includes('--help')) say(HELP);
  else await command(args);
}

main(process.argv.slice(2)).then(
  () => process.exit(),
  (error: unknown) => {
    process.stderr.write(`${explain(error)}\n`);
    process.exit(1);
  },
);

import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import type { SystemOptions } from '@ticketing/local';

const run = promisify(execFile);
const clone = path.resolve(__dirname, '../..');

export const servicesWithState = ['tickets', 'orders', 'payments'] as const;
export type ServiceWithState = (typeof servicesWithState)[number];

/** Gives a service's own commands, as they are in its image, with the settings that the service runs with. */
export class Operator {
  private readonly settings = new Map<string, Record<string, string>>();

  /** For `startSystem`: takes note of the settings. */
  readonly adjust: NonNullable<SystemOptions['adjust']> = (part, settings) => {
    this.settings.set(part, settings);
    return settings;
  };

  /** @returns what the command printed */
  async command(service: ServiceWithState, name: 'events' | 'refund', ...words: string[]): Promise<string> {
    const script = path.join(clone, service, 'dist/commands', `${name}.js`);
    const { stdout } = await run(process.execPath, [script, ...words], { env: { ...this.settings.get(service) } });
    return stdout;
  }

  async republishAll(): Promise<void> {
    await Promise.all(servicesWithState.map((service) => this.command(service, 'events', 'republish')));
  }
}

import { readFileSync } from 'node:fs';
import { describeApi, saidBy, type Operation, type ServiceDefinition } from '@ticketing/common';
import { say } from '../output';
import { inClone } from '../system/paths';
import type { RouteFacts, ServiceFacts, SettingFacts } from './service-facts';

/** Loads the built definition of a service and prints what it says, as JSON. */
export function printFacts(service: string): void {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the one service that this process is asked for
  const exported = require(inClone(service, 'dist', 'service.js')) as Record<string, ServiceDefinition>;
  const definition = exported[service];
  if (!definition) throw new Error(`${service}/src/service.ts exports no "${service}"`);
  const { description } = JSON.parse(readFileSync(inClone(service, 'package.json'), 'utf8')) as { description: string };
  const operations = [...definition.routes, ...definition.webhooks].map(({ operation }) => operation);
  const facts: ServiceFacts = {
    name: definition.name,
    description,
    routes: operations.map(routeFacts),
    hears: definition.listeners.map((Listener) => new Listener().subject),
    says: saidBy(service),
    settings: settingsOf(definition),
    ...(operations.length > 0 && { document: describeApi(definition.name, operations) }),
  };
  say(JSON.stringify(facts));
}

function routeFacts({ method, path, summary, who, answers, errors = {} }: Operation): RouteFacts {
  const name = `${method.toUpperCase()} ${path}`;
  return { name, summary, who, statuses: Object.keys(answers), codes: Object.keys(errors) };
}

function settingsOf({ config }: ServiceDefinition): SettingFacts[] {
  return Object.entries(config.shape).map(([name, setting]) => {
    const unset = setting.safeParse(undefined);
    const fallback = unset.success ? (unset.data as { toString(): string } | undefined)?.toString() : undefined;
    return { name, description: setting.description ?? '', optional: unset.success, ...(fallback && { fallback }) };
  });
}

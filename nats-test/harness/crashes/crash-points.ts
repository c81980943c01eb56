import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { factsOf, SERVICES, type ServiceFacts } from '@ticketing/local';
import ts from 'typescript';

/** A crash point, and one of those who come by it. */
export interface Place {
  readonly service: string;
  readonly point: string;
  readonly about?: string | undefined;
}

/** A call of `crashPoint`, as the code has it. */
interface Call {
  /** From the root of the clone. */
  readonly file: string;
  readonly point: string;
  readonly about: string | undefined;
}

const root = path.resolve(__dirname, '../../..');
const OF_COMMANDS = 'common/src/commands/';
const OF_DATABASES = ['common/src/messaging/outbox/', 'common/src/messaging/parking/'];

/** Every place where a process may die between two side effects, read from the code. */
export async function placesInCode(): Promise<Place[]> {
  const calls = ['common', ...SERVICES]
    .flatMap((room) => sourcesOf(room))
    .flatMap(({ file, source }) => callsIn(file, source));
  const services = await Promise.all(SERVICES.map(factsOf));
  return calls.flatMap((call) => placesOf(call, services));
}

function sourcesOf(room: string): { file: string; source: string }[] {
  const files = readdirSync(path.join(root, room, 'src'), { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => file.endsWith('.ts'))
    .map((file) => path.posix.join(room, 'src', file))
    .map((file) => ({ file, source: readFileSync(path.join(root, file), 'utf8') }));
}

/** @throws Error for a point whose name only a run would tell */
export function callsIn(file: string, source: string): Call[] {
  const calls: Call[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.expression.getText() === 'crashPoint') calls.push(readCall(file, node));
    node.forEachChild(visit);
  };
  visit(ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true));
  return calls;
}

function readCall(file: string, { arguments: [name, about] }: ts.CallExpression): Call {
  if (!name || !ts.isStringLiteral(name)) throw new Error(`${file}: the name of a crash point is a plain string`);
  return { file, point: name.text, about: about?.getText() };
}

/** What the second argument may be, by how it is written. */
const subjects: Record<string, (service: ServiceFacts) => readonly string[]> = {
  'entry.type': ({ says }) => says,
  'message.subject': ({ hears }) => hears,
  'parked.subject': ({ hears }) => hears,
  'order.status': () => ['created', 'complete', 'cancelled'],
};

/** @throws Error for a second argument of which nobody knows what it may be */
export function placesOf({ file, point, about }: Call, services: readonly ServiceFacts[]): Place[] {
  const subjectsOf = about === undefined ? () => [undefined] : subjects[about];
  if (!subjectsOf) throw new Error(`${file}: say in crash-points.ts what \`${about}\` may be at "${point}"`);
  return services
    .filter((service) => comesBy(file, service))
    .flatMap((service) => subjectsOf(service).map((subject) => ({ service: service.name, point, about: subject })));
}

function comesBy(file: string, { name, settings }: ServiceFacts): boolean {
  if (!file.startsWith('common/')) return file.startsWith(`${name}/`);
  if (file.startsWith(OF_COMMANDS)) return existsSync(path.join(root, name, 'src/commands/events.ts'));
  const needsDatabase = OF_DATABASES.some((folder) => file.startsWith(folder));
  return !needsDatabase || settings.some((setting) => setting.name === 'MONGO_URI');
}

export function nameOf({ service, point, about }: Place): string {
  return `${service} dies at "${point}"${about === undefined ? '' : ` (${about})`}`;
}

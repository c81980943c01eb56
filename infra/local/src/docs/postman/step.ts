import type { ApiDocument } from '@ticketing/common';

/** What Postman calls an item: a request, and what is done with its answer. */
export interface Item {
  name: string;
  readonly request: {
    readonly method: string;
    readonly url: { readonly path: readonly string[]; readonly query: Pair[]; readonly variable: Pair[] };
    readonly body: { raw?: string };
  };
  event?: readonly object[];
}

export interface Pair {
  readonly key: string;
  value: string;
  disabled?: boolean;
}

/** A request of the document, with some values of its own, and what its answer has to be. */
export interface Step {
  /** Unique in the collection: Postman goes from request to request by name. */
  readonly name: string;
  /** Its id in the document. */
  readonly operation: string;
  /** Values other than those of the document's examples. */
  readonly body?: Readonly<Record<string, string>>;
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  /** JavaScript, a condition: what it is about has not been heard of yet, and asking again makes sense. */
  readonly notYet?: string;
  readonly status: number;
  /** What has happened, as a sentence. */
  readonly says: string;
  /** JavaScript, after the status: the fields of `answer`, and what later steps need of it. */
  readonly check: string;
}

const PAUSE_MILLISECONDS = 250;
/** A minute, as a page would. */
const MOST_TRIES = 240;

/** @throws Error where the document no longer has what a step names */
export function toItems(steps: readonly Step[], document: ApiDocument, items: readonly Item[]): Item[] {
  return steps.map((step, place) => {
    const item = structuredClone(itemOf(step, document, items));
    item.name = step.name;
    fill(step, 'path', item.request.url.variable, step.path);
    fill(step, 'query', item.request.url.query, step.query);
    if (step.body) item.request.body.raw = bodyOf(step, item.request.body.raw);
    item.event = [{ listen: 'test', script: { type: 'text/javascript', exec: scriptOf(step, steps[place + 1]) } }];
    return item;
  });
}

function itemOf({ name, operation }: Step, { paths = {} }: ApiDocument, items: readonly Item[]): Item {
  const found = items.find(({ request: { method, url } }) => {
    const path = `/${url.path.join('/')}`.replaceAll(/:(\w+)/g, '{$1}');
    return paths[path]?.[method.toLowerCase() as 'get']?.operationId === operation;
  });
  if (!found) throw new Error(`"${name}": the document has no operation ${operation}`);
  return found;
}

function fill({ name }: Step, place: string, pairs: Pair[], values: Readonly<Record<string, string>> = {}): void {
  for (const [key, value] of Object.entries(values)) {
    const pair = pairs.find((one) => one.key === key);
    if (!pair) throw new Error(`"${name}": the ${place} of the operation has no ${key}`);
    Object.assign(pair, { value, disabled: false });
  }
}

function bodyOf({ name, body }: Step, raw = '{}'): string {
  const example = JSON.parse(raw) as Record<string, unknown>;
  const unknown = Object.keys(body ?? {}).filter((key) => !(key in example));
  if (unknown.length > 0) throw new Error(`"${name}": the body of the operation has no ${unknown.join(', ')}`);
  return JSON.stringify({ ...example, ...body }, undefined, 2);
}

/** What Postman runs after the answer. A step that fails has no next one. */
function scriptOf({ notYet, status, says, check }: Step, next?: Step): string[] {
  const test = [
    'pm.execution.setNextRequest(null);',
    `pm.test(${JSON.stringify(says)}, () => {`,
    ...(notYet ? ['  if (isNotYet) pm.expect.fail(`asked ${tries} times in vain: ${pm.response.text()}`);'] : []),
    `  pm.expect(pm.response.code, pm.response.text()).to.equal(${status});`,
    ...check.trim().split(/\n\s*/).map(indent),
    ...(next ? [`  pm.execution.setNextRequest(${JSON.stringify(next.name)});`] : []),
    '});',
  ];
  return ['const answer = pm.response.json();', ...(notYet ? afterWaiting(notYet, test) : test)];
}

/** Postman goes on when the timers of a script have run out. */
function afterWaiting(notYet: string, test: readonly string[]): string[] {
  return [
    "const tries = 1 + (pm.variables.get('tries') ?? 0);",
    `const isNotYet = ${notYet};`,
    `const isAskedAgain = isNotYet && tries < ${MOST_TRIES};`,
    "pm.variables.set('tries', isAskedAgain ? tries : 0);",
    'if (isAskedAgain) {',
    '  pm.execution.setNextRequest(pm.info.requestName);',
    `  setTimeout(() => {}, ${PAUSE_MILLISECONDS});`,
    '} else {',
    ...test.map(indent),
    '}',
  ];
}

function indent(line: string): string {
  return `  ${line}`;
}

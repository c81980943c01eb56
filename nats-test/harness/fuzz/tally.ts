import { operationAt, operations } from './document';
import type { Answer, Request } from './send';

const NO_ROUTE = 'no route';

/** How often each route answered with each status. */
export class Tally {
  private readonly counts = new Map<string, Map<number, number>>();

  count(request: Request, { status }: Answer): void {
    const name = operationAt(request)?.name ?? NO_ROUTE;
    const statuses = this.counts.get(name) ?? new Map<number, number>();
    this.counts.set(name, statuses.set(status, (statuses.get(status) ?? 0) + 1));
  }

  /** The kinds of answers that a route can give by its document, when all is well and when not, and has not given. */
  missing(): string[] {
    return operations.flatMap(({ name, statuses }) => {
      const seen = [...(this.counts.get(name)?.keys() ?? [])].map(kindOf);
      const wanted = new Set(statuses.filter((status) => status < 500).map(kindOf));
      return [...wanted].filter((kind) => !seen.includes(kind)).map((kind) => `${name} was never answered by ${kind}`);
    });
  }

  toString(): string {
    const rows = [...operations.map(({ name }) => name), NO_ROUTE].map((name) => {
      const statuses = [...(this.counts.get(name) ?? [])].sort(([one], [other]) => one - other);
      return `  ${name.padEnd(28)}${statuses.map(([status, count]) => `${count} × ${status}`).join(', ')}`;
    });
    return `${rows.join('\n')}\n`;
  }
}

function kindOf(status: number): string {
  return `${Math.floor(status / 100)}xx`;
}

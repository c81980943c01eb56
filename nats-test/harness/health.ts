import type { System } from '@ticketing/local';
import type { Server, Service } from './links';

interface Health {
  readonly status: number;
  readonly dependencies: Readonly<Record<string, 'up' | 'down'>>;
}

/** What a service says of itself to the cluster. */
export class HealthOf {
  constructor(
    private readonly system: System,
    private readonly service: Service,
  ) {}

  async alive(): Promise<Health> {
    return this.ask('/livez');
  }

  async ready(): Promise<Health> {
    return this.ask('/readyz');
  }

  async stateOf(server: Server): Promise<'up' | 'down' | undefined> {
    return (await this.ready()).dependencies[server];
  }

  /** @param series a metric's name, with its labels if it has any */
  async metric(series: string): Promise<number> {
    const response = await fetch(`${this.url}/metrics`);
    const line = (await response.text()).split('\n').find((text) => text.startsWith(`${series} `));
    return Number(line?.slice(series.length));
  }

  private async ask(path: string): Promise<Health> {
    const response = await fetch(this.url + path);
    const { dependencies } = (await response.json()) as Omit<Health, 'status'>;
    return { status: response.status, dependencies };
  }

  private get url(): string {
    return this.system.part(this.service).url;
  }
}

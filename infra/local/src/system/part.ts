import { setTimeout as sleep } from 'node:timers/promises';
import { Fault } from '../fault';
import type { Child, Ending } from '../processes/child';

const POLL_MILLISECONDS = 40;

/** How one part of the system is run. */
export interface PartPlan {
  readonly name: string;
  readonly url: string;
  readonly readyWithin: number;
  launch(): Child;
  /** Whether it does its work now. */
  ready(): Promise<boolean>;
  stop(child: Child): Promise<void>;
  /** What it said last, where that is not shown anyway. */
  lastWords?(): string;
}

export interface PartObserver {
  onLaunch(name: string, child: Child): void;
  /** A part ended that nobody had stopped. */
  onEnd(part: Part, ending: Ending): void;
}

/** A part of the system that runs as a process of its own, and can be stopped, killed and started at its address. */
export class Part {
  private child: Child | undefined;
  /** Whether it is meant to run: what ends otherwise ended by itself. */
  private wanted = false;

  constructor(
    private readonly plan: PartPlan,
    private readonly observer: PartObserver,
  ) {}

  get name(): string {
    return this.plan.name;
  }

  get url(): string {
    return this.plan.url;
  }

  /** Undefined while it does not run. */
  get pid(): number | undefined {
    return this.child?.isRunning ? this.child.pid : undefined;
  }

  /** Resolves when it does its work. @throws Fault when it ends before, or takes too long */
  async start(): Promise<void> {
    const child = this.plan.launch();
    this.child = child;
    this.wanted = true;
    this.observer.onLaunch(this.name, child);
    try {
      await this.untilReady(child);
    } catch (error) {
      await this.kill();
      throw error;
    }
    void child.ended.then((ending) => this.onEnded(child, ending));
  }

  async stop(): Promise<void> {
    this.wanted = false;
    if (this.child?.isRunning) await this.plan.stop(this.child);
  }

  /** Ends it like a crash: at once and without a word to it. */
  async kill(): Promise<void> {
    this.wanted = false;
    await this.child?.kill();
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  private async untilReady(child: Child): Promise<void> {
    const deadline = Date.now() + this.plan.readyWithin;
    while (!(await this.plan.ready())) {
      if (!child.isRunning) throw this.fault(`ended before it was ready (${await child.ended})`);
      if (Date.now() > deadline) throw this.fault(`was not ready after ${this.plan.readyWithin / 1000} s`);
      await sleep(POLL_MILLISECONDS);
    }
    if (!child.isRunning) throw this.fault('found its port taken');
  }

  private fault(what: string): Fault {
    const words = this.plan.lastWords?.();
    return new Fault(`${this.name} ${what}${words ? `. Its last words: ${words}` : ''}`);
  }

  private onEnded(child: Child, ending: Ending): void {
    if (child !== this.child || !this.wanted) return;
    this.wanted = false;
    this.observer.onEnd(this, ending);
  }
}

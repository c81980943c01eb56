import { BroadcastChannel } from 'node:worker_threads';
import { TestEnvironment } from 'jest-environment-jsdom';

/** One that a test leaves open does not keep the process. */
class Channel extends BroadcastChannel {
  constructor(name: string) {
    super(name);
    this.unref();
  }
}

/** A page in a browser, with what jsdom lacks of it. Its address can be chosen, so that those of the API lead to a test's server. */
export default class BrowserEnvironment extends TestEnvironment {
  override async setup(): Promise<void> {
    await super.setup();
    const openAt = (url: string) => this.dom?.reconfigure({ url });
    const { virtualConsole } = this.dom!;
    const [tell] = virtualConsole.listeners('jsdomError');
    // A line that a test cuts is no news.
    const tellFaults = (fault: Error) =>
      void ('type' in fault && fault.type === 'XMLHttpRequest' ? null : tell?.(fault));
    virtualConsole.removeAllListeners('jsdomError').on('jsdomError', tellFaults);
    Object.assign(this.global, { BroadcastChannel: Channel, openAt });
  }
}

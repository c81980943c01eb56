import { createRequire } from 'node:module';
import mongoose from 'mongoose';

interface DriverConnection {
  command(...all: unknown[]): Promise<unknown>;
  onError(error: Error): void;
}

/**
 * The driver of mongoose 8 can give an operation up after its command was sent and before the reply was read, and puts
 * the connection back into the pool all the same. The next operation would take that reply for its own: another's
 * document, or a success for an order that was never stored. Here such a connection is closed.
 */
export function closeWhatIsUnread(): void {
  const ofMongoose = createRequire(require.resolve('mongoose'));
  const driver = ofMongoose('mongodb/lib/cmap/connection') as { Connection: { prototype: DriverConnection } };
  const { prototype } = driver.Connection;
  // eslint-disable-next-line @typescript-eslint/unbound-method -- it is applied to the connection that is asked
  const { command } = prototype;
  prototype.command = async function (this: DriverConnection, ...all: unknown[]) {
    try {
      return await command.apply(this, all);
    } catch (error) {
      if (error instanceof mongoose.mongo.MongoOperationTimeoutError) this.onError(error);
      throw error;
    }
  };
}

import mongoose from 'mongoose';

type Documents = Parameters<mongoose.Collection['insertMany']>[0];

/** A copy of one service's database. */
export class Backup {
  private constructor(
    private readonly server: string,
    private readonly database: string,
    private readonly collections: ReadonlyMap<string, Documents>,
  ) {}

  static async of(server: string, database: string): Promise<Backup> {
    const copies = await onDatabase(server, database, async (collections) => {
      const copy = async (collection: mongoose.mongo.Collection) =>
        [collection.collectionName, await collection.find().toArray()] as const;
      return Promise.all(collections.map(copy));
    });
    return new Backup(server, database, new Map(copies));
  }

  /** The database is as it was then; what came later is gone. */
  async restore(): Promise<void> {
    await onDatabase(this.server, this.database, async (collections) => {
      for (const collection of collections) {
        await collection.deleteMany({});
        const documents = this.collections.get(collection.collectionName) ?? [];
        if (documents.length > 0) await collection.insertMany(documents);
      }
    });
  }
}

/** Nothing of a service's data is left. */
export async function eraseDatabase(server: string, database: string): Promise<void> {
  await onDatabase(server, database, async (collections) => {
    for (const collection of collections) await collection.deleteMany({});
  });
}

async function onDatabase<T>(
  server: string,
  database: string,
  work: (collections: mongoose.mongo.Collection[]) => Promise<T>,
): Promise<T> {
  const connection = await mongoose.createConnection(server).asPromise();
  try {
    return await work((await connection.useDb(database).db?.collections()) ?? []);
  } finally {
    await connection.close();
  }
}

/** The MongoDB server that the tests of this run share; jest's global setup starts it. */
export function testServerUri(): string {
  const uri = process.env.MONGO_URI;
  if (!uri) throw new Error('MONGO_URI is not set: the tests need a MongoDB server, which npm test starts for them');
  return uri;
}

/** The one play of a property that is wanted, by the seed and the path that its failure told. */
export function givenPlay(environment = process.env): { seed?: number; path?: string } {
  const { PROPERTY_SEED: seed, PROPERTY_PATH: path } = environment;
  return { ...(seed && { seed: Number(seed) }), ...(path && { path }) };
}

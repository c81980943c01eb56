/** The MongoDB server that the tests of this run share; jest's global setup starts it. */
export function testServerUri(): string {
  const uri = process.env.MONGO_URI;
  if (!uri) throw new Error('MONGO_URI is not set: the tests need a MongoDB server, which npm test starts for them');
  return uri;
}

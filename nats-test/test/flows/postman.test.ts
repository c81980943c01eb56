import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { inClone } from '@ticketing/local';
import { Shop } from '../../harness/shop';

jest.setTimeout(180_000);

const newman = inClone('node_modules/.bin/newman');
const collection = inClone('docs/postman/ticketing.postman_collection.json');
const environment = inClone('docs/postman/local.postman_environment.json');

let shop: Shop;

beforeAll(async () => {
  shop = await Shop.open();
});
afterAll(() => shop.close());
afterEach(() => shop.comesToRest());

/** Runs the folder as the README says it, at this shop. What newman reports of a failure is the error's message. */
async function buyWithPostman(file: string): Promise<string> {
  const words = ['run', file, '-e', environment, '--folder', 'A ticket is bought'];
  const here = ['--env-var', `baseUrl=${shop.system.url}`];
  try {
    return (await promisify(execFile)(newman, [...words, ...here])).stdout;
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(stdout + stderr, { cause: error });
  }
}

test('the folder of the Postman collection buys a ticket, also where one was bought before', async () => {
  for (const file of [collection, collection]) {
    expect(await buyWithPostman(file)).toContain('The price was taken from the card, once');
  }
});

test('a card that is declined ends the run, and the report names the step', async () => {
  const declined = path.join(shop.folder, 'declined.json');
  writeFileSync(declined, readFileSync(collection, 'utf8').replaceAll('tok_visa', 'tok_chargeDeclined'));
  const report = await buyWithPostman(declined).catch(({ message }: Error) => message);
  expect(report).toMatch(
    /The bank has authorised the price[^]+card_declined[^]+"A ticket is bought \/ The buyer pays"/,
  );
  expect(report).not.toContain('The order becomes complete');
});

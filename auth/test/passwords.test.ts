import nodeCrypto from 'node:crypto';
import { testService, waitFor } from '@ticketing/common/testing';
import type { Response } from 'supertest';
import { User } from '../src/models/user';
import { auth } from '../src/service';

type Scrypt = (
  text: string,
  salt: Buffer,
  length: number,
  cost: object,
  done: (error: Error | null, key: Buffer) => void,
) => void;

// The hashing itself stays real; the tests look at how often it is done, and hold it up.
jest.mock('node:crypto', () => {
  const real = jest.requireActual<typeof nodeCrypto>('node:crypto');
  return { ...real, scrypt: jest.fn(real.scrypt) };
});
const crypto = jest.requireActual<typeof nodeCrypto>('node:crypto');
const hashing = nodeCrypto.scrypt as unknown as jest.MockedFunction<Scrypt>;

const service = testService(auth);

const email = 'ann@example.com';
const password = 'correct horse battery staple';
const signUp = () => service.api().post('/api/users/signup').send({ email, password }).expect(201);
const signIn = (credentials: object = { email, password }) => service.api().post('/api/users/signin').send(credentials);

const wrongAs = (address: string) => signIn({ email: address, password: 'wrong' }).expect(400);

afterEach(() => hashing.mockReset().mockImplementation(crypto.scrypt));

test('a failure takes one hash of the same cost, whether the address is known or not', async () => {
  await signUp();
  hashing.mockClear();
  await wrongAs(email);
  await wrongAs('bob@example.com');
  const [known, unknown] = hashing.mock.calls.map(([password, salt, length, cost]) => [
    password,
    salt.length,
    length,
    cost,
  ]);
  expect(hashing).toHaveBeenCalledTimes(2);
  expect(unknown).toEqual(known);
  expect(known).toEqual(['wrong', 16, 32, { N: 16384, r: 8, p: 5 }]);
});

test('a hash of lower cost still opens the account, and is renewed by that', async () => {
  await signUp();
  const salt = Buffer.from('a salt of sixteen');
  const key = crypto.scryptSync(password, salt, 32, { N: 1024, r: 8, p: 1 });
  const passwordHash = `scrypt$1024$8$1$${salt.toString('base64')}$${key.toString('base64')}`;
  await User.updateOne({ email }, { passwordHash });

  expect((await signIn({ email, password: 'wrong' })).status).toBe(400);
  expect(await User.findOne({ email })).toMatchObject({ passwordHash });

  expect((await signIn()).status).toBe(200);
  expect(await User.findOne({ email })).toMatchObject({
    passwordHash: expect.stringMatching(/^scrypt\$16384\$8\$5\$/) as string,
  });
  expect((await signIn()).status).toBe(200);
});

test('a renewal that fails keeps nobody out', async () => {
  await signUp();
  const key = crypto.scryptSync(password, 'salt', 32, { N: 1024, r: 8, p: 1 }).toString('base64');
  await User.updateOne({ email }, { passwordHash: `scrypt$1024$8$1$${Buffer.from('salt').toString('base64')}$${key}` });
  const failing = jest.spyOn(User, 'updateOne').mockImplementationOnce(() => {
    throw new Error('the database is away');
  });
  expect((await signIn()).status).toBe(200);
  expect(failing).toHaveBeenCalled();
});

test('more than can be served: two are hashed at once, some wait, the rest is told to come back, nobody else is held up', async () => {
  await signUp();
  const underway: (() => void)[] = [];
  hashing.mockImplementation((text, salt, length, cost, done) => {
    underway.push(() => crypto.scrypt(text, salt, length, { ...cost, N: 2, p: 1 }, done));
  });
  const answers: Response[] = [];
  const crowd = Array.from({ length: 40 }, () => signIn().then((answer) => answers.push(answer)));

  await waitFor(() => answers.length === 14, 'those who are refused');
  for (const { status, body, headers } of answers) {
    expect([status, body.errors[0].code, headers['retry-after']]).toEqual([503, 'overloaded', '3']);
  }
  await service.api().get('/api/users/currentuser').expect(200);
  expect(underway).toHaveLength(2);

  hashing.mockImplementation((text, salt, length, cost, done) =>
    crypto.scrypt(text, salt, length, { ...cost, N: 2, p: 1 }, done),
  );
  for (const finish of underway) finish();
  await Promise.all(crowd);
  expect(answers.slice(14).map(({ status }) => status)).toEqual(Array(26).fill(400));
});

import { newId, signIn, TEST_JWT_KEY, testService } from '@ticketing/common/testing';
import jwt from 'jsonwebtoken';
import { User } from '../src/models/user';
import { auth } from '../src/service';

const service = testService(auth);

const email = 'ann@example.com';
const password = 'correct horse battery staple';
const post = (route: string, body?: object) => service.api().post(`/api/users/${route}`).send(body);
const signUp = (credentials: object = { email, password }) => post('signup', credentials);
const currentUser = (cookie: string) => service.api().get('/api/users/currentuser').set('Cookie', cookie);

interface Answer {
  get(header: 'Set-Cookie'): string[] | undefined;
}

/** What the browser keeps of an answer. */
const cookieOf = (answer: Answer) => answer.get('Set-Cookie')?.[0]?.split(';')[0] ?? '';
const tokenOf = (answer: Answer) => {
  const session = Buffer.from(cookieOf(answer).replace('session=', ''), 'base64').toString();
  return (JSON.parse(session) as { jwt: string }).jwt;
};

describe('signing up', () => {
  test('creates an account and signs in', async () => {
    const response = await signUp();
    const { id } = response.body as { id: string };
    expect([response.status, response.body]).toEqual([
      201,
      { id: expect.stringMatching(/^[\da-f]{24}$/) as string, email },
    ]);
    expect((await currentUser(cookieOf(response))).body).toEqual({ currentUser: { id, email } });
  });

  test('the session lasts a week and says who, and nothing more', async () => {
    const response = await signUp();
    const token = jwt.verify(tokenOf(response), TEST_JWT_KEY, { algorithms: ['HS256'] }) as Required<jwt.JwtPayload>;
    expect(token).toEqual({ ...response.body, iat: expect.any(Number) as number, exp: token.iat + 7 * 24 * 3600 });
  });

  test('the e-mail address is kept in lower case and without spaces around it', async () => {
    const response = await signUp({ email: '  Ann@Example.COM ', password });
    expect(response.body).toMatchObject({ email });
    expect(await User.countDocuments({ email })).toBe(1);
  });

  test('of the password a salted hash is kept, and neither leaves the service', async () => {
    const { text } = await signUp();
    await signUp({ email: 'bob@example.com', password });
    const hashes = (await User.find()).map(({ passwordHash }) => passwordHash);
    expect(hashes).toEqual([expect.stringMatching(/^scrypt\$16384\$8\$5\$/), expect.stringMatching(/^scrypt\$/)]);
    expect(hashes[0]).not.toBe(hashes[1]);
    expect(text).not.toMatch(/password|scrypt|correct/);
  });

  test.each([email, ' ANN@example.com'])('again, as %p: 400 at the e-mail address', async (same) => {
    await signUp();
    const response = await signUp({ email: same, password: 'another password' });
    expect([response.status, response.body.errors]).toEqual([
      400,
      [{ code: 'email_taken', field: 'email', message: expect.any(String) as string }],
    ]);
    expect(response.get('Set-Cookie')).toBeUndefined();
  });

  test('more than was asked for is not stored', async () => {
    await signUp({ email, password, _id: newId(), passwordHash: 'x', admin: true, createdAt: 0 });
    const [stored] = await User.find().lean();
    expect(Object.keys(stored ?? {}).sort()).toEqual(['_id', 'createdAt', 'email', 'passwordHash']);
  });
});

describe('signing up with bad input', () => {
  const fieldsOf = (response: { status: number; body: { errors: { code: string; field: string }[] } }) => [
    response.status,
    ...response.body.errors.map(({ code, field }) => `${code} ${field}`),
  ];
  const emails = [
    undefined,
    null,
    '',
    'ann',
    'ann@',
    '\ud800@example.com',
    'ann@example',
    'ann example@example.com',
    `${'a'.repeat(65)}@example.com`,
  ];

  test.each([...emails, 7, [email], { $gt: '' }])('the e-mail address %p: 400', async (bad) => {
    expect(fieldsOf(await signUp({ email: bad, password }))).toEqual([400, 'validation_failed email']);
  });

  test.each([undefined, null, '', '1234567', 'x'.repeat(129), 12_345_678, [password], { $gt: '' }])(
    'the password %p: 400',
    async (bad) => {
      expect(fieldsOf(await signUp({ email, password: bad }))).toEqual([400, 'validation_failed password']);
    },
  );

  test('nothing at all: 400 at both', async () => {
    const both = [400, 'validation_failed email', 'validation_failed password'];
    expect(fieldsOf(await post('signup'))).toEqual(both);
  });

  test.each(['12345678', 'x'.repeat(128), '        ', '🎫🎫🎫🎫🎫🎫🎫🎫'])('the password %p is good', async (good) => {
    expect((await signUp({ email, password: good })).status).toBe(201);
  });

  test('a password is taken as it is, spaces and all', async () => {
    await signUp({ email, password: ' padded ' });
    expect((await post('signin', { email, password: 'padded' })).status).toBe(400);
    expect((await post('signin', { email, password: ' padded ' })).status).toBe(200);
  });
});

describe('two who sign up with one e-mail address at the same moment', () => {
  const race = async () => {
    const answers = await Promise.all(
      ['ann@example.com', 'Ann@example.com', 'ANN@EXAMPLE.COM'].map((same) => signUp({ email: same, password })),
    );
    return answers.map(({ status }) => status).sort();
  };

  test('one of them has an account, the others are told that it is taken', async () => {
    expect(await race()).toEqual([201, 400, 400]);
    expect(await User.countDocuments()).toBe(1);
  });

  test('control: without the unique index they all have', async () => {
    await User.collection.dropIndexes();
    expect(await race()).toEqual([201, 201, 201]);
    await User.deleteMany();
    await User.createIndexes();
  });
});

describe('signing in', () => {
  test.each([email, ' ANN@Example.com '])('as %p: 200 and a session', async (typed) => {
    const { body: user } = await signUp();
    const response = await post('signin', { email: typed, password });
    expect([response.status, response.body]).toEqual([200, user]);
    expect((await currentUser(cookieOf(response))).body).toEqual({ currentUser: user });
  });

  test('the same letters from another keyboard are the same password', async () => {
    await signUp({ email, password: 'Zürich caf\u00e9' });
    expect((await post('signin', { email, password: 'Zu\u0308rich cafe\u0301' })).status).toBe(200);
  });

  test.each([
    ['a wrong password', { email, password: `${password}!` }],
    ['another case', { email, password: password.toUpperCase() }],
    ['a password that could not have been chosen', { email, password: 'short' }],
    ['somebody unknown', { email: 'bob@example.com', password }],
  ])('with %s: 400, always in the same words, and no session', async (_what, credentials) => {
    await signUp();
    const response = await post('signin', credentials);
    expect([response.status, response.body.errors, response.get('Set-Cookie')]).toEqual([
      400,
      [{ code: 'invalid_credentials', message: 'Invalid credentials' }],
      undefined,
    ]);
  });

  test.each([
    ['an operator for a password', { email, password: { $gt: '' } }],
    ['an operator for an address', { email: { $gt: '' }, password }],
    ['a list', { email, password: [password] }],
    ['nothing', {}],
  ])('with %s: 400 validation_failed', async (_what, credentials) => {
    const response = await post('signin', credentials);
    expect([response.status, response.body.errors[0].code]).toEqual([400, 'validation_failed']);
  });
});

describe('signing out', () => {
  test('takes the session out of the browser', async () => {
    const signedIn = await signUp();
    const response = await post('signout').set('Cookie', cookieOf(signedIn));
    expect([response.status, response.body, cookieOf(response)]).toEqual([200, {}, 'session=']);
    expect((await currentUser(cookieOf(response))).body).toEqual({ currentUser: null });
  });

  test('is fine without being signed in', async () => {
    expect((await post('signout')).status).toBe(200);
  });
});

describe('who is signed in', () => {
  test('nobody: null', async () => {
    const response = await service.api().get('/api/users/currentuser');
    expect([response.status, response.body]).toEqual([200, { currentUser: null }]);
  });

  test('the user of the session, whichever service looks at it', async () => {
    const id = newId();
    expect((await currentUser(signIn(id, email))).body).toEqual({ currentUser: { id, email } });
  });
});

test.each(['signup', 'signin', 'signout'])('%s from a page of another site: 403', async (route) => {
  const response = await post(route, { email, password }).set('Origin', 'https://evil.example');
  expect([response.status, response.body.errors[0].code]).toEqual([403, 'foreign_origin']);
});

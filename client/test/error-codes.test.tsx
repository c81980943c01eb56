/** @jest-environment ./client/test/harness/browser-environment.ts */
import { screen, within } from '@testing-library/react';
import type { ReactElement } from 'react';
import type { ErrorCode, ErrorEntry, Errors } from '../api/types';
import NotFoundPage from '../pages/404';
import { texts } from '../texts';
import { actions, buttonOf, editPage, enter, press, ticketPage } from './harness/actions';
import type { Action } from './harness/actions';
import { order, ticket } from './harness/samples';
import { startServices } from './harness/services';
import type { Answer, Reply } from './harness/services';
import { pass, until, visit } from './harness/visit';
import document from '../../docs/api/openapi.json';

type Name = keyof typeof actions;

interface Scene {
  action: Action;
  refusal: Reply;
  page: ReturnType<typeof visit>;
}

/** What people get to see for a code. */
interface Expected {
  then: string;
  /** What the page's address shows when its data are loaded anew. */
  reloaded?: ReactElement;
  /** What the services reply to other requests, or to the next one. */
  services?: () => void;
  sees: (scene: Scene) => Promise<void>;
}

const services = startServices();

const headers = { 'x-request-id': 'request-7', 'retry-after': '7' };

function messageOf(refusal: Reply): string {
  if (refusal === 'no answer') return texts.failures.noAnswer;
  return typeof refusal.body === 'string' ? texts.failures.notUnderstood : errorOf(refusal).message;
}

const errorOf = ({ body }: Answer): ErrorEntry => (body as Errors).errors[0]!;

function keepsEntries({ entries }: Action): void {
  for (const [label, entry] of Object.entries(entries)) expect(screen.getByLabelText(label)).toHaveValue(entry);
}

/** A message that has the focus; what was typed is still there. */
async function seesMessage({ action, refusal }: Scene): Promise<HTMLElement> {
  await until(() => expect(screen.queryByRole('alert')).toHaveTextContent(messageOf(refusal)));
  const message = screen.getByRole('alert');
  expect(message).toHaveFocus();
  keepsEntries(action);
  return message;
}

const canPress = (action: Action) => until(() => expect(buttonOf(action)).not.toHaveAttribute('aria-disabled'));

const inline: Expected = {
  then: 'the message has the focus and the button can be pressed again',
  sees: async (scene) => {
    const message = await seesMessage(scene);
    expect(within(message).queryByRole('link')).toBeNull();
    expect(message).not.toHaveTextContent('request-7');
    await canPress(scene.action);
  },
};

const inlineWithId: Expected = {
  then: 'the message has the focus and names the request',
  sees: async (scene) => {
    const message = await seesMessage(scene);
    if (scene.refusal !== 'no answer') expect(message).toHaveTextContent('request-7');
    await canPress(scene.action);
  },
};

const atField: Expected = {
  then: 'the message is at its field, and the summary with the focus links it',
  sees: async (scene) => {
    const message = await seesMessage(scene);
    const { field, message: text } = errorOf(scene.refusal as Answer);
    const link = within(message).getByRole('link', { name: new RegExp(`: ${text}$`) });
    const control = window.document.querySelector(link.getAttribute('href')!);
    expect(control).toHaveAttribute('name', field);
    expect(control).toBeInvalid();
    expect(control).toHaveAccessibleDescription(expect.stringContaining(text));
    await canPress(scene.action);
  },
};

const waits: Expected = {
  then: 'the button waits as long as it was asked to',
  sees: async (scene) => {
    const { action, page } = scene;
    expect(await seesMessage(scene)).toHaveTextContent(texts.failures.tryAgainIn(7));
    // Nothing has changed that loading the page anew could show: it would only be one request more.
    expect(page.went).toEqual([]);
    await page.user.click(buttonOf(action));
    await pass(6900);
    expect(buttonOf(action)).toHaveAttribute('aria-disabled', 'true');
    await pass(100);
    await canPress(action);
    await press(page.user, action);
    await until(() => expect(services.sentTo(action.route)).toHaveLength(2));
  },
};

const signsIn: Expected = {
  then: 'it leads to signing in and back, where what was typed is still there',
  sees: async ({ action, page }) => {
    const back = action.address === '/' ? '' : `?returnTo=${encodeURIComponent(action.address)}`;
    await until(() => expect(page.went).toEqual([`/auth/signin${back}`]));
    expect(screen.queryByRole('alert')).toBeNull();
    page.leave();
    visit(action.address, action.page);
    keepsEntries(action);
  },
};

const signsInWithoutCard: Expected = {
  then: 'it leads to signing in and back, and the card is not kept',
  sees: async ({ action, page }) => {
    await until(() => expect(page.went).toEqual([`/auth/signin?returnTo=${encodeURIComponent(action.address)}`]));
    expect(sessionStorage).toHaveLength(0);
  },
};

const reloads = (reloaded: ReactElement, text: string, services?: () => void): Expected => ({
  then: `the page is loaded anew and says "${text}"`,
  reloaded,
  services,
  sees: async ({ action, page }) => {
    await until(() => expect(page.went).toEqual([action.address]));
    expect(screen.getByText(text)).toBeVisible();
  },
});

/** The page is as it was, but for somebody else's change. */
const reloadsAndSays = (reloaded: ReactElement): Expected => ({
  then: 'the page is loaded anew, with the message and what was typed',
  reloaded,
  sees: async (scene) => {
    await seesMessage(scene);
    expect(scene.page.went).toEqual([scene.action.address]);
    await canPress(scene.action);
  },
});

const notFound = (services?: () => void) => reloads(<NotFoundPage requestId={null} />, texts.notFound.title, services);

const orderReply = (changes: object): Answer => ({ status: 200, body: { ...order, version: 1, ...changes } });
const orderIs = (changes: object) => () => services.replyTo(`GET /api/orders/${order.id}`, orderReply(changes));

const showsOrder = (changes: object, text: string): Expected => ({
  then: `the order is loaded and says "${text}"`,
  services: orderIs(changes),
  sees: () => until(() => expect(screen.queryByText(text, { exact: false })).toBeVisible(), 100),
});

const checkAndFinish: Expected = {
  then: 'the order is asked, and "Check and finish" sends the same again',
  services: orderIs({}),
  sees: async ({ action, page }) => {
    await until(() => expect(screen.queryByText(texts.outcome.unknown)).toBeVisible());
    services.replyTo(action.route, { status: 201, body: {} });
    orderIs({ status: 'complete' })();
    await page.user.click(screen.getByText(texts.outcome.finish));
    await until(() => expect(services.sentTo(action.route)).toHaveLength(2));
    const [first, second] = services.sentTo(action.route);
    expect(second).toEqual(first);
    await until(() => expect(screen.queryByText(texts.outcome.paid)).toBeVisible(), 100);
  },
};

const toldByCardForm: Expected = {
  then: 'the card form says why, and another card can be used',
  sees: async ({ action }) => {
    await until(() => expect(screen.queryByRole('alert')).toHaveTextContent(texts.testCard.noDialog));
    expect(screen.getByRole('alert')).toHaveFocus();
    await canPress(action);
  },
};

const asksAgain: Expected = {
  then: 'the same is sent again for a while before it says so',
  sees: async (scene) => {
    const notReady = () => expect(screen.queryByRole('alert')).toHaveTextContent(texts.payment.notReady);
    await until(notReady, 500);
    const sent = services.sentTo(scene.action.route);
    expect(sent).toEqual(Array(6).fill(sent[0]));
    keepsEntries(scene.action);
  },
};

const unsaid: Expected = {
  then: 'nobody said what people see',
  sees: () => Promise.reject(new Error('This code needs an expectation')),
};

/** What holds wherever nothing else is said. */
const everywhere: Partial<Record<ErrorCode, Expected>> = {
  malformed_json: inline,
  body_too_large: inline,
  unsupported_media_type: inline,
  foreign_origin: inline,
  forbidden: inline,
  not_authenticated: signsIn,
  internal_error: inlineWithId,
  dependency_unavailable: waits,
  overloaded: waits,
  too_many_requests: waits,
};

const reserved = texts.edit.reserved;
const hasNoTicket = () =>
  services.replyTo(`GET /api/tickets/${ticket.id}`, {
    status: 404,
    body: { errors: [{ message: 'Not found', code: 'not_found' }] },
  });

const expectations: Record<Name, Partial<Record<ErrorCode, Expected>>> = {
  signUp: { validation_failed: atField, email_taken: atField },
  signIn: { validation_failed: atField, invalid_credentials: inline },
  signOut: {},
  list: { validation_failed: atField },
  edit: {
    validation_failed: atField,
    not_found: notFound(),
    ticket_reserved: reloads(editPage({ status: 'reserved' }), reserved),
    ticket_sold: reloads(editPage({ status: 'sold' }), texts.edit.sold),
    conflict: reloadsAndSays(editPage({ title: 'Changed meanwhile', version: 1 })),
  },
  withdraw: {
    not_found: notFound(),
    ticket_reserved: reloads(editPage({ status: 'reserved' }), reserved),
    ticket_sold: reloads(editPage({ status: 'sold' }), texts.edit.sold),
    conflict: reloadsAndSays(editPage({ title: 'Changed meanwhile', version: 1 })),
  },
  reserve: {
    validation_failed: inline,
    own_ticket: reloads(ticketPage({}, { state: 'own' }), texts.ticket.own),
    not_found: notFound(hasNoTicket),
    ticket_past: reloads(ticketPage({}, { state: 'past' }), texts.ticket.past),
    ticket_reserved: reloads(ticketPage({ status: 'reserved' }, { state: 'reserved' }), texts.ticket.reserved),
    ticket_sold: reloads(ticketPage({ status: 'sold' }, { state: 'sold' }), texts.ticket.sold),
    ticket_withdrawn: notFound(),
    order_paid: reloads(ticketPage({ status: 'sold' }, { state: 'bought-by-you', orderId: '1' }), texts.ticket.bought),
    conflict: reloadsAndSays(ticketPage({ title: 'Changed meanwhile' }, { state: 'available' })),
  },
  pay: {
    validation_failed: inline,
    not_authenticated: signsInWithoutCard,
    not_found: asksAgain,
    order_cancelled: showsOrder({ status: 'cancelled', reason: 'user' }, texts.outcome.reasons.user),
    order_expired: showsOrder({ status: 'cancelled', reason: 'expired' }, texts.outcome.nothingCharged),
    order_paid: showsOrder({ status: 'complete' }, texts.outcome.paid),
    payment_in_progress: checkAndFinish,
    conflict: checkAndFinish,
    card_declined: inline,
    authentication_required: toldByCardForm,
    internal_error: checkAndFinish,
    dependency_unavailable: checkAndFinish,
    payment_outcome_unknown: checkAndFinish,
  },
  cancel: {
    validation_failed: inline,
    not_found: inline,
    order_paid: showsOrder({ status: 'complete' }, texts.outcome.paid),
    conflict: inline,
  },
  moreTickets: { validation_failed: inline },
  moreOwnTickets: { validation_failed: inline },
  moreOrders: { validation_failed: inline },
};

interface DocumentedResponse {
  content: { 'application/json': { examples: Record<string, { value: Errors }> } };
  headers: Record<string, unknown>;
}

/** Every error that the document of the API knows of a request. */
function refusalsOf({ method, path }: Action, { paths }: { paths: object } = document): Answer[] {
  const operations = paths as Record<string, Record<string, { responses: Record<string, DocumentedResponse> }>>;
  const { responses } = operations[path]![method]!;
  return Object.entries(responses)
    .filter(([status]) => Number(status) >= 400)
    .flatMap(([status, response]) =>
      Object.values(response.content['application/json'].examples).map(({ value }) => ({
        status: Number(status),
        body: value,
        headers: headersOf(Number(status)),
      })),
    );
}

const tooManyRequests: Answer = {
  status: 429,
  body: { errors: [{ message: 'Too many requests', code: 'too_many_requests' }] },
  headers,
};

const headersOf = (status: number) =>
  status === 503 || status === 429 ? headers : { 'x-request-id': headers['x-request-id'] };

function expectedOf(name: Name, refusal: Answer): Expected {
  const { code, field } = errorOf(refusal);
  // A wrong id is in no field that people could correct.
  if (field === 'id') return inline;
  return expectations[name][code] ?? everywhere[code] ?? unsaid;
}

async function play(action: Action, refusal: Reply, expected: Expected): Promise<void> {
  services.replyTo(action.route, refusal);
  expected.services?.();
  const page = visit(action.address, action.page, expected.reloaded);
  await enter(page.user, action.entries);
  await press(page.user, action);
  await expected.sees({ action, refusal, page });
}

const names = Object.keys(actions) as Name[];

describe.each(names)('%s', (name) => {
  const action: Action = actions[name];

  const documented = refusalsOf(action).map((refusal) => {
    const { code, field } = errorOf(refusal);
    return { what: field ? `${code} of ${field}` : code, refusal, expected: expectedOf(name, refusal) };
  });
  test.each(documented.map((one) => ({ ...one, then: one.expected.then })))(
    'when the answer is $what, then $then',
    ({ refusal, expected }) => play(action, refusal, expected),
  );

  const outage = name === 'pay' ? checkAndFinish : inlineWithId;
  test.each<[string, Reply, Expected]>([
    ['no answer comes', 'no answer', outage],
    ['a gateway answers', { status: 502, body: '<h1>Bad gateway</h1>', headers: headersOf(502) }, outage],
    ['too much was asked', tooManyRequests, waits],
  ])('when %s, then it is told', (_what, refusal, expected) => play(action, refusal, expected));
});

test('control: when a service adds a code, then it has a test, which fails until somebody says what people see', () => {
  const grown = JSON.parse(JSON.stringify(document)) as typeof document;
  const added = { ticket_burnt: { value: { errors: [{ message: 'It burnt', code: 'ticket_burnt' }] } } };
  Object.assign(grown.paths['/api/orders'].post.responses['409'].content['application/json'].examples, added);
  const failing = refusalsOf(actions.reserve, grown).filter((refusal) => expectedOf('reserve', refusal) === unsaid);
  expect(failing.map((refusal) => errorOf(refusal).code)).toEqual(['ticket_burnt']);
});

/** @jest-environment ./client/test/harness/browser-environment.ts */
import { act, screen } from '@testing-library/react';
import { useState } from 'react';
import type { Session } from '../api/types';
import { ConfirmDialog } from '../components/confirm-dialog';
import { Notice } from '../components/notice';
import { useRouteFocus } from '../hooks/use-route-focus';
import { formTexts } from '../lib/form-texts';
import { toLocalInput } from '../lib/time';
import { useSessionSync } from '../hooks/use-session-sync';
import { wait } from '../lib/wait';
import AccountPage from '../pages/account';
import { texts } from '../texts';
import { actions, buttonOf, editPage, enter, newTicketPage, press } from './harness/actions';
import type { Action } from './harness/actions';
import { order, signedIn, ticket } from './harness/samples';
import { startServices } from './harness/services';
import { pass, until, visit } from './harness/visit';

const services = startServices();

const open = ({ address, page }: Action) => visit(address, page);

describe('a button that is pressed twice', () => {
  test('when it reserves, then one reservation is sent', async () => {
    services.replyTo(actions.reserve.route, { status: 201, body: order });
    const { user, went } = open(actions.reserve);
    await user.dblClick(buttonOf(actions.reserve));
    await until(() => expect(went).toEqual([`/orders/${order.id}`]));
    expect(services.sentTo(actions.reserve.route)).toHaveLength(1);
  });

  test('when it cancels, then one cancellation is sent', async () => {
    services.replyTo(actions.cancel.route, { status: 204 });
    services.replyTo(`GET /api/orders/${order.id}`, {
      status: 200,
      body: { ...order, version: 1, status: 'cancelled', reason: 'user' },
    });
    const { user } = open(actions.cancel);
    await user.click(buttonOf(actions.cancel));
    await user.dblClick(screen.getByText(texts.order.cancel, { selector: '.btn-danger' }));
    await until(() => expect(screen.queryByText(texts.outcome.reasons.user)).toBeVisible());
    expect(services.sentTo(actions.cancel.route)).toHaveLength(1);
  });

  test('control: when two pages reserve, then two reservations are sent', async () => {
    services.replyTo(actions.reserve.route, { status: 201, body: order });
    const first = open(actions.reserve);
    await first.user.click(buttonOf(actions.reserve));
    const second = open(actions.reserve);
    await second.user.click(screen.getAllByText(actions.reserve.button).at(-1)!);
    await until(() => expect(services.sentTo(actions.reserve.route)).toHaveLength(2));
  });
});

describe('a draft', () => {
  test('when the page is left and comes back, then what was typed is there', async () => {
    const { user, leave } = open(actions.list);
    await enter(user, actions.list.entries);
    leave();
    open(actions.list);
    for (const [label, entry] of Object.entries(actions.list.entries)) {
      expect(screen.getByLabelText(label)).toHaveValue(entry);
    }
  });

  const [[label, typed]] = Object.entries(actions.list.entries) as [[string, string]];
  const newTicketOf = (session: Session) => visit('/tickets/new', newTicketPage(session));
  const edit = (version: number) => visit(actions.edit.address, editPage({ version }));

  test('when it is restored, then that is said, and it can be discarded', async () => {
    const { user, leave } = open(actions.list);
    expect(screen.queryByText(texts.draft.restored)).toBeNull();
    await enter(user, actions.list.entries);
    leave();
    const again = open(actions.list);
    expect(screen.getByText(texts.draft.restored)).toBeVisible();
    await again.user.click(screen.getByText(texts.draft.discard));
    expect(screen.queryByText(texts.draft.restored)).toBeNull();
    expect(screen.getByLabelText(label)).toHaveValue('');
    expect(screen.getByLabelText(label)).toHaveFocus();
    expect(sessionStorage).toHaveLength(0);
  });

  test('when somebody else signs in in the same tab, then they do not see it', async () => {
    const { user, leave } = newTicketOf(signedIn);
    await enter(user, actions.list.entries);
    leave();
    newTicketOf({ state: 'signed-in', user: { id: 'e'.repeat(24), email: 'b@example.com' } });
    expect(screen.getByLabelText(label)).toHaveValue('');
    expect(sessionStorage).toHaveLength(0);
  });

  test('when nobody could say for a while who types, then it stays', async () => {
    const unsure = newTicketOf({ state: 'unknown' });
    await enter(unsure.user, actions.list.entries);
    unsure.leave();
    const known = newTicketOf(signedIn);
    expect(screen.getByLabelText(label)).toHaveValue(typed);
    await enter(known.user, { [label]: 'Front row' });
    known.leave();
    newTicketOf({ state: 'unknown' });
    expect(screen.getByLabelText(label)).toHaveValue('Front row');
  });

  test('when the ticket was changed meanwhile, then what was typed for the older one is dropped', async () => {
    const first = edit(0);
    await enter(first.user, actions.edit.entries);
    first.leave();
    const second = edit(0);
    expect(screen.getByLabelText(label)).toHaveValue(typed);
    second.leave();
    edit(1);
    expect(screen.getByLabelText(label)).toHaveValue(ticket.title);
    expect(sessionStorage).toHaveLength(0);
  });

  test('when changes are discarded, then every field is as the ticket is', async () => {
    const first = edit(0);
    const entriesNow = () => JSON.stringify(formTexts(document.querySelector('form')!));
    const before = entriesNow();
    await enter(first.user, actions.edit.entries);
    first.leave();
    const { user } = edit(0);
    expect(entriesNow()).not.toBe(before);
    await user.click(screen.getByText(texts.draft.discard));
    expect(entriesNow()).toBe(before);
    expect(before).toContain(toLocalInput(ticket.startsAt!));
  });

  test('when the ticket is withdrawn, then it is forgotten', async () => {
    services.replyTo(actions.withdraw.route, { status: 204 });
    const { user, went } = open(actions.withdraw);
    await enter(user, actions.edit.entries);
    await press(user, actions.withdraw);
    await until(() => expect(went).toEqual(['/tickets/mine']));
    expect(sessionStorage).toHaveLength(0);
  });

  test('when the form is done with, then it is forgotten', async () => {
    services.replyTo(actions.list.route, { status: 201, body: ticket });
    const { user, went } = open(actions.list);
    await enter(user, actions.list.entries);
    expect(sessionStorage).toHaveLength(1);
    await press(user, actions.list);
    await until(() => expect(went).toEqual([`/tickets/${ticket.id}?notice=listed`]));
    await until(() => expect(sessionStorage).toHaveLength(0));
  });

  test.each([actions.signIn, actions.signUp, actions.pay])(
    'when a password or a card is typed at $address, then nothing is stored',
    async (action) => {
      const { user } = open(action);
      await enter(user, action.entries);
      expect(sessionStorage).toHaveLength(0);
      expect(localStorage).toHaveLength(0);
    },
  );
});

describe('the dialog that asks first', () => {
  const confirmed = jest.fn();
  function Asking() {
    const [asking, setAsking] = useState(false);
    return (
      <>
        <button onClick={() => setAsking(true)}>Delete</button>
        <ConfirmDialog
          open={asking}
          title="Sure?"
          confirmLabel="Yes"
          onConfirm={confirmed}
          onClose={() => setAsking(false)}
        >
          It is gone then.
        </ConfirmDialog>
      </>
    );
  }

  test('when Escape is pressed, then nothing happens, the focus is back, and it can be opened again', async () => {
    const { user } = visit('/', <Asking />);
    for (let times = 0; times < 2; times++) {
      await user.click(screen.getByText('Delete'));
      expect(screen.getByRole('dialog', { name: 'Sure?' })).toHaveAttribute('open');
      expect(screen.getByText(texts.dialog.keep)).toHaveFocus();
      await user.keyboard('{Escape}');
      expect(screen.getByRole('dialog')).not.toHaveAttribute('open');
      expect(screen.getByText('Delete')).toHaveFocus();
    }
    expect(confirmed).not.toHaveBeenCalled();
  });
});

describe('coming back to a page', () => {
  const returns: [string, () => boolean][] = [
    ['to its tab', () => document.dispatchEvent(new Event('visibilitychange'))],
    ["from the back button's cache", () => window.dispatchEvent(persistedShow())],
    ['from no network', () => window.dispatchEvent(new Event('online'))],
  ];
  const persistedShow = () => Object.assign(new Event('pageshow'), { persisted: true });
  const comeBack = (by: () => boolean) => act(() => void by());
  const shownTime = () => screen.getByRole('timer').textContent;

  test.each(returns)('when somebody comes back %s, then the order and its clock are those of now', async (_how, by) => {
    const route = `GET /api/orders/${order.id}`;
    services.replyTo(route, {
      status: 200,
      body: { ...order, version: 1 },
      // The device slept: its own clock counted less than what passed.
      headers: { date: new Date(Date.parse(order.expiresAt) - 60_000).toUTCString() },
    });
    open(actions.pay);
    await pass(10);
    expect(shownTime()).toMatch(/1[45]:\d\d$/);
    comeBack(by);
    await until(() => expect(shownTime()).toMatch(/ (0:5\d|1:00)$/));

    services.replyTo(route, { status: 200, body: { ...order, version: 2, status: 'cancelled', reason: 'withdrawn' } });
    comeBack(by);
    await until(() => expect(screen.queryByText(texts.outcome.reasons.withdrawn)).toBeVisible());
  });

  const currentUser = 'GET /api/users/currentuser';
  function Page() {
    useSessionSync(signedIn);
    return null;
  }

  test.each(returns)('when somebody comes back %s later, then it is asked who is signed in', async (_how, by) => {
    services.replyTo(currentUser, { status: 200, body: { currentUser: null } });
    const { went } = visit('/orders', <Page />);
    await pass(29_000);
    comeBack(by);
    await pass(2000);
    expect(services.asked).toEqual([]);
    comeBack(by);
    await until(() => expect(went).toEqual(['/orders']));
    expect(services.sentTo(currentUser)).toHaveLength(1);
  });

  test('when it is left, or the same person is still signed in, then it is not loaded anew', async () => {
    const user = signedIn.state === 'signed-in' ? signedIn.user : undefined;
    const is = (currentUser: unknown) => ({ status: 200, body: { currentUser } });
    services.replyTo(currentUser, is(user), is(null));
    const { went } = visit('/orders', <Page />);
    await pass(31_000);
    const visibility = jest.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
    comeBack(returns[0]![1]);
    visibility.mockRestore();
    comeBack(returns[0]![1]);
    await until(() => expect(services.asked).toHaveLength(1));
    await pass(31_000);
    comeBack(returns[0]![1]);
    // By the second answer only.
    await until(() => expect(went).toEqual(['/orders']));
    expect(services.asked).toHaveLength(2);
  });
});

describe('a theme that is chosen', () => {
  const { dataset } = document.documentElement;
  const choose = async (theme: 'dark' | 'system', answer: () => object) => {
    // By the page's clock, so that the answer comes while the page is looked at.
    globalThis.fetch = jest.fn().mockImplementation(() => wait(1).then(answer));
    const { user, leave } = visit('/account', <AccountPage theme="light" session={signedIn} />);
    const button = screen.getByText(texts.account.themes[theme]);
    await user.click(button);
    return { button, leave };
  };

  test('when it is saved, then the page has it, the focus stays on its button, and the history is as it was', async () => {
    const { length } = history;
    for (const theme of ['dark', 'system'] as const) {
      const { button, leave } = await choose(theme, () => ({ type: 'opaqueredirect' }));
      await until(() => expect(button).toHaveAttribute('aria-pressed', 'true'));
      expect(button).toHaveFocus();
      expect(dataset.bsTheme).toBe(theme === 'dark' ? 'dark' : undefined);
      const { body } = jest.mocked(fetch).mock.calls[0]![1]!;
      expect(String(body as URLSearchParams)).toBe(`theme=${theme}`);
      leave();
    }
    expect(history).toHaveLength(length);
  });

  test.each([
    ['no answer comes', () => Promise.reject(new TypeError()), texts.failures.noAnswer],
    ['it is refused', () => ({ type: 'basic', status: 500 }), texts.failures.notUnderstood],
  ])('when %s, then that is said, and nothing has changed', async (_what, answer, message) => {
    const { button } = await choose('dark', answer);
    await until(() => expect(screen.queryByRole('alert')).toHaveTextContent(message));
    expect(button).toHaveAttribute('aria-pressed', 'false');
    expect(dataset.bsTheme).toBeUndefined();
  });
});

describe('the focus', () => {
  function Page() {
    useRouteFocus();
    return <h1 tabIndex={-1}>Orders</h1>;
  }

  test('when another page is entered, then it is on the heading; when a list is filtered, then it stays', () => {
    const { events } = visit('/tickets/1', <Page />);
    const arriveAt = (path: string) => act(() => events.emit('routeChangeComplete', path));
    arriveAt('/tickets/1?notice=listed');
    expect(screen.getByRole('heading')).not.toHaveFocus();
    arriveAt('/orders');
    expect(screen.getByRole('heading')).toHaveFocus();
  });

  test('when a message asks for it, then it is there, else it stays', () => {
    visit('/', <Notice tone="info">Later</Notice>);
    expect(screen.getByText('Later')).not.toHaveFocus();
    visit(
      '/',
      <Notice tone="danger" focus>
        Now
      </Notice>,
    );
    expect(screen.getByText('Now')).toHaveFocus();
  });
});

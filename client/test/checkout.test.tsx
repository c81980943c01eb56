/** @jest-environment ./client/test/harness/browser-environment.ts */
import { screen } from '@testing-library/react';
import { loadStripe } from '@stripe/stripe-js/pure';
import { Countdown } from '../components/countdown';
import { texts } from '../texts';
import { actions, card, enter, orderPage, payButton, press } from './harness/actions';
import { order } from './harness/samples';
import { startServices } from './harness/services';
import { pass, until, visit } from './harness/visit';

/** Stripe's own script, which runs only in a real browser that reaches Stripe. */
jest.mock('@stripe/stripe-js/pure', () => ({ loadStripe: jest.fn() }));

const services = startServices();

const { route: payment, address } = actions.pay;
const orderRoute = `GET /api/orders/${order.id}`;
const minutes = 60_000;
const orderIs = (changes: object) =>
  services.replyTo(orderRoute, { status: 200, body: { ...order, version: 1, ...changes } });
const sees = (text: string, pace = 1) => until(() => expect(screen.queryByText(text)).toBeVisible(), pace);

const declined = { message: 'The card was declined', code: 'card_declined' };
const stripe = { kind: 'stripe', publishableKey: 'pk_test_1' } as const;

describe('the countdown', () => {
  test('when 15 minutes run down, then it speaks at 10, 5, 2, 1 and a half, for a moment each, and the display is silent', async () => {
    orderIs({});
    visit(address, orderPage());
    const region = () => document.querySelector('.countdown [role="status"]')?.textContent;
    const spoken: [string, string][] = [];
    let saidBefore = '';
    let saidFor = 0;
    // The display changes a moment after each second.
    await pass(10);
    for (let seconds = 15 * 60; seconds > 0; seconds -= 5) {
      const said = region() ?? '';
      if (said !== saidBefore && said !== '') spoken.push([screen.getByRole('timer').textContent ?? '', said]);
      if (said !== '') saidFor += 5;
      saidBefore = said;
      await pass(5000);
    }
    expect(spoken.map(([, said]) => said)).toEqual([
      '10 minutes left',
      '5 minutes left',
      '2 minutes left',
      '1 minute left',
      '30 seconds left',
    ]);
    expect(spoken.map(([shown]) => shown.slice(-5))).toEqual(['10:00', ' 5:00', ' 2:00', ' 1:00', ' 0:30']);
    // A sentence that stayed would tell a wrong time to who reads the page later.
    expect(saidFor).toBe(5 * 10);
    expect(screen.getByRole('timer').closest('[aria-live]')).toBeNull();
  });

  test('when the time is up and the order expired, then that is said at once, and it can be reserved again', async () => {
    const { went, user } = visit(address, orderPage());
    orderIs({ status: 'cancelled', reason: 'expired' });
    await pass(15 * minutes);
    await sees(texts.outcome.expired, 100);
    expect(screen.getByRole('alert')).toHaveFocus();
    services.replyTo('POST /api/orders', { status: 201, body: { ...order, id: 'new' } });
    await user.click(screen.getByText(texts.ticket.reserveAgain));
    await until(() => expect(went).toEqual(['/orders/new']));
  });

  test.each(['ticket_withdrawn', 'ticket_sold', 'ticket_past', 'not_found'])(
    'when reserving again is refused by %s, then it is not offered any more, but other tickets are',
    async (code) => {
      const { user } = visit(address, orderPage({ status: 'cancelled', reason: 'expired' }));
      const refusal = { status: code === 'not_found' ? 404 : 409, body: { errors: [{ message: 'Gone', code }] } };
      services.replyTo('POST /api/orders', refusal);
      services.replyTo(`GET /api/tickets/${order.ticket.id}`, refusal);
      await user.click(screen.getByText(texts.ticket.reserveAgain));
      await sees('Gone');
      expect(screen.queryByText(texts.ticket.reserveAgain)).toBeNull();
      expect(screen.getByText(texts.list.others)).toBeVisible();
    },
  );

  test('when somebody else holds the ticket, then reserving again stays on offer', async () => {
    const { user } = visit(address, orderPage({ status: 'cancelled', reason: 'expired' }));
    const held = { message: 'Held', code: 'ticket_reserved' };
    services.replyTo('POST /api/orders', { status: 409, body: { errors: [held] } });
    await user.click(screen.getByText(texts.ticket.reserveAgain));
    await sees(held.message);
    expect(screen.getByText(texts.ticket.reserveAgain)).toBeVisible();
  });

  test.each([
    [5 * minutes, 'info'],
    [5 * minutes - 1, 'warn'],
    [minutes - 1, 'bad'],
  ])('when %i ms are left, then it looks as urgent as "%s"', (timeLeft, tone) => {
    visit(address, <Countdown timeLeft={timeLeft} />);
    expect(document.querySelector('.countdown')).toHaveClass(`countdown-${tone}`);
  });
});

describe('paying', () => {
  test('when a card is declined, then the message has the focus, and another card pays', async () => {
    services.replyTo(payment, { status: 422, body: { errors: [declined] } }, { status: 201, body: {} });
    const { user } = visit(address, orderPage());
    await enter(user, { 'Card number': '4000 0000 0000 0002' });
    await press(user, actions.pay);
    await until(() => expect(screen.queryByRole('alert')).toHaveTextContent(declined.message));
    expect(screen.getByRole('alert')).toHaveFocus();

    orderIs({ status: 'complete' });
    await enter(user, card);
    await press(user, actions.pay);
    await sees(texts.outcome.paid, 100);
    const tokens = services.sentTo(payment).map((body) => (body as { token: string }).token);
    expect(tokens).toEqual(['tok_chargeDeclined', 'tok_visa']);
  });

  test('when pay is pressed twice, then one payment is sent', async () => {
    services.replyTo(payment, { status: 201, body: {} });
    orderIs({ status: 'complete' });
    const { user } = visit(address, orderPage());
    await enter(user, card);
    await user.dblClick(screen.getByText(payButton));
    await sees(texts.outcome.paid, 100);
    expect(services.sentTo(payment)).toHaveLength(1);
  });

  test('when the order ends while it is paid for, then nothing is charged, and it says so', async () => {
    services.replyTo(payment, { status: 201, body: {} });
    orderIs({ status: 'cancelled', reason: 'withdrawn' });
    const { user } = visit(address, orderPage());
    await enter(user, card);
    await press(user, actions.pay);
    await sees(texts.outcome.reasons.withdrawn, 100);
    expect(screen.getByText(texts.outcome.nothingCharged)).toBeVisible();
  });

  test('when the shop has no way to take cards, then it says so and shows no card form', () => {
    visit(address, orderPage({}, { kind: 'none' }));
    expect(screen.getByText(texts.payment.notConfigured)).toBeVisible();
    expect(screen.queryByText(payButton)).toBeNull();
  });
});

describe("Stripe's card form", () => {
  test('when it cannot be loaded, then it says so, and paying sends nothing', async () => {
    jest.mocked(loadStripe).mockRejectedValue(new Error('Failed to load Stripe.js'));
    const { user } = visit(address, orderPage({}, stripe));
    await sees(texts.card.notLoaded);
    await press(user, actions.pay);
    await until(() => expect(screen.getAllByRole('alert')).toHaveLength(2));
    expect(services.asked).toEqual([]);
  });

  test('when it is still loading, then paying says so and sends nothing', async () => {
    jest.mocked(loadStripe).mockReturnValue(new Promise(() => undefined));
    const { user } = visit(address, orderPage({}, stripe));
    await press(user, actions.pay);
    await sees(texts.card.stillLoading);
    expect(services.asked).toEqual([]);
  });

  test("when it is shown, then it has the page's colours, which its frame cannot see", async () => {
    const create = jest.fn((_type: string, _options: object) => ({ mount: jest.fn(), destroy: jest.fn() }));
    jest.mocked(loadStripe).mockResolvedValue({ elements: () => ({ create }) } as never);
    // jsdom leaves a token as it is; a browser says which colour it comes to.
    const colours = new Map([
      ['var(--ink-2)', 'grey'],
      ['var(--bad)', 'red'],
    ]);
    const computed = jest.spyOn(window, 'getComputedStyle').mockImplementation((element) => {
      const { color } = (element as HTMLElement).style;
      return { color: colours.get(color) ?? 'white' } as CSSStyleDeclaration;
    });
    visit(address, orderPage({}, stripe));
    await until(() => expect(create).toHaveBeenCalled());
    computed.mockRestore();
    expect(create.mock.lastCall?.[1]).toMatchObject({
      style: {
        base: { color: 'white', iconColor: 'grey', '::placeholder': { color: 'grey' } },
        invalid: { color: 'red', iconColor: 'red' },
      },
    });
    expect(document.querySelector<HTMLElement>('.stripe-card')?.style.color).toBe('');
  });

  test('when the bank asks for its dialog, then the same token is sent again after it', async () => {
    const handleNextAction = jest.fn().mockResolvedValue({});
    const createToken = jest.fn().mockResolvedValue({ token: { id: 'tok_1' } });
    const elements = () => ({ create: () => ({ mount: jest.fn(), destroy: jest.fn() }) });
    jest.mocked(loadStripe).mockResolvedValue({ elements, createToken, handleNextAction } as never);
    const question = { message: 'Confirm', code: 'authentication_required', clientSecret: 'secret_1' };
    services.replyTo(payment, { status: 422, body: { errors: [question] } }, { status: 201, body: {} });
    orderIs({ status: 'complete' });

    const { user } = visit(address, orderPage({}, stripe));
    await until(() => expect(loadStripe).toHaveBeenCalledWith('pk_test_1'));
    await sees(payButton);
    await press(user, actions.pay);
    await sees(texts.outcome.paid, 100);
    expect(handleNextAction).toHaveBeenCalledWith({ clientSecret: 'secret_1' });
    const sent = { orderId: order.id, token: 'tok_1' };
    expect(services.sentTo(payment)).toEqual([sent, sent]);
  });
});

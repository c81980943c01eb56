import type { CancelReason, OrderStatus } from '@ticketing/common';
import { newId } from '@ticketing/common/testing';
import { Order } from '../../src/models/order';

const orderThatIs = (status: OrderStatus, paymentId?: string) =>
  new Order({
    status,
    userId: newId(),
    expiresAt: new Date(),
    ticket: { id: newId(), title: 'A seat', price: 40 },
    ...(paymentId && { paymentId }),
  });

const refusal = (code: string) => expect.objectContaining({ code }) as Error;

describe('what may become of an order', () => {
  test.each(['user', 'expired', 'withdrawn', 'unpaid', 'refunded'] as CancelReason[])(
    'created: it can be cancelled as %s',
    (reason) => {
      const order = orderThatIs('created');
      order.cancel(reason);
      expect(order).toMatchObject({ status: 'cancelled', reason });
    },
  );

  test.each(['unpaid', 'refunded'] as CancelReason[])('complete: it can be cancelled as %s', (reason) => {
    const order = orderThatIs('complete', newId());
    order.cancel(reason);
    expect(order).toMatchObject({ status: 'cancelled', reason });
  });

  test.each(['user', 'expired', 'withdrawn'] as CancelReason[])('complete: as %s it is refused', (reason) => {
    const order = orderThatIs('complete', newId());
    expect(() => order.cancel(reason)).toThrow(refusal('order_paid'));
    expect(order).toMatchObject({ status: 'complete' });
  });

  test('cancelled: it is never complete again', () => {
    const order = orderThatIs('cancelled');
    expect(() => order.complete(newId())).toThrow(refusal('order_cancelled'));
    expect(order).toMatchObject({ status: 'cancelled' });
  });
});

import type { Step } from './step';

export const PURCHASE = 'A ticket is bought';

export const ABOUT_PURCHASE =
  'Run this folder: two people sign up, one offers a ticket, the other reserves it and pays. ' +
  'Each step says what has happened; one that fails ends the run.';

/** Signing up as the buyer replaces the session of the seller, whom nothing is asked of afterwards. */
export const purchase: readonly Step[] = [
  {
    name: 'The seller signs up',
    operation: 'signUp',
    body: { email: 'seller-{{$guid}}@example.com' },
    status: 201,
    says: 'The seller has an account and is signed in',
    check: `
      pm.expect(answer.email).to.match(/^seller-/);
      pm.collectionVariables.set('sellerId', answer.id);`,
  },
  {
    name: 'The seller offers a ticket',
    operation: 'createTicket',
    status: 201,
    says: 'The ticket can be bought, at the price that was asked',
    check: `
      pm.expect(answer.status).to.equal('available');
      pm.expect(answer.price).to.equal(JSON.parse(pm.request.body.raw).price);
      pm.expect(answer.userId).to.equal(pm.collectionVariables.get('sellerId'));
      pm.collectionVariables.set('ticketId', answer.id);
      pm.collectionVariables.set('price', answer.price);`,
  },
  {
    name: 'The buyer signs up',
    operation: 'signUp',
    body: { email: 'buyer-{{$guid}}@example.com' },
    status: 201,
    says: 'The buyer has an account and is signed in instead of the seller',
    check: `
      pm.expect(answer.email).to.match(/^buyer-/);
      pm.collectionVariables.set('buyerId', answer.id);`,
  },
  {
    name: 'The buyer reserves the ticket',
    operation: 'createOrder',
    body: { ticketId: '{{ticketId}}' },
    notYet: 'pm.response.code === 404',
    status: 201,
    says: 'The ticket is reserved for the buyer, at the price at which it was listed',
    check: `
      pm.expect(answer.status).to.equal('created');
      pm.expect(answer.userId).to.equal(pm.collectionVariables.get('buyerId'));
      pm.expect(answer.ticket.id).to.equal(pm.collectionVariables.get('ticketId'));
      pm.expect(answer.ticket.price).to.equal(pm.collectionVariables.get('price'));
      pm.expect(new Date(answer.expiresAt)).to.be.above(new Date(answer.createdAt));
      pm.collectionVariables.set('orderId', answer.id);`,
  },
  {
    name: 'The buyer pays',
    operation: 'createPayment',
    body: { orderId: '{{orderId}}', token: 'tok_visa' },
    notYet: 'pm.response.code === 404',
    status: 201,
    says: 'The bank has authorised the price',
    check: `
      pm.expect(answer.status).to.be.oneOf(['authorised', 'captured']);
      pm.collectionVariables.set('paymentId', answer.id);`,
  },
  {
    name: 'The order becomes complete',
    operation: 'showOrder',
    path: { id: '{{orderId}}' },
    notYet: `answer.status === 'created'`,
    status: 200,
    says: 'The order is complete, and names its payment',
    check: `
      pm.expect(answer.status).to.equal('complete');
      pm.expect(answer.paymentId).to.equal(pm.collectionVariables.get('paymentId'));`,
  },
  {
    name: 'The ticket becomes sold',
    operation: 'showTicket',
    path: { id: '{{ticketId}}' },
    notYet: `answer.status === 'available' || answer.status === 'reserved'`,
    status: 200,
    says: 'Everybody sees that the ticket is sold, by this order',
    check: `
      pm.expect(answer.status).to.equal('sold');
      pm.expect(answer.orderId).to.equal(pm.collectionVariables.get('orderId'));`,
  },
  {
    name: 'The buyer looks at the orders',
    operation: 'listOrders',
    status: 200,
    says: 'The list of the buyer has this order and no other, at the price at which the ticket was listed',
    check: `
      pm.expect(answer.map(({ id }) => id)).to.eql([pm.collectionVariables.get('orderId')]);
      pm.expect(answer[0].status).to.equal('complete');
      pm.expect(answer[0].ticket.price).to.equal(pm.collectionVariables.get('price'));`,
  },
  {
    name: 'The buyer looks at the payment',
    operation: 'listPayments',
    query: { orderId: '{{orderId}}' },
    notYet: `answer[0]?.status === 'authorised'`,
    status: 200,
    says: 'The price was taken from the card, once',
    check: `
      pm.expect(answer.map(({ id }) => id)).to.eql([pm.collectionVariables.get('paymentId')]);
      pm.expect(answer[0].status).to.equal('captured');
      pm.expect(answer[0].amount).to.equal(Math.round(pm.collectionVariables.get('price') * 100));`,
  },
];

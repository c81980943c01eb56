/** For tickets: an order for a withdrawn ticket does not make it say once more that the ticket is gone. */
const { Ticket } = require('../../../tickets/dist/models/ticket');

const { announce } = Ticket.prototype;
Ticket.prototype.announce = function (type) {
  const isAgain = type === 'ticket:deleted' && this.orders.length > 0;
  if (!isAgain) announce.call(this, type);
};

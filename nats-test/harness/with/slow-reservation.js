/** For orders: between the looks at a ticket and its holder and the reservation there is time for something to happen. */
const { setTimeout: delay } = require('node:timers/promises');
const { Order } = require('../../../orders/dist/models/order');

const MILLISECONDS = 500;

const save = Order.prototype.save;
Order.prototype.save = async function (...options) {
  if (this.isNew) await delay(MILLISECONDS);
  return save.apply(this, options);
};

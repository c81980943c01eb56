/** For orders: between the looks on which an order's state is decided and its save there is time for something to happen. */
const { setTimeout: delay } = require('node:timers/promises');
const { Order } = require('../../../orders/dist/models/order');

const MILLISECONDS = 500;

const save = Order.prototype.save;
Order.prototype.save = async function (...options) {
  await delay(MILLISECONDS);
  return save.apply(this, options);
};

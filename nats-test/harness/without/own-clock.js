/** For orders: whoever says that the time is up is believed. */
const { Order } = require('../../../orders/dist/models/order');

Order.prototype.isOverdue = function () {
  return this.status === 'created';
};

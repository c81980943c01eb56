const { Consumer } = require('../../../common/dist/messaging/consumer');

const { settle } = Consumer.prototype;
const LATER_MILLISECONDS = 30_000;

/** Acknowledges an event before it is handled, as a broker does that is told to do so by itself. */
Consumer.prototype.settle = function (...event) {
  setTimeout(() => settle.apply(this, event), LATER_MILLISECONDS);
  return Promise.resolve();
};

/** For tickets: whoever hears of a new order throws, and the second try of an event is the last. */
const policy = require('../../../common/dist/messaging/parking/retry-policy');
const { OrderCreatedListener } = require('../../../tickets/dist/events/listeners/order-created-listener');

OrderCreatedListener.prototype.handle = () => Promise.reject(new Error('no such luck'));
policy.MAX_ATTEMPTS = 2;

/** For tickets: whoever hears of a new order throws, and the second try of an event is the last. */
const onLoad = require('./on-load');

onLoad('listeners/order-created-listener', ({ OrderCreatedListener }) => {
  OrderCreatedListener.prototype.handle = () => Promise.reject(new Error('no such luck'));
});
onLoad('/retry-policy', (policy) => {
  policy.MAX_ATTEMPTS = 2;
});

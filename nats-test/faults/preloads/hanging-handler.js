/** For tickets: whoever hears of a new order never comes to an end, which takes less than 10 s to be noticed. */
const onLoad = require('./on-load');

onLoad('listeners/order-created-listener', ({ OrderCreatedListener }) => {
  OrderCreatedListener.prototype.handle = () => new Promise(() => undefined);
});
onLoad('/consumer', (consumer) => {
  consumer.HANDLER_LIMIT_MILLISECONDS = 300;
});

/** For payments: an intent is asked for without a key, so that asking again makes another one. */
const client = require('../../../payments/dist/stripe/client');

const { ask } = client;
client.ask = (question) =>
  ask((stripe) => {
    forgetKeys(stripe.paymentIntents);
    return question(stripe);
  });

function forgetKeys(paymentIntents) {
  const { create } = Object.getPrototypeOf(paymentIntents);
  paymentIntents.create = (draft) => create.call(paymentIntents, draft);
}

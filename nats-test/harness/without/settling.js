/** For payments: money is moved when an event comes, once, and nobody looks at it again. */
const prompts = require('../../../payments/dist/operations/settle-soon');
const { settle } = require('../../../payments/dist/operations/settle');

prompts.settleSoon = (orderId) => void settle(orderId).catch(() => undefined);
prompts.settleOrPostpone = () => Promise.resolve();

const { OutboxRelay } = require('../../../common/dist/messaging/outbox/outbox-relay');

/** Takes the sweep away: what was not sent at once is not sent. */
OutboxRelay.prototype.sweep = () => Promise.resolve();

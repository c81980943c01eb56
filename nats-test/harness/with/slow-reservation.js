/** For orders: between the look at a ticket and its reservation there is time for something else to happen. */
const { setTimeout: delay } = require('node:timers/promises');
const { Ticket } = require('../../../orders/dist/models/ticket');

const MILLISECONDS = 500;

const findById = Ticket.findById.bind(Ticket);
Ticket.findById = (id) => {
  const query = findById(id);
  const exec = query.exec.bind(query);
  query.exec = async () => {
    const found = await exec();
    await delay(MILLISECONDS);
    return found;
  };
  return query;
};

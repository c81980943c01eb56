/** For tickets: a save takes effect whoever saved since the ticket was loaded. */
const { Ticket } = require('../../../tickets/dist/models/ticket');

const updateOne = Ticket.collection.updateOne.bind(Ticket.collection);
Ticket.collection.updateOne = ({ _id }, change, options) => updateOne({ _id }, change, options);

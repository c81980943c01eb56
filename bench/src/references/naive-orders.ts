import { randomUUID } from 'node:crypto';
import { log, NatsStreamingBus } from '@ticketing/common';
import cookieSession from 'cookie-session';
import express, { type Request, type RequestHandler } from 'express';
import jwt from 'jsonwebtoken';
import mongoose, { Schema, type Types } from 'mongoose';
import { settingsOf } from './settings';

/**
 * Orders as most projects of this kind write them: look whether the ticket is free, save, publish without waiting, answer.
 * A crash between the last three loses the event, two buyers at once both have the ticket, and nothing is logged,
 * measured or validated. What follows from an order is the same: it says the same event to the same consumers.
 */
const { port, mongoUri, natsUrl, jwtKey } = settingsOf<{ mongoUri: string; natsUrl: string; jwtKey: string }>();

const WINDOW_MILLISECONDS = 3_600_000;

const Ticket = mongoose.model(
  'Ticket',
  new Schema({ title: String, price: Number, userId: String, version: Number }, { versionKey: false }),
);
const Order = mongoose.model(
  'Order',
  new Schema(
    {
      status: { type: String, required: true },
      userId: { type: String, required: true },
      expiresAt: { type: Date, required: true },
      ticket: { id: Schema.Types.ObjectId, title: String, price: Number },
    },
    { versionKey: 'version', timestamps: { createdAt: true, updatedAt: false } },
  ).index({ 'ticket.id': 1, status: 1 }),
);
type Order = InstanceType<typeof Order>;

log.level = 'silent';
const bus = new NatsStreamingBus({ url: natsUrl, clusterId: 'ticketing', clientId: 'naive-orders', log });
const app = express().disable('etag').disable('x-powered-by');

app.get('/ready', (_req, res) => {
  res.send({});
});

const requireUser: RequestHandler = (req, _res, next) => {
  req.currentUser = jwt.verify(String(req.session?.jwt), jwtKey, { algorithms: ['HS256'] }) as Request['currentUser'];
  next();
};

app.use(express.json(), cookieSession({ name: 'session', signed: false, secure: false }), requireUser);

app.post('/api/orders', async (req: Request<object, object, { ticketId: string }>, res) => {
  const ticket = await Ticket.findById(req.body.ticketId);
  if (!ticket) return void res.status(404).send({});
  const taken = await Order.exists({ 'ticket.id': ticket._id, status: { $in: ['created', 'complete'] } });
  if (taken) return void res.status(409).send({});
  const order = await new Order({
    status: 'created',
    userId: req.currentUser?.id,
    expiresAt: new Date(Date.now() + WINDOW_MILLISECONDS),
    ticket: { id: ticket._id, title: ticket.title, price: ticket.price },
  }).save();
  const shown = shownOf(order);
  void bus.publish('order:created', eventOf(shown));
  res.status(201).send(shown);
});

function shownOf(order: Order) {
  const { _id, ...shown } = order.toObject() as { _id: Types.ObjectId; createdAt: Date };
  return { id: _id.toHexString(), ...shown };
}

function eventOf(data: ReturnType<typeof shownOf>): string {
  return JSON.stringify({
    specversion: '1.0',
    id: randomUUID(),
    source: '/orders',
    type: 'order:created',
    subject: data.id,
    time: data.createdAt,
    datacontenttype: 'application/json',
    data,
  });
}

async function start(): Promise<void> {
  await mongoose.connect(mongoUri);
  await Order.init();
  await bus.connect();
  app.listen(port, '127.0.0.1');
}

void start();

import type { Order, Session, Ticket } from '../../api/types';
import document from '../../../docs/api/openapi.json';

const { Order: orders, Ticket: tickets } = document.components.schemas;

export const ticket = tickets.example as Ticket;
export const order = orders.example as Order;

export const signedIn: Session = { state: 'signed-in', user: { id: 'f'.repeat(24), email: 'a@example.com' } };

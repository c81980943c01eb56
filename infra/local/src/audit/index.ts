export type { Books, IntentEntry, OrderEntry, PaymentEntry } from './books';
export { compareBooks, describeFinding, type Audit, type Finding, type OpenPayment } from './compare-books';
export { orderEntry, paymentEntry, readDatabases } from './databases';
export { openAccount, readAccount } from './stripe-account';
export { whatStays } from './what-stays';

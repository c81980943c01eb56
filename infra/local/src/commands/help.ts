export const HELP = `npm start             runs the whole system
npm run dev           runs it and restarts what is changed
  -- --port N               the port for browsers, else PORT, else 3000
  -- --expiration-window N  how many seconds a reservation lasts, else 900
  -- --reset                deletes all data first, after asking
  -- --yes                  does not ask

npm run seed          fills a running system with users and listings

npm run events -- list [service]             events that could not be handled
npm run events -- show <service> <id>        one of them
npm run events -- retry <service> <id>|--all tries again
npm run events -- drop <service> <id>|--all  forgets
npm run events -- republish <service>        announces everything again
npm run events -- bump <service>             after restoring a backup, before the start
npm run refund -- <order>                    gives the money of an order back
npm run audit                                compares orders, payments and the Stripe account

Settings of the environment: MONGO_URI, NATS_URL and REDIS_URL name servers to use instead of own ones, STRIPE_KEY
a test key of Stripe instead of the stand-in, LOG_LEVEL how much is said. TICKETING_DATA is where the data is kept,
else .data; TICKETING_CACHE where servers are kept, else ~/.cache/ticketing.`;

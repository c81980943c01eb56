import type { CancelReason, Category, Credentials, ErrorCode, TicketDetails } from '../api/types';
import type { Status } from '../components/status-badge';
import type { Theme } from '../lib/theme';
import type { TicketQuery } from '../lib/ticket-query';

/** Everything that the pages say in English. */
export const en = {
  lang: 'en',
  /** How prices and times are written. */
  locale: 'en-US',

  shop: {
    name: 'Ticketing',
    description: 'Buy and sell single tickets for concerts, sport, theatre and more. A ticket is yours once you paid.',
    imageDescription: 'A ticket with the words: Ticketing. Single tickets, bought and sold.',
    skip: 'Skip to content',
    loading: 'Loading the page',
    navigation: 'Main',
    api: 'API',
  },

  categories: {
    concert: 'Concert',
    sport: 'Sport',
    theatre: 'Theatre',
    festival: 'Festival',
    conference: 'Conference',
    other: 'Other',
  } satisfies Record<Category, string>,

  statuses: {
    available: 'Available',
    reserved: 'Reserved',
    sold: 'Sold',
    'to-pay': 'To pay',
    paid: 'Paid',
    expired: 'Expired',
    cancelled: 'Cancelled',
    refunded: 'Refunded',
  } satisfies Record<Status, string>,

  failures: {
    noAnswer: 'The shop did not answer. Check your connection and try again.',
    notUnderstood: 'Something went wrong. Please try again.',
    brokenPage: 'Something on this page does not work. Reload the page and try again.',
    tryAgainIn: (seconds: number) => `Try again in ${seconds === 1 ? '1 second' : `${seconds} seconds`}.`,
    needsScript: 'This part of the shop needs JavaScript, which is switched off in your browser.',
    request: 'Request',
  },

  /**
   * What is said in the place of a service's own message, by its code, and by the name of the field that it is about.
   * The services speak English, so that there is nothing to say here; another language says all of it.
   */
  refusals: {} as Partial<Record<ErrorCode, string>>,
  wrongFields: {} as Partial<Record<string, string>>,

  notFound: {
    title: 'Page not found',
    text: 'There is nothing at this address. The ticket may have been withdrawn.',
    search: 'Search all tickets',
  },

  broken: {
    title: 'Something went wrong',
    text: 'This page could not be shown. Please try again; if it stays so, tell us the request below.',
  },

  notYours: {
    title: 'Not yours',
    text: 'This page belongs to somebody else. Are you signed in with the right account?',
  },

  serviceDown: {
    title: 'Temporarily unavailable',
    text: 'This part of the shop does not answer just now. Nothing that you did before is lost.',
    tryAgain: 'Try again',
  },

  list: {
    title: 'Tickets',
    description: 'Single tickets that other people cannot use, to be searched by category and price.',
    wrongSearch: 'The search could not be used as it is. These are all tickets.',
    noMatch: 'No ticket matches',
    showAll: 'Show all tickets',
    all: 'All tickets',
    others: 'Find another ticket',
    empty: 'No tickets yet',
    sellFirst: 'Sell the first one',
    showMore: 'Show more',
    loadingMore: 'Loading…',
  },

  filter: {
    search: 'Search',
    category: 'Category',
    anyCategory: 'All',
    minPrice: 'Price from',
    maxPrice: 'Price to',
    limitsCrossed: 'Give a price that is not below the other one.',
    sort: 'Sort by',
    sorts: {
      newest: 'Newest first',
      price: 'Lowest price',
      '-price': 'Highest price',
      date: 'Soonest event',
    } satisfies Record<NonNullable<TicketQuery['sort']>, string>,
    clear: 'Clear',
  },

  signIn: {
    title: 'Sign in',
    description: 'Sign in to buy and sell tickets.',
    busy: 'Signing in…',
    otherWay: 'New here?',
  },

  signUp: {
    title: 'Sign up',
    description: 'An account to buy and sell tickets: an e-mail address and a password are enough.',
    busy: 'Signing up…',
    otherWay: 'Already have an account?',
  },

  credentials: {
    labels: { email: 'E-mail', password: 'Password' } satisfies Record<keyof Credentials, string>,
    passwordHint: 'At least 8 characters.',
    wrongEmail: 'Enter an e-mail address, such as ana@example.com.',
    noPassword: 'Enter your password.',
    shortPassword: 'Choose a password of at least 8 characters.',
    showPassword: 'Show password',
    show: 'Show',
    hide: 'Hide',
  },

  signOut: {
    title: 'Sign out',
    text: 'This ends your session in this browser. What you have reserved, bought or put on sale stays yours.',
    busy: 'Signing out…',
    failed: 'You are still signed in.',
  },

  account: {
    title: 'Account',
    email: 'E-mail',
    theme: 'Colours',
    themes: {
      system: 'As the device',
      light: 'Light',
      dark: 'Dark',
    } satisfies Record<Theme, string>,
    unknown: 'Who is signed in cannot be shown just now.',
  },

  ticket: {
    description: (facts: string, price: string) => `${facts}. ${price} for one ticket.`,
    past: 'This event is over.',
    held: 'You hold this ticket.',
    continue: 'Continue to payment',
    bought: 'You bought this ticket.',
    showOrder: 'Show order',
    reserved: 'Someone is holding this ticket. If they do not pay in time, it comes back on sale.',
    sold: 'This ticket is sold.',
    own: 'This is your ticket.',
    ownReserved: 'This is your ticket. Somebody has reserved it, so it cannot be changed now.',
    ownSold: (price: string) => `This is your ticket. It is sold for ${price}.`,
    edit: 'Edit',
    beforeReserving: 'Once reserved, the ticket is held for you while you pay, usually for 15 minutes.',
    signInToReserve: 'Sign in to reserve',
    reserve: 'Reserve',
    reserveAgain: 'Reserve again',
    reserving: 'Reserving…',
    almostReady: 'Almost ready…',
    listedNotice: 'Your ticket is on sale.',
    changedNotice: 'Your changes are saved.',
  },

  ticketForm: {
    labels: {
      title: 'Title',
      price: 'Price in US dollars',
      category: 'Category',
      venue: 'Venue (optional)',
      startsAt: 'Starts at (optional)',
      description: 'Description (optional)',
    } satisfies Record<keyof TicketDetails, string>,
    noTitle: 'Give the ticket a title.',
    noPrice: 'Say what the ticket costs.',
    wrongPrice: 'Give the price in dollars and cents, such as 49.90. The lowest is 0.50.',
    past: 'Give a time in the future.',
    priceHint: 'From 0.50, for example 49.90.',
    startsAtHint: 'In your time zone.',
  },

  draft: {
    restored: 'What you had typed is restored.',
    discard: 'Discard it',
  },

  sell: {
    title: 'Sell a ticket',
    verb: 'Put on sale',
    busy: 'Putting on sale…',
  },

  edit: {
    title: 'Change your ticket',
    verb: 'Save',
    busy: 'Saving…',
    sold: 'This ticket is sold and cannot be changed any more.',
    reserved: 'Somebody has reserved this ticket, so it cannot be changed now.',
    show: 'Show the ticket',
  },

  withdraw: {
    title: 'Withdraw',
    open: 'Withdraw from sale',
    busy: 'Withdrawing…',
    question: 'Withdraw this ticket?',
    effect: 'It leaves the shop for good.',
    confirm: 'Withdraw',
  },

  dialog: { keep: 'Keep it' },

  ownTickets: {
    title: 'My tickets',
    empty: 'Nothing on sale',
    soldFor: 'Sold for',
  },

  orders: {
    title: 'My orders',
    toPay: 'To pay',
    payBy: 'pay by',
    bought: 'Bought',
    past: 'Past',
    empty: 'No orders yet',
    findTicket: 'Find a ticket',
  },

  order: {
    title: 'Your order',
    titleToPay: 'Pay your order',
    summary: 'Order',
    price: 'Price',
    status: 'Status',
    ordered: 'Ordered',
    number: 'Order number',
    cancel: 'Cancel order',
    cancelling: 'Cancelling…',
    cancelQuestion: 'Cancel this order?',
    cancelEffect: 'The ticket goes back on sale, and somebody else may take it.',
  },

  countdown: {
    label: 'Time left to pay:',
    minutesLeft: (minutes: number) => (minutes === 1 ? '1 minute left' : `${minutes} minutes left`),
    secondsLeft: (seconds: number) => `${seconds} seconds left`,
  },

  payment: {
    title: 'Payment',
    notConfigured: 'Payments are not configured',
    notConfiguredText:
      'The shop cannot take cards just now, so this order cannot be paid. Nothing is charged; the ticket goes back on ' +
      'sale when the time is up, or when you cancel the order.',
    pay: (price: string) => `Pay ${price}`,
    paying: 'Paying…',
    authenticating: 'Waiting for your bank…',
    confirming: 'Confirming…',
    checking: 'Checking…',
    askingOrder: 'Time is up. Asking whether the order still stands…',
    notReady: 'The payment desk is not ready for this order yet. Try again in a moment.',
  },

  card: {
    label: 'Card',
    notLoaded: 'The card form could not be loaded. Check your connection and reload the page.',
    stillLoading: 'The card form is still loading. Try again in a moment.',
    gone: 'The card form is gone. Enter the card again.',
    notAccepted: 'The card was not accepted.',
    notConfirmed: "The bank's confirmation failed.",
  },

  testCard: {
    label: 'Card number',
    hint: 'Test mode: no real card is charged.',
    unknown: 'This is none of the test cards below.',
    check: 'Check the card number.',
    noDialog: "This card asks for its bank's confirmation, which the test form cannot show. Use another card.",
    bank: "The bank's question",
    leaveBank: 'Back without confirming',
    effects: {
      accepted: 'is accepted',
      declined: 'is declined',
      poor: 'has too little money',
      asks: "asks for the bank's confirmation",
    },
  },

  outcome: {
    nothingCharged: 'You are not charged; if your bank shows a hold for this payment, it goes away by itself.',
    paid: 'Paid. The ticket is yours.',
    showReceipt: 'Show the receipt',
    unconfirmed: 'Still confirming',
    unconfirmedText: 'Your payment was accepted, and the order will show it soon. It is safe to leave this page.',
    unknown: 'We do not know yet whether the payment went through',
    unknownText: 'Asking again is safe: you are charged once at most.',
    finish: 'Check and finish',
    expired: 'Time is up',
    expiredPaying: 'The time ran out first.',
    cancelled: 'Cancelled',
    refunded: 'Refunded',
    reasons: {
      user: 'You cancelled this order.',
      expired: 'The order was not paid in time.',
      withdrawn: 'The seller withdrew this ticket.',
      unpaid: 'The payment could not be collected, so the ticket went back on sale. You are not charged.',
      refunded: 'This order was refunded. Your bank may take a few days to show it.',
    } satisfies Record<CancelReason, string>,
  },

  receipt: {
    title: 'Receipt',
    ticket: 'Ticket',
    amount: 'Paid',
    date: 'Date',
    card: 'Card',
    cardEnding: (last4: string) => `ending in ${last4}`,
    number: 'Order number',
    incomplete: 'When and with which card you paid cannot be shown just now. Load the page again later.',
    print: 'Print',
    order: 'Back to the order',
  },

  docs: {
    title: 'The API',
    description: 'Every route of the shop with its inputs, answers and errors, to be tried from the page.',
    text:
      'Calls made from this page are made as the one who is signed in here. If you are not, sign up by the request ' +
      'POST /api/users/signup below: its answer brings the cookie of the session, and the browser sends it from ' +
      'then on. Programs do the same.',
    missing: 'A part is missing',
    missingText: (paths: string) => `Just now nobody answers for ${paths}. Load the page again later.`,
  },
};

// Made by `npm run docs`.

export interface paths {
  '/api/users/signup': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Makes an account, and signs in */
    post: operations['signUp'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/users/signin': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Signs in */
    post: operations['signIn'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/users/signout': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Signs out */
    post: operations['signOut'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/users/currentuser': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Says who is signed in */
    get: operations['showCurrentUser'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/tickets': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Lists the tickets that can be bought
     * @description With `seller=me`, all of one's own, reserved, sold and past ones too; for that one has to be signed in.
     */
    get: operations['listTickets'];
    put?: never;
    /** Offers a ticket */
    post: operations['createTicket'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/tickets/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Shows a ticket */
    get: operations['showTicket'];
    /**
     * Changes a ticket
     * @description Replaces all that its seller said of it: what is left out is removed.
     */
    put: operations['updateTicket'];
    post?: never;
    /** Withdraws a ticket */
    delete: operations['deleteTicket'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/orders': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Lists the orders of the caller, newest first */
    get: operations['listOrders'];
    put?: never;
    /**
     * Reserves a ticket
     * @description For 15 minutes, unless the service is set otherwise: `expiresAt` says until when it can be paid.
     */
    post: operations['createOrder'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/orders/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Shows an order of the caller */
    get: operations['showOrder'];
    put?: never;
    post?: never;
    /** Cancels an order */
    delete: operations['cancelOrder'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/payments': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Lists the payments of an order */
    get: operations['listPayments'];
    put?: never;
    /**
     * Pays an order
     * @description The price is authorised now and captured when the order is complete. After `authentication_required`, let
     *     the buyer go through the dialog of Stripe and ask again.
     */
    post: operations['createPayment'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/payments/webhook': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Hears from Stripe
     * @description What is not known is taken note of.
     */
    post: operations['receiveStripeEvent'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    /**
     * @example {
     *       "email": "ariel@example.com",
     *       "password": "correct horse battery"
     *     }
     */
    NewCredentials: {
      /**
       * Format: email
       * @description Letters of any script, at most 64 before the @. White space around it is taken away, and upper case is as lower.
       */
      email: string;
      password: string;
    };
    /**
     * @example {
     *       "email": "ariel@example.com",
     *       "password": "correct horse battery"
     *     }
     */
    Credentials: {
      /**
       * Format: email
       * @description Letters of any script, at most 64 before the @. White space around it is taken away, and upper case is as lower.
       */
      email: string;
      password: string;
    };
    /**
     * @example {
     *       "id": "6650f2a1c3d4e5f6012345cc",
     *       "email": "ariel@example.com"
     *     }
     */
    User: {
      id: string;
      email: string;
    };
    Errors: {
      errors: components['schemas']['Error'][];
    };
    Error: {
      /** @description For people. */
      message: string;
      /**
       * @description For programs.
       * @enum {string}
       */
      code:
        | 'validation_failed'
        | 'malformed_json'
        | 'invalid_credentials'
        | 'email_taken'
        | 'not_authenticated'
        | 'forbidden'
        | 'own_ticket'
        | 'foreign_origin'
        | 'not_found'
        | 'ticket_reserved'
        | 'ticket_sold'
        | 'ticket_withdrawn'
        | 'ticket_past'
        | 'order_cancelled'
        | 'order_expired'
        | 'order_paid'
        | 'payment_in_progress'
        | 'conflict'
        | 'body_too_large'
        | 'unsupported_media_type'
        | 'card_declined'
        | 'authentication_required'
        | 'too_many_requests'
        | 'internal_error'
        | 'dependency_unavailable'
        | 'payment_outcome_unknown'
        | 'overloaded';
      /** @description The input that it is about. */
      field?: string;
      /** @description Stripe's own word for a declined card. */
      declineCode?: string;
      /** @description What the browser needs to authenticate a payment with the bank of the buyer. */
      clientSecret?: string;
      /** @description Under which id the log knows more. */
      requestId?: string;
    };
    /**
     * @description White space around a text is taken away. Of a title something has to be visible; no text has control characters other than tabs and line breaks.
     * @example {
     *       "title": "Front row, The Tempest",
     *       "price": 45.5,
     *       "category": "theatre",
     *       "venue": "Globe"
     *     }
     */
    TicketDetails: {
      title: string;
      /** @description US dollars and whole cents, from 0.50 to 999999.99, as a number or as its text. */
      price: number | string;
      /** @description `other` if not said. */
      category?: ('concert' | 'sport' | 'theatre' | 'festival' | 'conference' | 'other') | null;
      venue?: string | null;
      /** @description When it begins: in the future, with a time zone. */
      startsAt?: string | null;
      description?: string | null;
    };
    /**
     * @description A ticket and whether it can be bought. `orderId` is the order that has it.
     * @example {
     *       "id": "6650f2a1c3d4e5f601234567",
     *       "title": "Front row, The Tempest",
     *       "price": 45.5,
     *       "category": "theatre",
     *       "venue": "Globe",
     *       "startsAt": "2030-05-17T18:00:00.000Z",
     *       "userId": "6650f2a1c3d4e5f6012345aa",
     *       "status": "available",
     *       "version": 0,
     *       "createdAt": "2030-01-02T10:00:00.000Z"
     *     }
     */
    Ticket: {
      id: string;
      title: string;
      price: number;
      /** @enum {string} */
      category: 'concert' | 'sport' | 'theatre' | 'festival' | 'conference' | 'other';
      venue?: string;
      /** Format: date-time */
      startsAt?: string;
      description?: string;
      userId: string;
      /** @enum {string} */
      status: 'available' | 'reserved' | 'sold';
      orderId?: string;
      version: number;
      /** Format: date-time */
      createdAt: string;
    };
    /**
     * @description An order with its ticket as that was when it was reserved. `reason` says why a cancelled one ended.
     * @example {
     *       "id": "6650f2a1c3d4e5f6012345bb",
     *       "status": "created",
     *       "userId": "6650f2a1c3d4e5f6012345cc",
     *       "expiresAt": "2030-01-02T10:20:00.000Z",
     *       "ticket": {
     *         "id": "6650f2a1c3d4e5f601234567",
     *         "title": "Front row, The Tempest",
     *         "price": 45.5
     *       },
     *       "version": 0,
     *       "createdAt": "2030-01-02T10:05:00.000Z"
     *     }
     */
    Order: {
      id: string;
      /** @enum {string} */
      status: 'created' | 'complete' | 'cancelled';
      /** @enum {string} */
      reason?: 'user' | 'expired' | 'withdrawn' | 'unpaid' | 'refunded';
      userId: string;
      /** Format: date-time */
      expiresAt: string;
      ticket: {
        id: string;
        title: string;
        price: number;
      };
      paymentId?: string;
      version: number;
      /** Format: date-time */
      createdAt: string;
    };
    /**
     * @example {
     *       "id": "6650f2a1c3d4e5f6012345dd",
     *       "orderId": "6650f2a1c3d4e5f6012345bb",
     *       "status": "captured",
     *       "amount": 4550,
     *       "currency": "usd",
     *       "last4": "4242",
     *       "createdAt": "2030-01-02T10:06:00.000Z",
     *       "version": 5
     *     }
     */
    Payment: {
      id: string;
      orderId: string;
      /** @enum {string} */
      status: 'pending' | 'authorised' | 'captured' | 'declined' | 'cancelled' | 'refunded';
      /** @description In cents. */
      amount: number;
      /** @constant */
      currency: 'usd';
      /** @description The last digits of the card that was tried last. */
      last4?: string;
      /** Format: date-time */
      createdAt: string;
      version: number;
    };
  };
  responses: never;
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  signUp: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['NewCredentials'];
      };
    };
    responses: {
      /** @description There is an account now, and it is signed in. */
      201: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          /** @description The session, for seven days. */
          'Set-Cookie': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['User'];
        };
      };
      /** @description `malformed_json`, `validation_failed`, `email_taken` */
      400: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `foreign_origin` */
      403: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `body_too_large` */
      413: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `unsupported_media_type` */
      415: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `internal_error` */
      500: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `dependency_unavailable`, `overloaded` */
      503: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          /** @description Seconds after which asking again makes sense. */
          'Retry-After': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
    };
  };
  signIn: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['Credentials'];
      };
    };
    responses: {
      /** @description Signed in. */
      200: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          /** @description The session, for seven days. */
          'Set-Cookie': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['User'];
        };
      };
      /** @description `malformed_json`, `validation_failed`, `invalid_credentials` */
      400: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `foreign_origin` */
      403: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `body_too_large` */
      413: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `unsupported_media_type` */
      415: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `internal_error` */
      500: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `dependency_unavailable`, `overloaded` */
      503: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          /** @description Seconds after which asking again makes sense. */
          'Retry-After': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
    };
  };
  signOut: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Nobody is signed in. */
      200: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          /** @description An empty session. */
          'Set-Cookie': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': Record<string, never>;
        };
      };
      /** @description `malformed_json` */
      400: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `foreign_origin` */
      403: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `body_too_large` */
      413: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `unsupported_media_type` */
      415: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `internal_error` */
      500: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `dependency_unavailable` */
      503: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          /** @description Seconds after which asking again makes sense. */
          'Retry-After': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
    };
  };
  showCurrentUser: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The account of the session, or null. */
      200: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            currentUser: components['schemas']['User'] | null;
          };
        };
      };
      /** @description `internal_error` */
      500: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `dependency_unavailable` */
      503: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          /** @description Seconds after which asking again makes sense. */
          'Retry-After': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
    };
  };
  listTickets: {
    parameters: {
      query?: {
        /** @description Whole words, all of which stand in its title, venue or description. */
        q?: string;
        category?: 'concert' | 'sport' | 'theatre' | 'festival' | 'conference' | 'other';
        minPrice?: string;
        maxPrice?: string;
        /** @description `newest` if not said. */
        sort?: 'newest' | 'price' | '-price' | 'date';
        /** @description One's own. */
        seller?: 'me';
        /** @description The most items on a page; 50 if not said. */
        limit?: number;
        /** @description Where the page begins: from the `Link` of the page before. */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of tickets. */
      200: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          /** @description The address of the next page, if there is one: `<…>; rel="next"`, relative. */
          Link?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Ticket'][];
        };
      };
      /** @description `validation_failed` */
      400: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `not_authenticated` */
      401: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `internal_error` */
      500: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `dependency_unavailable` */
      503: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          /** @description Seconds after which asking again makes sense. */
          'Retry-After': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
    };
  };
  createTicket: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['TicketDetails'];
      };
    };
    responses: {
      /** @description The ticket, on sale from now on. */
      201: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Ticket'];
        };
      };
      /** @description `malformed_json`, `validation_failed` */
      400: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `not_authenticated` */
      401: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `foreign_origin` */
      403: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `body_too_large` */
      413: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `unsupported_media_type` */
      415: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `internal_error` */
      500: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `dependency_unavailable` */
      503: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          /** @description Seconds after which asking again makes sense. */
          'Retry-After': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
    };
  };
  showTicket: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The ticket. */
      200: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Ticket'];
        };
      };
      /** @description `validation_failed` */
      400: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `not_found` */
      404: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `internal_error` */
      500: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `dependency_unavailable` */
      503: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          /** @description Seconds after which asking again makes sense. */
          'Retry-After': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
    };
  };
  updateTicket: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['TicketDetails'];
      };
    };
    responses: {
      /** @description The ticket as it is now. */
      200: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Ticket'];
        };
      };
      /** @description `malformed_json`, `validation_failed` */
      400: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `not_authenticated` */
      401: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `foreign_origin`, `forbidden` */
      403: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `not_found` */
      404: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `ticket_reserved`, `ticket_sold`, `conflict` */
      409: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `body_too_large` */
      413: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `unsupported_media_type` */
      415: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `internal_error` */
      500: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `dependency_unavailable` */
      503: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          /** @description Seconds after which asking again makes sense. */
          'Retry-After': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
    };
  };
  deleteTicket: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It is no longer on sale, and can no longer be seen. */
      204: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `malformed_json`, `validation_failed` */
      400: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `not_authenticated` */
      401: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `foreign_origin`, `forbidden` */
      403: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `not_found` */
      404: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `ticket_reserved`, `ticket_sold`, `conflict` */
      409: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `body_too_large` */
      413: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `unsupported_media_type` */
      415: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `internal_error` */
      500: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `dependency_unavailable` */
      503: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          /** @description Seconds after which asking again makes sense. */
          'Retry-After': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
    };
  };
  listOrders: {
    parameters: {
      query?: {
        status?: 'created' | 'complete' | 'cancelled';
        /** @description The most items on a page; 50 if not said. */
        limit?: number;
        /** @description Where the page begins: from the `Link` of the page before. */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of orders. */
      200: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          /** @description The address of the next page, if there is one: `<…>; rel="next"`, relative. */
          Link?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Order'][];
        };
      };
      /** @description `validation_failed` */
      400: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `not_authenticated` */
      401: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `internal_error` */
      500: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `dependency_unavailable` */
      503: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          /** @description Seconds after which asking again makes sense. */
          'Retry-After': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
    };
  };
  createOrder: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** @example 6650f2a1c3d4e5f601234567 */
          ticketId: string;
        };
      };
    };
    responses: {
      /** @description It was already, for the same buyer: the order that has it. */
      200: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Order'];
        };
      };
      /** @description The ticket is reserved. */
      201: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Order'];
        };
      };
      /** @description `malformed_json`, `validation_failed` */
      400: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `not_authenticated` */
      401: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `foreign_origin`, `own_ticket` */
      403: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `not_found` */
      404: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `ticket_past`, `ticket_reserved`, `ticket_sold`, `ticket_withdrawn`, `order_paid`, `conflict` */
      409: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `body_too_large` */
      413: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `unsupported_media_type` */
      415: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `internal_error` */
      500: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `dependency_unavailable` */
      503: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          /** @description Seconds after which asking again makes sense. */
          'Retry-After': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
    };
  };
  showOrder: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The order. */
      200: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Order'];
        };
      };
      /** @description `validation_failed` */
      400: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `not_authenticated` */
      401: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `forbidden` */
      403: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `not_found` */
      404: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `internal_error` */
      500: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `dependency_unavailable` */
      503: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          /** @description Seconds after which asking again makes sense. */
          'Retry-After': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
    };
  };
  cancelOrder: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The order is cancelled, now or already, and its ticket is free. */
      204: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `malformed_json`, `validation_failed` */
      400: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `not_authenticated` */
      401: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `foreign_origin`, `forbidden` */
      403: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `not_found` */
      404: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `order_paid`, `conflict` */
      409: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `body_too_large` */
      413: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `unsupported_media_type` */
      415: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `internal_error` */
      500: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `dependency_unavailable` */
      503: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          /** @description Seconds after which asking again makes sense. */
          'Retry-After': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
    };
  };
  listPayments: {
    parameters: {
      query: {
        orderId: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description None before somebody tried to pay. */
      200: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Payment'][];
        };
      };
      /** @description `validation_failed` */
      400: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `not_authenticated` */
      401: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `forbidden` */
      403: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `not_found` */
      404: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `internal_error` */
      500: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `dependency_unavailable` */
      503: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          /** @description Seconds after which asking again makes sense. */
          'Retry-After': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
    };
  };
  createPayment: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** @example 6650f2a1c3d4e5f601234567 */
          orderId: string;
          /**
           * @description Stripe's, for the card of the buyer: it works once.
           * @example tok_visa
           */
          token: string;
        };
      };
    };
    responses: {
      /** @description It had already; this token was not used. */
      200: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            id: string;
            /** @enum {string} */
            status: 'authorised' | 'captured';
          };
        };
      };
      /** @description The bank has authorised the price. */
      201: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            id: string;
            /** @enum {string} */
            status: 'authorised' | 'captured';
          };
        };
      };
      /** @description `malformed_json`, `validation_failed` */
      400: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `not_authenticated` */
      401: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `foreign_origin`, `forbidden` */
      403: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `not_found` */
      404: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `order_cancelled`, `order_expired`, `order_paid`, `payment_in_progress`, `conflict` */
      409: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          /** @description Seconds after which asking again makes sense. */
          'Retry-After'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `body_too_large` */
      413: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `unsupported_media_type` */
      415: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `card_declined`, `authentication_required` */
      422: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `internal_error` */
      500: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `dependency_unavailable`, `payment_outcome_unknown` */
      503: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          /** @description Seconds after which asking again makes sense. */
          'Retry-After': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
    };
  };
  receiveStripeEvent: {
    parameters: {
      query?: never;
      header: {
        /** @description Signs the raw body, with the secret of the webhook. */
        'Stripe-Signature': string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          id: string;
          type: string;
        } & {
          [key: string]: unknown;
        };
      };
    };
    responses: {
      /** @description Heard. */
      200: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            received: true;
          };
        };
      };
      /** @description `validation_failed`, `malformed_json` */
      400: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `body_too_large` */
      413: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `unsupported_media_type` */
      415: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `internal_error` */
      500: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
      /** @description `dependency_unavailable` */
      503: {
        headers: {
          /** @description Under which id the log knows this request. */
          'x-request-id': string;
          /** @description Seconds after which asking again makes sense. */
          'Retry-After': string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Errors'];
        };
      };
    };
  };
}

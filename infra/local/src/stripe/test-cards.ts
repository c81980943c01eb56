/** How the card behind a token behaves. */
export interface TestCard {
  readonly brand: string;
  readonly last4: string;
  /** The code of the error, and the issuer's reason, with which each attempt to pay is refused. */
  readonly refusal?: { readonly code: string; readonly declineCode: string; readonly message: string };
  /** The buyer's bank wants to see the buyer before it agrees. */
  readonly authenticates?: true;
  /** Authorises, and then refuses the capture. */
  readonly refusesCapture?: true;
  /** The deed is done, and the connection cut before its answer. */
  readonly losesAnswerOf?: 'confirm' | 'capture';
  /** A confirmation takes so long. */
  readonly seconds?: number;
}

const declined = { code: 'card_declined', declineCode: 'generic_decline', message: 'Your card was declined.' };

/** Stripe's documented tokens, by Stripe's names. */
const documented: Record<string, TestCard> = {
  tok_visa: { brand: 'visa', last4: '4242' },
  tok_mastercard: { brand: 'mastercard', last4: '4444' },
  tok_amex: { brand: 'amex', last4: '8431' },
  tok_chargeDeclined: { brand: 'visa', last4: '0002', refusal: declined },
  tok_chargeDeclinedInsufficientFunds: {
    brand: 'visa',
    last4: '9995',
    refusal: { ...declined, declineCode: 'insufficient_funds', message: 'Your card has insufficient funds.' },
  },
  tok_chargeDeclinedExpiredCard: {
    brand: 'visa',
    last4: '0069',
    refusal: { code: 'expired_card', declineCode: 'expired_card', message: 'Your card has expired.' },
  },
  tok_threeDSecure2Required: { brand: 'visa', last4: '3220', authenticates: true },
};

/** What Stripe has no token for and a test wants to see. `tok_slow_3` takes three seconds. */
const own: Record<string, TestCard> = {
  tok_captureRefused: { brand: 'visa', last4: '9901', refusesCapture: true },
  tok_answerLost: { brand: 'visa', last4: '9902', losesAnswerOf: 'confirm' },
  tok_captureAnswerLost: { brand: 'visa', last4: '9903', losesAnswerOf: 'capture' },
  tok_slow: { brand: 'visa', last4: '9904', seconds: 30 },
};

const cards = new Map(Object.entries({ ...documented, ...own }));

export const testTokens: readonly string[] = [...cards.keys()];

/** The card behind `token`; undefined when there is none. */
export function cardBehind(token: string): TestCard | undefined {
  const slow = /^tok_slow_(\d{1,3})$/.exec(token);
  return slow ? { brand: 'visa', last4: '9904', seconds: Number(slow[1]) } : cards.get(token);
}

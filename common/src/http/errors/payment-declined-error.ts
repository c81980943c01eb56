import { CustomError, type ErrorEntry } from './custom-error';

interface FromTheBank {
  /** Stripe's word for why the card was declined. */
  readonly declineCode?: string | undefined;
  /** What the browser needs to let the buyer authenticate. */
  readonly clientSecret?: string | undefined;
}

/** 422: the card was declined, or the bank wants to hear from its owner. */
export class PaymentDeclinedError extends CustomError {
  readonly statusCode = 422;

  constructor(
    code: 'card_declined' | 'authentication_required',
    message: string,
    private readonly fromTheBank: FromTheBank = {},
  ) {
    super(code, message);
  }

  override serializeErrors(): ErrorEntry[] {
    const { declineCode, clientSecret } = this.fromTheBank;
    const { message, code } = this;
    return [{ message, code, ...(declineCode && { declineCode }), ...(clientSecret && { clientSecret }) }];
  }
}

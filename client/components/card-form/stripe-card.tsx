import type { Stripe, StripeCardElement, StripeElementStyle } from '@stripe/stripe-js';
import { useEffect, useImperativeHandle, useRef, useState } from 'react';
import type { Ref } from 'react';
import type { Authenticated, CardForm, Tokenised } from '../../lib/card-form';
import { texts } from '../../texts';

interface Props {
  ref: Ref<CardForm>;
  publishableKey: string;
}

interface Mounted {
  stripe: Stripe;
  element: StripeCardElement;
}

/** Stripe's Card Element: the number is typed into Stripe's own frame and reaches this page as a token. */
export function StripeCard({ ref, publishableKey }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const mounted = useRef<Mounted>(undefined);
  const [failed, setFailed] = useState(false);

  useEffect(() => {
    let left = false;
    const mount = async () => {
      const stripe = await load(publishableKey);
      if (left || place.current === null) return;
      const element = stripe.elements().create('card', { hidePostalCode: true, style: styleAt(place.current) });
      element.mount(place.current);
      mounted.current = { stripe, element };
    };
    mount().catch(() => setFailed(true));
    return () => {
      left = true;
      mounted.current?.element.destroy();
      mounted.current = undefined;
    };
  }, [publishableKey]);

  useImperativeHandle(
    ref,
    () => ({
      tokenise: () => tokenise(mounted.current, failed),
      authenticate: (clientSecret) => authenticate(mounted.current, clientSecret),
    }),
    [failed],
  );

  return (
    <div className="field">
      <p className="form-label" id="card-label">
        {texts.card.label}
      </p>
      <div ref={place} className="form-control stripe-card" role="group" aria-labelledby="card-label" />
      {failed && (
        <p className="field-error" role="alert">
          {texts.card.notLoaded}
        </p>
      )}
    </div>
  );
}

/** The `pure` entry fetches Stripe's script only here, not on every page that could lead here. */
async function load(publishableKey: string): Promise<Stripe> {
  const { loadStripe } = await import('@stripe/stripe-js/pure');
  const stripe = await loadStripe(publishableKey);
  if (stripe === null) throw new Error('Stripe runs in browsers only');
  return stripe;
}

/** Stripe's frame does not see this page's styles, and its default is black, on the dark theme too. */
function styleAt(place: HTMLElement): StripeElementStyle {
  const { color, fontFamily, fontSize } = getComputedStyle(place);
  const secondary = colourOf('--ink-2', place);
  const wrong = colourOf('--bad', place);
  return {
    base: { color, fontFamily, fontSize, iconColor: secondary, '::placeholder': { color: secondary } },
    invalid: { color: wrong, iconColor: wrong },
  };
}

/** As a token it is still a pair, of light and dark; only as somebody's colour it is one of them. */
function colourOf(token: string, place: HTMLElement): string {
  place.style.color = `var(${token})`;
  const { color } = getComputedStyle(place);
  place.style.color = '';
  return color;
}

async function tokenise(card: Mounted | undefined, failed: boolean): Promise<Tokenised> {
  if (card === undefined) return { message: failed ? texts.card.notLoaded : texts.card.stillLoading };
  const { token, error } = await card.stripe.createToken(card.element);
  return token ? { token: token.id } : { message: error.message ?? texts.card.notAccepted };
}

async function authenticate(card: Mounted | undefined, clientSecret: string): Promise<Authenticated> {
  if (card === undefined) return { message: texts.card.notLoaded };
  const { error } = await card.stripe.handleNextAction({ clientSecret });
  return error ? { message: error.message ?? texts.card.notConfirmed } : { authenticated: true };
}

import { useImperativeHandle, useState } from 'react';
import type { Ref } from 'react';
import type { CardForm } from '../../lib/card-form';
import { testCardToken, testCards } from '../../lib/test-cards';
import { FormField } from '../form-field';

interface Props {
  ref: Ref<CardForm>;
}

/** Stands in for Stripe's form where no real money moves: knows Stripe's published test numbers and nothing else. */
export function TestCard({ ref }: Props) {
  const [typed, setTyped] = useState('');
  const [error, setError] = useState<string>();

  useImperativeHandle(
    ref,
    () => ({
      tokenise: () => {
        const token = testCardToken(typed);
        setError(token ? undefined : 'This is none of the test cards below.');
        return Promise.resolve(token ? { token } : { message: 'Check the card number.' });
      },
      authenticate: () =>
        Promise.resolve({
          message: "This card asks for its bank's confirmation, which the test form cannot show. Use another card.",
        }),
    }),
    [typed],
  );

  return (
    <FormField name="card-number" label="Card number" error={error} hint={<TestCardHint />}>
      {(control) => (
        <input
          {...control}
          className="form-control"
          inputMode="numeric"
          autoComplete="off"
          placeholder={testCards[0].number}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      )}
    </FormField>
  );
}

function TestCardHint() {
  return (
    <>
      Test mode: no real card is charged.
      {testCards.map(({ number, effect }) => (
        <span key={number} className="test-card">
          <code>{number}</code> {effect}
        </span>
      ))}
    </>
  );
}

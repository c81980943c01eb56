import { useImperativeHandle, useState } from 'react';
import type { Ref } from 'react';
import type { CardForm } from '../../lib/card-form';
import { testCardToken, testCards } from '../../lib/test-cards';
import { FormField } from '../form-field';
import { texts } from '../../texts';

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
        setError(token ? undefined : texts.testCard.unknown);
        return Promise.resolve(token ? { token } : { message: texts.testCard.check });
      },
      authenticate: () => Promise.resolve({ message: texts.testCard.noDialog }),
    }),
    [typed],
  );

  return (
    <FormField name="card-number" label={texts.testCard.label} error={error} hint={<TestCardHint />}>
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
      {texts.testCard.hint}
      {testCards.map(({ number, effect }) => (
        <span key={number} className="test-card">
          <code>{number}</code> {texts.testCard.effects[effect]}
        </span>
      ))}
    </>
  );
}

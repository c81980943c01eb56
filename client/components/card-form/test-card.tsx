import { useImperativeHandle, useState } from 'react';
import type { Ref } from 'react';
import type { CardForm } from '../../lib/card-form';
import { testCardToken, testCards } from '../../lib/test-cards';
import { FormField } from '../form-field';
import { texts } from '../../texts';
import { BankDialog, type Question } from './bank-dialog';

interface Props {
  ref: Ref<CardForm>;
  /** The origin of the page that plays the bank; null where there is none. */
  bank: string | null;
}

/** Stands in for Stripe's form where no real money moves: knows Stripe's published test numbers and nothing else. */
export function TestCard({ ref, bank }: Props) {
  const [typed, setTyped] = useState('');
  const [error, setError] = useState<string>();
  const [question, setQuestion] = useState<Question>();

  useImperativeHandle(
    ref,
    () => ({
      tokenise: () => {
        const token = testCardToken(typed);
        setError(token ? undefined : texts.testCard.unknown);
        return Promise.resolve(token ? { token } : { message: texts.testCard.check });
      },
      authenticate: async (clientSecret) => {
        if (bank === null) return { message: texts.testCard.noDialog };
        const agreed = await new Promise<boolean>((onAnswer) => setQuestion({ bank, clientSecret, onAnswer }));
        setQuestion(undefined);
        return agreed ? { authenticated: true } : { message: texts.card.notConfirmed };
      },
    }),
    [typed, bank],
  );

  return (
    <>
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
      {question && <BankDialog {...question} />}
    </>
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

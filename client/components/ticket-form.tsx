import { useEffect, useRef, useState } from 'react';
import type { FocusEvent, FormEvent, RefObject } from 'react';
import type { Api } from '../api/calls';
import { refuseIfWrong } from '../api/errors';
import type { Category, Ticket, TicketDetails } from '../api/types';
import { useDraft } from '../hooks/use-draft';
import { useReload } from '../hooks/use-reload';
import { useRequest } from '../hooks/use-request';
import { formTexts } from '../lib/form-texts';
import { readStart, ticketFault, ticketFaults } from '../lib/ticket-entries';
import { toLocalInput } from '../lib/time';
import { texts } from '../texts';
import { FormErrors } from './form-errors';
import { FormField } from './form-field';
import { NeedsScript } from './needs-script';
import { Notice } from './notice';
import { SubmitButton } from './submit-button';

interface Props {
  /** The ticket that is changed; a new one has none. */
  ticket?: Ticket;
  draftOf: Parameters<typeof useDraft>[0];
  verb: string;
  busyLabel: string;
  save: (api: Api, input: TicketDetails) => Promise<void>;
}

const { labels } = texts.ticketForm;

export function TicketForm({ ticket, draftOf, verb, busyLabel, save }: Props) {
  const form = useRef<HTMLFormElement>(null);
  const draft = useDraft(draftOf, form);
  const reload = useReload();
  const [faults, setFaults] = useState<FieldsProps['errors']>({});
  const { run, busy, waiting, failure } = useRequest({
    onFailure: ({ isOutdated }) => {
      if (isOutdated) reload();
    },
  });
  const errors = { ...faults, ...failure?.fields };

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = formTexts(event.currentTarget);
    setFaults({});
    void run(async (api) => {
      refuseIfWrong(ticketFaults(typed, ticket?.startsAt));
      await save(api, readInput(typed, ticket?.startsAt));
      draft.clear();
    });
  };
  const discard = () => {
    draft.clear();
    setFaults({});
    form.current?.reset();
    // The button that had the focus is gone.
    form.current?.querySelector('input')?.focus();
  };
  const check = (event: FocusEvent<HTMLFormElement>) => {
    const target: EventTarget = event.target;
    // A message that appears now would move the button away from under the pointer; the service answers in a moment.
    const submits = event.relatedTarget instanceof HTMLButtonElement;
    if (submits || !(target instanceof HTMLInputElement)) return;
    // Who only passed a field by is left in peace.
    if (target.value === '' && target.defaultValue === '') return;
    setFaults({ ...faults, [target.name]: ticketFault(target.name, target.value, ticket?.startsAt) });
  };

  return (
    <form
      ref={form}
      className="form-narrow"
      method="post"
      noValidate
      onSubmit={submit}
      onInput={draft.save}
      onBlur={check}
    >
      <NeedsScript />
      {draft.restored && <Restored onDiscard={discard} />}
      <FormErrors failure={failure} labels={labels} />
      <NeededFields ticket={ticket} errors={errors} />
      <OptionalFields ticket={ticket} errors={errors} form={form} />
      <SubmitButton busy={busy} busyLabel={busyLabel} blocked={waiting}>
        {verb}
      </SubmitButton>
    </form>
  );
}

function Restored({ onDiscard }: { onDiscard: () => void }) {
  return (
    <Notice tone="info">
      <p>{texts.draft.restored}</p>
      <button type="button" className="btn btn-outline-secondary" onClick={onDiscard}>
        {texts.draft.discard}
      </button>
    </Notice>
  );
}

interface FieldsProps {
  ticket: Ticket | undefined;
  errors: Record<string, string | undefined>;
}

function NeededFields({ ticket, errors }: FieldsProps) {
  return (
    <>
      <FormField name="title" label={labels.title} error={errors.title}>
        {(control) => (
          <input {...control} className="form-control" defaultValue={ticket?.title} maxLength={200} required />
        )}
      </FormField>
      <FormField
        name="price"
        label={labels.price}
        error={errors.price}
        hint={errors.price ? undefined : texts.ticketForm.priceHint}
      >
        {(control) => (
          <input
            {...control}
            className="form-control"
            inputMode="decimal"
            defaultValue={ticket?.price.toFixed(2)}
            autoComplete="off"
            required
          />
        )}
      </FormField>
    </>
  );
}

function OptionalFields({ ticket, errors, form }: FieldsProps & { form: RefObject<HTMLFormElement | null> }) {
  useLocalStart(ticket?.startsAt, form);
  return (
    <>
      <FormField name="category" label={labels.category} error={errors.category}>
        {(control) => (
          <select {...control} className="form-select" defaultValue={ticket?.category ?? 'other'}>
            {Object.entries(texts.categories).map(([category, label]) => (
              <option key={category} value={category}>
                {label}
              </option>
            ))}
          </select>
        )}
      </FormField>
      <FormField name="venue" label={labels.venue} error={errors.venue}>
        {(control) => <input {...control} className="form-control" defaultValue={ticket?.venue} maxLength={120} />}
      </FormField>
      <FormField name="startsAt" label={labels.startsAt} error={errors.startsAt} hint={texts.ticketForm.startsAtHint}>
        {(control) => <input {...control} className="form-control" type="datetime-local" />}
      </FormField>
      <FormField name="description" label={labels.description} error={errors.description}>
        {(control) => (
          <textarea
            {...control}
            className="form-control"
            rows={4}
            defaultValue={ticket?.description}
            maxLength={2000}
          />
        )}
      </FormField>
    </>
  );
}

/** Only the browser knows the zone in which the input speaks, so it is filled there; what was typed stays. */
function useLocalStart(startsAt: string | undefined, form: RefObject<HTMLFormElement | null>): void {
  useEffect(() => {
    const control = form.current?.elements.namedItem('startsAt');
    if (startsAt && control instanceof HTMLInputElement) control.defaultValue = toLocalInput(startsAt);
  }, [startsAt, form]);
}

/**
 * An optional field that was left empty is not sent: absent is how the API says "none". The category comes from a list
 * of all that there are.
 */
function readInput(texts: Record<string, string>, startsAtBefore: string | undefined): TicketDetails {
  const entry = (name: string) => texts[name]?.trim() ?? '';
  return {
    title: entry('title'),
    price: entry('price'),
    category: entry('category') as Category,
    venue: entry('venue') || undefined,
    startsAt: readStart(entry('startsAt'), startsAtBefore),
    description: entry('description') || undefined,
  };
}

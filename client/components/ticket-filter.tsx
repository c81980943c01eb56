import Link from 'next/link';
import { useRouter } from 'next/router';
import type { FormEvent } from 'react';
import { formTexts } from '../lib/form-texts';
import { isNarrowed, listPath, readTicketQuery } from '../lib/ticket-query';
import type { TicketQuery } from '../lib/ticket-query';
import { texts } from '../texts';
import { FormField } from './form-field';

interface Props {
  query: TicketQuery;
  errors: Record<string, string>;
}

/** A plain GET form: the page's address is the only state, so a search can be shared, reloaded and gone back to. */
export function TicketFilter({ query, errors }: Props) {
  const router = useRouter();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    void router.push(listPath(readTicketQuery(formTexts(event.currentTarget))));
  };
  return (
    <form className="filter" method="get" action="/" role="search" noValidate onSubmit={submit}>
      <FormField name="q" label={texts.filter.search} error={errors.q}>
        {(control) => <input {...control} className="form-control" type="search" defaultValue={query.q} />}
      </FormField>
      <FormField name="category" label={texts.filter.category} error={errors.category}>
        {(control) => (
          <select {...control} className="form-select" defaultValue={query.category ?? ''}>
            <option value="">{texts.filter.anyCategory}</option>
            <Options labels={texts.categories} />
          </select>
        )}
      </FormField>
      <FormField name="sort" label={texts.filter.sort} error={errors.sort}>
        {(control) => (
          <select {...control} className="form-select" defaultValue={query.sort ?? 'newest'}>
            <Options labels={texts.filter.sorts} />
          </select>
        )}
      </FormField>
      <PriceLimit name="minPrice" label={texts.filter.minPrice} query={query} errors={errors} />
      <PriceLimit name="maxPrice" label={texts.filter.maxPrice} query={query} errors={errors} />
      <div className="actions">
        <button type="submit" className="btn btn-primary">
          {texts.filter.search}
        </button>
        {isNarrowed(query) && <Link href="/">{texts.filter.clear}</Link>}
      </div>
    </form>
  );
}

function PriceLimit({ name, label, query, errors }: Props & { name: 'minPrice' | 'maxPrice'; label: string }) {
  return (
    <FormField name={name} label={label} error={errors[name]}>
      {(control) => (
        <input {...control} className="form-control" inputMode="decimal" defaultValue={query[name]} size={6} />
      )}
    </FormField>
  );
}

function Options({ labels }: { labels: Record<string, string> }) {
  return Object.entries(labels).map(([value, label]) => (
    <option key={value} value={value}>
      {label}
    </option>
  ));
}

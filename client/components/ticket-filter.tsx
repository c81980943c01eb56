import Link from 'next/link';
import { useRouter } from 'next/router';
import type { FormEvent } from 'react';
import { formTexts } from '../lib/form-texts';
import { isNarrowed, listPath, readTicketQuery } from '../lib/ticket-query';
import type { TicketQuery } from '../lib/ticket-query';
import { FormField } from './form-field';
import { categoryLabels } from './ticket-facts';

const sortLabels: Record<NonNullable<TicketQuery['sort']>, string> = {
  newest: 'Newest first',
  price: 'Lowest price',
  '-price': 'Highest price',
  date: 'Soonest event',
};

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
      <FormField name="q" label="Search" error={errors.q}>
        {(control) => <input {...control} className="form-control" type="search" defaultValue={query.q} />}
      </FormField>
      <FormField name="category" label="Category" error={errors.category}>
        {(control) => (
          <select {...control} className="form-select" defaultValue={query.category ?? ''}>
            <option value="">All</option>
            <Options labels={categoryLabels} />
          </select>
        )}
      </FormField>
      <PriceLimit name="minPrice" label="Price from" query={query} errors={errors} />
      <PriceLimit name="maxPrice" label="Price to" query={query} errors={errors} />
      <FormField name="sort" label="Sort by" error={errors.sort}>
        {(control) => (
          <select {...control} className="form-select" defaultValue={query.sort ?? 'newest'}>
            <Options labels={sortLabels} />
          </select>
        )}
      </FormField>
      <div className="actions">
        <button type="submit" className="btn btn-primary">
          Search
        </button>
        {isNarrowed(query) && <Link href="/">Clear</Link>}
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

import Link from 'next/link';
import type { MouseEvent } from 'react';
import type { ApiError } from '../api/errors';
import { texts } from '../texts';
import { FormErrors } from './form-errors';

interface Props {
  /** The next page as an address of its own, for visitors without scripts. */
  href: string;
  busy: boolean;
  /** The service asked to be left alone. */
  waiting: boolean;
  failure: ApiError | undefined;
  onShowMore: () => Promise<void>;
}

export function ShowMore({ href, busy, waiting, failure, onShowMore }: Props) {
  const append = (event: MouseEvent) => {
    const opensElsewhere = event.metaKey || event.ctrlKey || event.shiftKey;
    if (opensElsewhere) return;
    event.preventDefault();
    void onShowMore();
  };
  return (
    <div className="show-more">
      <FormErrors failure={failure} />
      <Link
        className="btn btn-outline-primary"
        href={href}
        onClick={append}
        prefetch={false}
        aria-disabled={busy || waiting || undefined}
      >
        {busy ? texts.list.loadingMore : texts.list.showMore}
      </Link>
    </div>
  );
}

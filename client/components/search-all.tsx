import { texts } from '../texts';
import { FormField } from './form-field';

/** A way on from a dead end; works without scripts. */
export function SearchAll() {
  return (
    <form className="form-narrow" method="get" action="/" role="search">
      <FormField name="q" label={texts.notFound.search}>
        {(control) => <input {...control} className="form-control" type="search" />}
      </FormField>
      <button type="submit" className="btn btn-primary">
        {texts.filter.search}
      </button>
    </form>
  );
}

import { texts } from '../texts';
import { PageHeading } from './page-heading';
import { WaysOn } from './ways-on';

export function NotYours() {
  return (
    <>
      <PageHeading title={texts.notYours.title} />
      <p>{texts.notYours.text}</p>
      <WaysOn
        ways={[
          [texts.list.all, '/'],
          [texts.orders.title, '/orders'],
          [texts.account.title, '/account'],
        ]}
      />
    </>
  );
}

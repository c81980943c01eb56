import { createElement } from 'react';

/** Rendered on each request, as the shop's pages are. */
export const getServerSideProps = () => ({ props: {} });

export default function BarePage() {
  return createElement('h1', null, 'A bare page');
}

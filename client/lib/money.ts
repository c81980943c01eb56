import { texts } from '../texts';

const dollars = new Intl.NumberFormat(texts.locale, { style: 'currency', currency: 'USD' });

/** The locale is fixed, so that the server and every browser write the same text. */
export const formatPrice = (price: number): string => dollars.format(price);

const dollars = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' });

/** The locale is fixed, so that the server and every browser write the same text. */
export const formatPrice = (price: number): string => dollars.format(price);

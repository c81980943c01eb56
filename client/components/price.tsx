import { formatPrice } from '../lib/money';

export function Price({ value }: { value: number }) {
  return (
    <data className={value < 1000 ? 'price' : 'price price-long'} value={value}>
      {formatPrice(value)}
    </data>
  );
}

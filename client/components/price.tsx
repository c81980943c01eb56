import { formatPrice } from '../lib/money';

export function Price({ value }: { value: number }) {
  return (
    <data className="price" value={value}>
      {formatPrice(value)}
    </data>
  );
}

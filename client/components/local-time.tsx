import { useBrowserZone } from '../hooks/use-browser-zone';
import { formatDate } from '../lib/time';

export function LocalTime({ iso }: { iso: string }) {
  return <time dateTime={iso}>{formatDate(iso, useBrowserZone())}</time>;
}

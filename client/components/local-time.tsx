import { useBrowserZone } from '../hooks/use-browser-zone';
import { formatDate } from '../lib/time';

export function LocalTime({ iso, format = formatDate }: { iso: string; format?: typeof formatDate }) {
  return <time dateTime={iso}>{format(iso, useBrowserZone())}</time>;
}

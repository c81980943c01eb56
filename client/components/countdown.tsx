import { formatTimeLeft, isoDuration, spokenTimeLeft } from '../lib/time';
import { texts } from '../texts';

interface Props {
  timeLeft: number;
}

/** The display changes every second and is not read out; the other region speaks at the moments that matter. */
export function Countdown({ timeLeft }: Props) {
  return (
    <div className={`countdown countdown-${urgency(timeLeft)}`}>
      <p role="timer">
        {texts.countdown.label} <time dateTime={isoDuration(timeLeft)}>{formatTimeLeft(timeLeft)}</time>
      </p>
      <p className="visually-hidden" role="status">
        {spokenTimeLeft(timeLeft)}
      </p>
    </div>
  );
}

function urgency(timeLeft: number): 'info' | 'warn' | 'bad' {
  if (timeLeft < 60_000) return 'bad';
  return timeLeft < 5 * 60_000 ? 'warn' : 'info';
}

import type { Compared } from './load/rounds';

/** One line of the table. */
export interface Figure {
  /** The row that it belongs to: what `--only` takes. */
  readonly row: string;
  readonly what: string;
  readonly measured: string;
  /** What was measured beside it, in the same run. */
  readonly reference?: string;
  /** The median of the ratios to the reference, round by round. */
  readonly ratio?: number;
  readonly bound: string;
  readonly holds: boolean;
  /** All numbers behind the line. */
  readonly values: Readonly<Record<string, number | readonly number[]>>;
}

interface Comparison {
  readonly row: string;
  readonly what: string;
  /** The least ratio that will do, or the greatest one. */
  readonly least?: number;
  readonly most?: number;
  readonly show: (value: number) => string;
}

export function ratioFigure({ row, what, least = 0, most = Infinity, show }: Comparison, compared: Compared): Figure {
  const { subject, reference, ratio } = compared;
  return {
    row,
    what,
    measured: show(median(subject)),
    reference: show(median(reference)),
    ratio: rounded(ratio),
    bound: least > 0 ? `≥ ${least} ×` : `≤ ${most} ×`,
    holds: ratio >= least && ratio <= most,
    values: { subject: subject.map((value) => rounded(value)), reference: reference.map((value) => rounded(value)) },
  };
}

export function median(values: readonly number[]): number {
  return percentile(values, 50);
}

/** The smallest value that at least this share of them does not exceed. @throws Error when there are none */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  const found = sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)];
  if (found === undefined) throw new Error('nothing was measured');
  return found;
}

export function rounded(value: number, digits = 2): number {
  return Number(value.toFixed(digits));
}

export const inMilliseconds = (value: number) => `${rounded(value, value < 10 ? 1 : 0)} ms`;
export const inSeconds = (milliseconds: number) => `${rounded(milliseconds / 1000)} s`;
export const perSecond = (rate: number, what = 'requests') => `${Math.round(rate).toLocaleString('en')} ${what}/s`;

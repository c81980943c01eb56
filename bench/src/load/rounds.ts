import { median } from '../figure';

export interface Compared {
  readonly subject: readonly number[];
  readonly reference: readonly number[];
  /** The median of the ratios, each of two rounds that stood side by side. */
  readonly ratio: number;
}

/**
 * Measures subject and reference in turns, so that whatever happens to the machine meanwhile happens to both. Who goes
 * first changes from round to round.
 */
export async function inTurns(
  rounds: number,
  measureSubject: () => Promise<number>,
  measureReference: () => Promise<number>,
): Promise<Compared> {
  const subject: number[] = [];
  const reference: number[] = [];
  const turns = [
    async () => void subject.push(await measureSubject()),
    async () => void reference.push(await measureReference()),
  ];
  for (let round = 0; round < rounds; round += 1) {
    for (const turn of turns) await turn();
    turns.reverse();
  }
  return { subject, reference, ratio: median(subject.map((value, round) => value / (reference[round] ?? NaN))) };
}

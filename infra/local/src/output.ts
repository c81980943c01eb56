/** Where this program speaks to the person who started it. */
export function say(line = ''): void {
  process.stdout.write(`${line}\n`);
}

const QUIET_MILLISECONDS = 1000;
const REPORT_MILLISECONDS = 5000;

/** Tells how far a step is, when there is something to measure. */
export type Report = (far: string) => void;

/** Does a step and, when it takes longer than a second, says what it is and from time to time how far. */
export async function step<T>(what: string, work: (report: Report) => Promise<T>): Promise<T> {
  const begin = Date.now();
  let far = '';
  const tell = () => {
    say(`  ${what}: ${far ? `${far}, ` : ''}${Math.round((Date.now() - begin) / 1000)} s`);
  };
  const first = setTimeout(() => say(`  ${what} …`), QUIET_MILLISECONDS);
  const next = setInterval(tell, REPORT_MILLISECONDS);
  try {
    return await work((news) => (far = news));
  } finally {
    clearTimeout(first);
    clearInterval(next);
  }
}

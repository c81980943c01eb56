import fc from 'fast-check';
import { givenPlay } from './config';

/**
 * Plays a property at random until a play fails.
 * @throws Error with the simplest play that was found to fail, and with what plays it again
 */
export async function holds<T>(property: fc.IAsyncProperty<[T]>, parameters: fc.Parameters<[T]> = {}): Promise<void> {
  const { counterexample, seed, counterexamplePath, errorInstance } = await fc.check(property, {
    ...parameters,
    ...givenPlay(),
  });
  if (counterexample === null) return;
  const again = `To play it again: PROPERTY_SEED=${seed} PROPERTY_PATH=${counterexamplePath ?? ''}`;
  throw new Error([`this play fails:${fc.stringify(counterexample[0])}`, again, String(errorInstance)].join('\n'), {
    cause: errorInstance,
  });
}

/** The simplest play that is found to fail, as it reads; undefined when none fails. */
export async function counterExample<T>(
  property: fc.IAsyncProperty<[T]>,
  parameters: fc.Parameters<[T]> = {},
): Promise<string | undefined> {
  const { counterexample } = await fc.check(property, parameters);
  return counterexample === null ? undefined : fc.stringify(counterexample[0]);
}

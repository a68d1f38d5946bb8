import { ConfigurationError, InterruptionError, MeasurementError, messageOf } from './errors.ts';

/**
 * Does work and then, whatever comes of it, closes what it was done with. When both fail one error has the words of both,
 * the work's first: what went wrong first explains the rest.
 *
 * @throws the error of the work; with one of closing a `ConfigurationError` if it was one, else a `MeasurementError`
 */
export async function closeAfter<Value>(close: () => Promise<void>, work: () => Promise<Value>): Promise<Value> {
  let value: Value;
  try {
    value = await work();
  } catch (thrown) {
    throw await closeFailed(close, thrown);
  }
  await close();
  return value;
}

/** Closes after a failure; returns the error to throw, as `closeAfter` does. */
export async function closeFailed(close: () => Promise<void>, thrown: unknown): Promise<unknown> {
  const trouble = await close().then(() => null, messageOf);
  if (trouble === null) return thrown;
  // Whoever interrupts knows that; what is left they do not.
  const text = thrown instanceof InterruptionError ? trouble : `${messageOf(thrown)}; and ${trouble}`;
  const options = { cause: thrown };
  return thrown instanceof ConfigurationError
    ? new ConfigurationError(text, options)
    : new MeasurementError(text, options);
}

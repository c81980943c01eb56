import { invalidRequest, missingParameter, unknownParameter } from './stripe-fault';

/** The parameters of a request, decoded from a form or a query, read as what they have to be. */
export class Params {
  private constructor(private readonly values: Readonly<Record<string, unknown>>) {}

  /** @throws StripeFault naming the first parameter that is not among `known`: what is ignored silently misleads. */
  static of(values: Readonly<Record<string, unknown>>, known: readonly string[]): Params {
    const stranger = Object.keys(values).find((name) => !known.includes(name));
    if (stranger !== undefined) throw unknownParameter(stranger);
    return new Params(values);
  }

  text(name: string): string | undefined {
    const value = this.values[name];
    if (value === undefined) return undefined;
    if (typeof value !== 'string') throw invalidRequest(`Invalid string: ${name}`, { param: name });
    return value;
  }

  needText(name: string): string {
    const value = this.text(name);
    if (!value) throw missingParameter(name);
    return value;
  }

  integer(name: string): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    if (!/^\d{1,15}$/.test(text)) {
      throw invalidRequest(`Invalid integer: ${text}`, { code: 'parameter_invalid_integer', param: name });
    }
    return Number(text);
  }

  needInteger(name: string): number {
    const value = this.integer(name);
    if (value === undefined) throw missingParameter(name);
    return value;
  }

  list(name: string): string[] {
    const value = this.values[name] ?? [];
    if (!Array.isArray(value)) throw invalidRequest(`Invalid array: ${name}`, { param: name });
    return value.map(String);
  }

  /** `card[token]=…` is the group `card` with the text `token`. */
  group(name: string, known: readonly string[]): Params {
    return Params.of(this.record(name), known);
  }

  metadata(): Record<string, string> {
    return Object.fromEntries(Object.entries(this.record('metadata')).map(([key, value]) => [key, String(value)]));
  }

  private record(name: string): Record<string, unknown> {
    const value = this.values[name] ?? {};
    if (typeof value !== 'object' || Array.isArray(value))
      throw invalidRequest(`Invalid object: ${name}`, { param: name });
    return value as Record<string, unknown>;
  }
}

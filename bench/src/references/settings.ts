/** What a reference was started with. Settings come as one argument: these are no services. */
export function settingsOf<T>(): T & { readonly port: number } {
  return JSON.parse(process.argv[2] ?? '{}') as T & { readonly port: number };
}

export const themes = ['system', 'light', 'dark'] as const;

export type Theme = (typeof themes)[number];

const cookieName = 'theme';
const year = 365 * 24 * 60 * 60;

/** What the visitor chose on the account page; who chose nothing gets what the device prefers. */
export function readTheme(cookies: string | undefined): Theme {
  const pairs = (cookies ?? '').split(';').map((pair) => pair.trim());
  return themes.find((theme) => pairs.includes(`${cookieName}=${theme}`)) ?? 'system';
}

export const isTheme = (value: unknown): value is Theme => themes.some((theme) => theme === value);

export const themeCookie = (theme: Theme, origin: string): string =>
  `${cookieName}=${theme}; Path=/; Max-Age=${year}; SameSite=Lax; HttpOnly${origin.startsWith('https:') ? '; Secure' : ''}`;

import Link from 'next/link';

export type Way = readonly [text: string, href: string];

/** Links for who can do nothing here. */
export function WaysOn({ ways }: { ways: readonly Way[] }) {
  return (
    <p className="actions">
      {ways.map(([text, href]) => (
        <Link key={href} href={href}>
          {text}
        </Link>
      ))}
    </p>
  );
}

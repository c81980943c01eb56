interface Channels {
  readonly channels?: readonly {
    readonly last_seq: number;
    readonly subscriptions?: readonly { readonly last_sent: number; readonly pending_count: number }[];
  }[];
}

/** Whether every consumer has been sent everything and has acknowledged it, as the broker sees it. */
export async function isIdle(monitorUrl: string): Promise<boolean> {
  const response = await fetch(`${monitorUrl}/streaming/channelsz?subs=1&limit=100`);
  const { channels = [] } = (await response.json()) as Channels;
  return channels.every(({ last_seq: last, subscriptions = [] }) =>
    subscriptions.every(({ last_sent: sent, pending_count: pending }) => sent === last && pending === 0),
  );
}

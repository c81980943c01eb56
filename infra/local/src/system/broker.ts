interface Channels {
  readonly channels: readonly Channel[] | null;
}
interface Channel {
  readonly last_seq: number;
  readonly subscriptions: readonly Member[] | null;
}
interface Member {
  readonly queue_name: string;
  readonly last_sent: number;
  readonly pending_count: number;
}

/** @throws Error when the broker does not say, or has no channel yet */
export async function isIdle(monitorUrl: string): Promise<boolean> {
  const response = await fetch(`${monitorUrl}/streaming/channelsz?subs=1`);
  const { channels } = (await response.json()) as Channels;
  if (!response.ok || !channels?.length) throw new Error(`the broker tells of no channels (${response.status})`);
  return channels.every(isDone);
}

/** The members of a group are sent the messages in turn, so that the last one went to one of them. */
function isDone({ last_seq: last, subscriptions }: Channel): boolean {
  const members = subscriptions ?? [];
  const done = new Set(members.filter((member) => member.last_sent === last).map((member) => member.queue_name));
  return members.every((member) => member.pending_count === 0 && done.has(member.queue_name));
}

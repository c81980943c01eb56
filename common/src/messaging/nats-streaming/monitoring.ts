import { z } from 'zod';
import type { ConsumerLag } from '../event-bus';

const LIMIT_MS = 2000;

/** What `/streaming/channelsz?subs=1` tells, as far as it is needed here. */
const channelsSchema = z.object({
  channels: z
    .array(
      z.object({
        name: z.string(),
        last_seq: z.number(),
        subscriptions: z.array(z.object({ queue_name: z.string().optional(), last_sent: z.number() })).nullish(),
      }),
    )
    .nullish(),
});
type Channel = NonNullable<z.infer<typeof channelsSchema>['channels']>[number];

/** How far each group is behind the end of its channel, by the server's monitoring endpoint. */
export async function readConsumerLag(
  monitorUrl: string,
  groups: readonly Pick<ConsumerLag, 'subject' | 'group'>[],
): Promise<ConsumerLag[]> {
  const url = new URL('/streaming/channelsz?subs=1', monitorUrl);
  const response = await fetch(url, { signal: AbortSignal.timeout(LIMIT_MS) });
  if (!response.ok) throw new Error(`${url.href} answered ${response.status}`);
  const { channels } = channelsSchema.parse(await response.json());
  return groups.map(({ subject, group }) => {
    const channel = channels?.find(({ name }) => name === subject);
    return { subject, group, behind: channel ? behind(channel, group) : 0 };
  });
}

/** The server names a durable queue group `<durable>:<group>`; its members were sent the messages in turn. */
function behind(channel: Channel, group: string): number {
  const members = channel.subscriptions?.filter((member) => member.queue_name === `${group}:${group}`) ?? [];
  return channel.last_seq - Math.max(0, ...members.map((member) => member.last_sent));
}

import { defineConfig, natsSettings } from '@ticketing/common';
import { addressesOfRun } from '@ticketing/local';

export const config = defineConfig({
  NATS_URL: natsSettings.NATS_URL.default(() => addressesOfRun().nats),
  NATS_CLUSTER_ID: natsSettings.NATS_CLUSTER_ID,
});

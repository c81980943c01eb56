import { defineConfig, httpSettings, mongoSettings, natsSettings, serviceSettings } from '@ticketing/common';

export const config = defineConfig({ ...serviceSettings, ...httpSettings, ...mongoSettings, ...natsSettings });

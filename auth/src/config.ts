import { defineConfig, httpSettings, mongoSettings, serviceSettings } from '@ticketing/common';

export const config = defineConfig({ ...serviceSettings, ...httpSettings, ...mongoSettings });

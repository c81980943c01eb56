export { ConfigError, defineConfig, type Config } from './config';
export { defineService, type Resource, type ServiceContext, type ServiceDefinition } from './define-service';
export { log, type Logger } from './logger';
export { seconds, type Sweep } from './periodic';
export { httpSettings, mongoSettings, natsSettings, serviceSettings } from './settings';
export { startService } from './start-service';

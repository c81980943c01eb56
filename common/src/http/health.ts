import { Router } from 'express';
import { dependencyUp, registry } from './metrics';

/** How a service is, as it knows itself. */
export interface Health {
  /** False before everything that it needs was there once, and while it is stopping. */
  ready(): boolean;
  dependencies(): Record<string, 'up' | 'down'>;
}

/**
 * What the cluster asks. A dependency that goes away later does not make the service unready: all replicas would leave
 * at once, and the ingress would answer in their place.
 */
export function healthRoutes(service: string, health: Health): Router {
  return Router()
    .get('/livez', (_req, res) => {
      res.send({ service, status: 'alive', dependencies: health.dependencies() });
    })
    .get('/readyz', (_req, res) => {
      const ready = health.ready();
      const status = ready ? 'ready' : 'not ready';
      res.status(ready ? 200 : 503).send({ service, status, dependencies: health.dependencies() });
    })
    .get('/metrics', async (_req, res) => {
      for (const [dependency, state] of Object.entries(health.dependencies())) {
        dependencyUp.set({ dependency }, state === 'up' ? 1 : 0);
      }
      res.type(registry.contentType).send(await registry.metrics());
    });
}

import type { Document, Model } from 'mongoose';
import { crashPoint } from '../crash-point';
import type { AnyModel, Versioned } from '../persistence';
import { isAggregate, OUTBOX_LIMIT, presentEntryOf } from '../messaging';
import type { ServiceDefinition } from '../service';

/** Far above any version that was in use when a backup was taken. */
const BUMP = 1_000_000;

/**
 * Announces the present state of every aggregate again, at its present version: for a consumer that is new or was
 * rebuilt, or a broker that lost its store. The events go through the outbox, so the service sends them when it runs.
 */
export async function republish(service: ServiceDefinition): Promise<string> {
  let announced = 0;
  for (const model of service.models.filter(isAggregate)) announced += await republishModel(model);
  return `${announced} state(s) of ${service.name} will be announced again.`;
}

/**
 * Raises all versions, so that states written after a backup was restored are newer than those that consumers saw
 * before it. To be run before the service starts, and followed by `republish`.
 */
export async function bump(service: ServiceDefinition): Promise<string> {
  let raised = 0;
  for (const model of service.models.filter(isAggregate)) {
    const { modifiedCount } = await model.collection.updateMany({}, { $inc: { version: BUMP } });
    raised += modifiedCount;
    crashPoint('versions raised, the operator not yet told');
  }
  return `${raised} version(s) of ${service.name} raised by ${BUMP}. Now: republish.`;
}

async function republishModel(model: AnyModel): Promise<number> {
  let announced = 0;
  const documents = (model as Model<Versioned>).find().cursor() as AsyncIterable<Document & Versioned>;
  for await (const document of documents) {
    const entry = presentEntryOf(model, document);
    if (!entry) continue;
    // Only while the document stands as it was read: whoever saves it meanwhile announces it as well.
    const unchanged = {
      _id: document._id as never,
      version: document.version,
      [`outbox.${OUTBOX_LIMIT - 1}`]: { $exists: false },
    };
    const { modifiedCount } = await model.collection.updateOne(unchanged, { $push: { outbox: entry as never } });
    announced += modifiedCount;
    crashPoint('state announced again, the next one not yet');
  }
  return announced;
}

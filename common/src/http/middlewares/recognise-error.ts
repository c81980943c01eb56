import { BusUnavailableError } from '../../messaging/event-bus';
import { isDatabaseAway } from '../../persistence/database-away';
import { lostRace } from '../../persistence/on-latest';
import {
  BadRequestError,
  ConflictError,
  CustomError,
  PayloadTooLargeError,
  RequestValidationError,
  ServiceUnavailableError,
  UnsupportedMediaTypeError,
  usualMessage,
} from '../errors';

/** The answer to an error of ours, or of a library when it is no fault of ours. Undefined: the program is wrong. */
export function recogniseError(error: unknown): CustomError | undefined {
  if (error instanceof CustomError) return error;
  if (!(error instanceof Error)) return undefined;
  return ofBody(error) ?? ofAddress(error) ?? ofDependency(error) ?? ofRace(error);
}

/** What body-parser says about a body, by its `type`. */
function ofBody(error: Error & { type?: unknown; status?: unknown; expose?: unknown }): CustomError | undefined {
  if (error.type === 'entity.too.large') return new PayloadTooLargeError();
  if (error.type === 'encoding.unsupported' || error.type === 'charset.unsupported') {
    return new UnsupportedMediaTypeError();
  }
  if (error.expose === true && error.status === 400)
    return new BadRequestError('malformed_json', usualMessage.malformed_json);
  return undefined;
}

/** `%zz` in a path: Express can't decode the parameter. */
function ofAddress(error: Error & { status?: unknown }): CustomError | undefined {
  if (!(error instanceof URIError) || error.status !== 400) return undefined;
  return new RequestValidationError([{ message: 'The address is not properly percent-encoded' }]);
}

function ofDependency(error: Error): CustomError | undefined {
  if (error instanceof BusUnavailableError || isDatabaseAway(error)) {
    return new ServiceUnavailableError('dependency_unavailable', usualMessage.dependency_unavailable);
  }
  return undefined;
}

function ofRace(error: Error): CustomError | undefined {
  if (!lostRace(error)) return undefined;
  return new ConflictError('conflict', usualMessage.conflict);
}

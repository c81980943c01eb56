import type { RequestHandler } from 'express';
import { validationResult, type ValidationError } from 'express-validator';
import { RequestValidationError, type InvalidInput } from '../errors';

/** Guards a route after its rules of input: 400 with one entry for each field that breaks any. */
export const validateRequest: RequestHandler = (req, _res, next) => {
  const errors = validationResult(req).array().map(describe);
  if (errors.length > 0) throw new RequestValidationError(firstOfEachField(errors));
  next();
};

function describe(error: ValidationError): InvalidInput {
  const message = String(error.msg);
  return error.type === 'field' ? { message, field: error.path } : { message };
}

function firstOfEachField(errors: InvalidInput[]): InvalidInput[] {
  return errors.filter((error, index) => errors.findIndex(({ field }) => field === error.field) === index);
}

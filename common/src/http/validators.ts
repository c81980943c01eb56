import type { RequestHandler } from 'express';
import { body, param, query, type ValidationChain } from 'express-validator';
import { z } from 'zod';

/**
 * Rules of input that services share. express-validator's own rules look at a value's text, so that `["10"]` passes for
 * a number and `[]` for nothing at all; these take a single value of the right type and nothing else.
 */

const aboutId = 'An id of 24 hexadecimal digits is expected';
/** How an id in the path is refused. */
export const wrongId = { message: aboutId, field: 'id' };

const OBJECT_ID = /^[\da-f]{24}$/i;
/** Not less than fifty cents. */
const DOLLARS = /^(?!0+(\.[0-4]\d?)?$)\d{1,6}(\.\d{1,2})?$/;
const LEAST_DOLLARS = 0.5;
const MOST_DOLLARS = 999_999.99;

/**
 * The id of a document, where a route finds it: in its path if it has such a parameter, else in the query of a GET,
 * else in the body. Comes out in lower case, as ids are stored.
 */
export function id(field: string): RequestHandler {
  const [inPath, inQuery, inBody] = [param(field), query(field), body(field)].map(beId);
  return (req, res, next) => {
    const chain = field in req.params ? inPath : ['GET', 'HEAD'].includes(req.method) ? inQuery : inBody;
    chain?.(req, res, next);
  };
}

function beId(chain: ValidationChain): ValidationChain {
  return chain
    .custom((value) => typeof value === 'string' && OBJECT_ID.test(value))
    .withMessage(aboutId)
    .bail()
    .toLowerCase();
}

/**
 * Rules for a field of the query, which is optional. A request that does not ask for it is spared them: they are many
 * where a list can be searched, and each costs time even when it finds nothing to check.
 */
export function ifAsked(field: string, rules: (chain: ValidationChain) => ValidationChain): RequestHandler {
  const chain = rules(query(field));
  return (req, res, next) => {
    if (field in req.query) chain(req, res, next);
    else next();
  };
}

/** A price in the body, in dollars and whole cents, as a number or as its text. Comes out as a number. */
export function price(field: string): ValidationChain {
  return body(field)
    .custom(isPrice)
    .withMessage('A price in dollars is expected, from 0.50 to 999999.99 with at most two decimals')
    .bail()
    .toFloat();
}

/** A price as the document of the API describes it. */
export const priceInput = z
  .union([
    z.number().min(LEAST_DOLLARS).max(MOST_DOLLARS).meta({ multipleOf: 0.01 }),
    z
      .string()
      .regex(DOLLARS)
      .meta({ examples: ['0.50', '45.5', '0.49', '999999.99', '000.30', '1'] }),
  ])
  .describe('US dollars and whole cents, from 0.50 to 999999.99, as a number or as its text.');

export function isPrice(value: unknown): boolean {
  return isScalar(value) && DOLLARS.test(String(value));
}

function isScalar(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}

/** Exact, because a price has at most two decimals. */
export function toCents(dollars: number): number {
  return Math.round(dollars * 100);
}

export interface TextRule {
  readonly max: number;
  /** An absent, empty or `null` field is left undefined then. */
  readonly optional?: boolean;
}

/** Control characters but for line breaks and tabs, and halves of characters, which the database would replace. */
const BROKEN = /[^\P{Cc}\n\r\t]|\p{Cs}/u;
const VISIBLE = /[^\p{C}\p{Z}]/u;

/** How a text is refused that is too long, or of which nothing can be seen. */
export function aboutText(max: number): string {
  return `Text of 1 to ${max} characters is expected`;
}

/**
 * A line or more of text in the body, of 1 to `max` characters without the white space around it, which it loses.
 * Something of it has to be visible, and nothing of it broken.
 */
export function text(field: string, { max, optional = false }: TextRule): ValidationChain {
  const message = aboutText(max);
  const chain = optional ? orNothing(body(field)) : body(field);
  return chain
    .custom((value) => typeof value === 'string')
    .withMessage(message)
    .bail()
    .trim()
    .custom((value: string) => VISIBLE.test(value) && !BROKEN.test(value) && lengthOf(value) <= max)
    .withMessage(message);
}

/**
 * Makes a field of the body optional: what a form sends for "not filled in" (`null`, or a text of nothing but white
 * space) counts as absent, and is undefined after it.
 */
export function orNothing(chain: ValidationChain): ValidationChain {
  return chain.customSanitizer((value: unknown) => (isBlank(value) ? undefined : value)).optional();
}

function isBlank(value: unknown): boolean {
  return value === null || (typeof value === 'string' && value.trim() === '');
}

/** In characters as people count them, not in UTF-16 units: an emoji is one. */
export function lengthOf(value: string): number {
  return Array.from(value).length;
}

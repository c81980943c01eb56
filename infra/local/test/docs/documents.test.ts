import { readFileSync } from 'node:fs';
import { createConfig, lint } from '@redocly/openapi-core';
import addFormats from 'ajv-formats';
import Ajv from 'ajv';
import asyncApiSchema from '@asyncapi/specs/schemas/3.0.0-without-$id.json';
import { inClone } from '../../src/system/paths';

test('the document of the API is OpenAPI 3.1 in the eyes of a stranger, and its examples fit their schemas', async () => {
  const config = await createConfig({ extends: ['recommended-strict'], rules: { 'operation-4xx-response': 'off' } });
  const problems = await lint({ ref: inClone('docs/api/openapi.json'), config });
  expect(problems.map(({ message, location }) => `${location[0]?.pointer}: ${message}`)).toEqual([]);
});

test('the document of the events is AsyncAPI 3 by its own schema', () => {
  const ajv = addFormats(new Ajv({ strict: false }));
  const isValid = ajv.compile(asyncApiSchema);
  isValid(JSON.parse(readFileSync(inClone('docs/api/asyncapi.json'), 'utf8')));
  expect(isValid.errors ?? []).toEqual([]);
});

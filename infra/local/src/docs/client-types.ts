import openapiTS, { astToString } from 'openapi-typescript';

/** The document of the API as types, by which the client makes its calls. */
export async function clientTypes(document: string): Promise<string> {
  return `// Made by \`npm run docs\`.\n\n${astToString(await openapiTS(document))}`;
}

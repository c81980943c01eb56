import type { AxiosInstance, AxiosResponse } from 'axios';
import type { paths } from './schema';

type Method = 'get' | 'post' | 'put' | 'delete';
type PathOf<M extends Method> = { [P in keyof paths]: paths[P][M] extends object ? P : never }[keyof paths];

type Json<Message> = Message extends { content: { 'application/json': infer Body } } ? Body : undefined;
type BodyOf<Operation> = Operation extends { requestBody: infer Request } ? { body: Json<Request> } : { body?: never };
type InputOf<Operation> = Operation extends { parameters: infer Parameters extends Pick<Input, 'path' | 'query'> }
  ? Pick<Parameters, 'path' | 'query'> & BodyOf<Operation>
  : never;
type AnswerOf<Operation> = Operation extends { responses: infer Responses }
  ? Json<Responses[keyof Responses & (200 | 201 | 204)]>
  : never;

interface Input {
  path?: Record<string, string>;
  query?: object;
  body?: unknown;
}

/** A request as the document of the API knows it, which says what it needs and what is answered. */
export function call<M extends Method, P extends PathOf<M>>(
  client: AxiosInstance,
  method: M,
  path: P,
  input: InputOf<paths[P][M]>,
): Promise<AxiosResponse<AnswerOf<paths[P][M]>>> {
  const { path: ids = {}, query, body }: Input = input;
  return client.request({ method, url: addressOf(path, ids), params: query, data: body });
}

function addressOf(path: string, ids: Record<string, string>): string {
  return path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => encodeURIComponent(ids[name] ?? ''));
}

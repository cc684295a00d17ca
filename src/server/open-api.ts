import { z } from 'zod';
import { refusalSchema } from '#protocol';
import { type Caller, type Operation, operations } from './operations.ts';

const JSON_TYPE = 'application/json';

/** How each kind of caller proves who it is. A receipt's holder does it with the secret in the body. */
const securitySchemes = {
  kiosk: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description:
      "A JWT of type kiosk-request+jwt, ES256, signed by the kiosk's key: htm (method), htu (path), bsh (SHA-256 of the body, hex), iat.",
  },
  staff: { type: 'apiKey', in: 'cookie', name: 'askfirst_session' },
} as const;

/** The API as an OpenAPI 3.1 document, made from the very schemas that check the requests. */
export function openApi() {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of operations) {
    paths[operation.path] = {
      ...paths[operation.path],
      [operation.method]: describe(operation),
    };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'AskFirst', version: '1', license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: '/' }],
    paths,
    components: { securitySchemes, schemas: { Refusal: jsonSchema(refusalSchema) } },
  };
}

function describe({ id, path, summary, caller, query = [], body, answer, mediaType, also }: Operation) {
  const success =
    answer === undefined
      ? { 204: { description: 'Done' } }
      : {
          200: {
            description: 'Success',
            content: { [mediaType ?? JSON_TYPE]: { schema: jsonSchema(answer) } },
          },
        };
  return {
    operationId: id,
    summary,
    security: securityOf(caller),
    parameters: [...parametersOf(path), ...query.map((name) => parameter(name, 'query'))],
    ...(body === undefined
      ? {}
      : { requestBody: { required: true, content: { [JSON_TYPE]: { schema: jsonSchema(body) } } } }),
    responses: {
      ...success,
      ...also,
      default: {
        description: 'Refused',
        content: { [JSON_TYPE]: { schema: { $ref: '#/components/schemas/Refusal' } } },
      },
    },
  };
}

function securityOf(caller: Caller) {
  return caller === 'anyone' ? [] : [{ [caller]: [] }];
}

/** Both ways a message is described as it stands on the wire, before it is read. */
function jsonSchema(schema: z.ZodType) {
  const { $schema: _, ...bare } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return bare;
}

function parametersOf(path: string) {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => parameter(name ?? '', 'path'));
}

function parameter(name: string, place: 'path' | 'query') {
  return { name, in: place, required: true, schema: { type: 'string' } };
}

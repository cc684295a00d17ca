import { z } from 'zod';
import {
  apiPaths,
  entriesRequestSchema,
  headResponseSchema,
  healthReportSchema,
  kioskConfigSchema,
  pairRequestSchema,
  pairResponseSchema,
  receiptAnswerSchema,
  receiptSecretRequestSchema,
  refusalSchema,
  sessionAnswerSchema,
  signInRequestSchema,
  todaySchema,
} from '#protocol';

interface Operation {
  readonly path: string;
  readonly method: 'get' | 'post' | 'delete';
  readonly summary: string;
  readonly body?: z.ZodType;
  readonly answer?: z.ZodType;
  readonly mediaType?: string;
}

const operations: readonly Operation[] = [
  { path: apiPaths.pair, method: 'post', summary: 'Pair a kiosk', body: pairRequestSchema, answer: pairResponseSchema },
  { path: apiPaths.head, method: 'get', summary: 'Newest entry that the server holds', answer: headResponseSchema },
  { path: apiPaths.entries, method: 'post', summary: 'Send entries', body: entriesRequestSchema, answer: headResponseSchema },
  { path: apiPaths.health, method: 'post', summary: 'Report health and open tallies', body: healthReportSchema },
  { path: apiPaths.config, method: 'get', summary: 'Notices, settings, withdrawals', answer: kioskConfigSchema },
  { path: apiPaths.session, method: 'post', summary: 'Sign in', body: signInRequestSchema },
  { path: apiPaths.session, method: 'get', summary: 'Who is signed in', answer: sessionAnswerSchema },
  { path: apiPaths.session, method: 'delete', summary: 'Sign out' },
  { path: named(apiPaths.today('{shopId}')), method: 'get', summary: 'Today of a shop', answer: todaySchema },
  {
    path: named(apiPaths.live('{shopId}')),
    method: 'get',
    summary: 'Today of a shop, again on each change',
    answer: todaySchema,
    mediaType: 'text/event-stream',
  },
  {
    path: named(apiPaths.readReceipt('{receiptId}')),
    method: 'post',
    summary: 'Read a receipt',
    body: receiptSecretRequestSchema,
    answer: receiptAnswerSchema,
  },
  {
    path: named(apiPaths.withdrawReceipt('{receiptId}')),
    method: 'post',
    summary: 'Take a receipt back',
    body: receiptSecretRequestSchema,
    answer: receiptAnswerSchema,
  },
];

/** The API as an OpenAPI 3.1 document, made from the very schemas that check the requests. */
export function openApi() {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const { path, method, summary, body, answer, mediaType } of operations) {
    paths[path] ??= {};
    paths[path][method] = {
      summary,
      parameters: parametersOf(path),
      ...(body === undefined ? {} : { requestBody: { required: true, content: { 'application/json': { schema: jsonSchema(body, 'input') } } } }),
      responses: {
        ...(answer === undefined
          ? { 204: { description: 'Done' } }
          : { 200: { description: 'Success', content: { [mediaType ?? 'application/json']: { schema: jsonSchema(answer, 'input') } } } }),
        default: { description: 'Refused', content: { 'application/json': { schema: jsonSchema(refusalSchema, 'input') } } },
      },
    };
  }
  return { openapi: '3.1.0', info: { title: 'AskFirst', version: '1' }, paths };
}

function jsonSchema(schema: z.ZodType, io: 'input' | 'output') {
  const { $schema: _, ...bare } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return bare;
}

function named(path: string): string {
  return decodeURIComponent(path);
}

function parametersOf(path: string) {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
}

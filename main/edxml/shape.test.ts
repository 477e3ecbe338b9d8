import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { documentHeader, statusHeader, traceHeaderList } from '../../preload/contract/edxml';
import { documentHeaderShape, type Shape, statusHeaderShape, traceShape } from './shape';

type JsonSchema = {
  properties?: Record<string, JsonSchema>;
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  type?: string;
};

/** Paths of every leaf of a schema, lists marked with []. */
function schemaPaths(schema: JsonSchema, path: string): string[] {
  if (schema.properties !== undefined) {
    return Object.entries(schema.properties).flatMap(([name, inner]) =>
      schemaPaths(inner, `${path}/${name}`),
    );
  }
  const list = schema.anyOf?.find((one) => one.items !== undefined);
  if (list?.items !== undefined) return schemaPaths(list.items, `${path}[]`);
  return [path];
}

function shapePaths(shape: Shape, path: string): string[] {
  if (shape.kind !== 'group') return [path];
  return [
    ...(shape.attributes ?? []).map((name) => `${path}/${name}`),
    ...shape.fields.flatMap((field) =>
      shapePaths(field.shape, `${path}/${field.name}${field.many ? '[]' : ''}`),
    ),
  ];
}

describe('the table of elements and the schema of the contract', () => {
  it.each([
    ['document', documentHeader, documentHeaderShape],
    ['status', statusHeader, statusHeaderShape],
    ['trace', traceHeaderList, traceShape],
  ])('name the same fields of a %s', (_name, schema, shape) => {
    const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
    const named = schemaPaths(json, '').filter((path) => path !== '/Signature');
    expect(shapePaths(shape, '').sort()).toEqual(named.sort());
  });
});

/** As much of JSON Schema as `docs/settings.schema.json` is written in; a word that is not known here is an error. */

/** @typedef {Record<string, any>} Schema */

/** Each word, and whether a value keeps to it. @type {Record<string, (value: any, said: any, root: Schema) => boolean>} */
const WORDS = {
  type: (value, type) => kindOf(value) === type || (type === 'number' && kindOf(value) === 'integer'),
  enum: (value, values) => values.includes(value),
  minimum: (value, least) => !(value < least),
  maximum: (value, most) => !(value > most),
  minLength: (value, least) => typeof value !== 'string' || value.length >= least,
  maxLength: (value, most) => typeof value !== 'string' || value.length <= most,
  pattern: (value, pattern) => typeof value !== 'string' || new RegExp(pattern, 'u').test(value),
  required: (value, names) => kindOf(value) !== 'object' || names.every((/** @type {string} */ name) => name in value),
  items: (value, schema, root) => !Array.isArray(value) || value.every((item) => isValid(item, schema, root)),
  properties: (value, schemas, root) =>
    kindOf(value) !== 'object' ||
    Object.entries(value).every(([name, one]) => !Object.hasOwn(schemas, name) || isValid(one, schemas[name], root)),
  additionalProperties: () => true, // see below: it needs its neighbour
  $ref: (value, path, root) => isValid(value, path.slice(2).split('/').reduce(step, root), root),
};

const REMARKS = new Set(['$schema', '$defs', 'title', 'description']);

/**
 * @param {unknown} value
 * @param {Schema} schema
 * @param {Schema} [root] where references start
 * @returns {boolean}
 * @throws {Error} if the schema says what this does not know
 */
export function isValid(value, schema, root = schema) {
  if (schema.additionalProperties === false && hasOthers(value, schema.properties)) return false;
  return Object.entries(schema).every(([word, said]) => {
    if (REMARKS.has(word)) return true;
    const keeps = WORDS[word];
    if (!keeps) throw new Error(`The schema says "${word}", which is not known here.`);
    return keeps(value, said, root);
  });
}

/** @param {unknown} value */
function kindOf(value) {
  if (Array.isArray(value)) return 'array';
  if (value === null) return 'null';
  return Number.isInteger(value) ? 'integer' : typeof value;
}

/** @param {unknown} value @param {Schema} known */
function hasOthers(value, known) {
  return kindOf(value) === 'object' && Object.keys(Object(value)).some((name) => !Object.hasOwn(known, name));
}

/** @param {Schema} schema @param {string} name @returns {Schema} */
const step = (schema, name) => schema[name];

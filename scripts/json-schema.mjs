/** As much of JSON Schema as ours are written in; a word that is not known here is an error. */

/** @typedef {Record<string, any>} Schema */
/** @typedef {{path: string, root: Schema, schema: Schema}} At where in the value, and what is said of it */

/**
 * Each word, and what is wrong with a value that does not keep to it.
 *
 * @type {Record<string, (value: any, said: any, at: At) => string[]>}
 */
const WORDS = {
  type: (value, type, at) =>
    unless(kindOf(value) === type || (type === 'number' && kindOf(value) === 'integer'), at, `is no ${type}`),
  enum: (value, values, at) => unless(values.includes(value), at, `may not be ${JSON.stringify(value)}`),
  const: (value, only, at) => unless(value === only, at, `is not ${JSON.stringify(only)}`),
  minimum: (value, least, at) => unless(!(value < least), at, `is less than ${least}`),
  maximum: (value, most, at) => unless(!(value > most), at, `is more than ${most}`),
  minLength: (value, least, at) =>
    unless(typeof value !== 'string' || value.length >= least, at, `is shorter than ${least}`),
  maxLength: (value, most, at) =>
    unless(typeof value !== 'string' || value.length <= most, at, `is longer than ${most}`),
  maxItems: (value, most, at) => unless(!Array.isArray(value) || value.length <= most, at, `has more than ${most}`),
  pattern: (value, pattern, at) =>
    unless(typeof value !== 'string' || new RegExp(pattern, 'u').test(value), at, `is not written like ${pattern}`),
  uniqueItems: (value, _, at) => unless(new Set(value).size === value.length, at, 'says something twice'),
  required: (value, names, at) =>
    kindOf(value) !== 'object'
      ? []
      : names.flatMap((/** @type {string} */ name) => unless(name in value, at, `has no "${name}"`)),
  items: (value, schema, { path, root }) =>
    Array.isArray(value) ? value.flatMap((item, index) => flaws(item, schema, root, `${path}[${index}]`)) : [],
  properties: (value, schemas, { path, root }) =>
    entries(value).flatMap(([name, one]) =>
      Object.hasOwn(schemas, name) ? flaws(one, schemas[name], root, `${path}.${name}`) : [],
    ),
  additionalProperties: (value, said, { path, root, schema }) =>
    entries(value)
      .filter(([name]) => !Object.hasOwn(schema.properties ?? {}, name))
      .flatMap(([name, one]) =>
        said === false ? [`${path}.${name} is not known`] : flaws(one, said, root, `${path}.${name}`),
      ),
  $ref: (value, reference, { path, root }) =>
    flaws(value, reference.slice(2).split('/').reduce(step, root), root, path),
};

const REMARKS = new Set(['$schema', '$comment', '$defs', 'title', 'description']);

/**
 * @param {unknown} value
 * @param {Schema} schema
 * @param {Schema} [root] where references start
 * @param {string} [path] of the value
 * @returns {string[]} what is wrong with it, and where; nothing if it keeps to the schema
 * @throws {Error} if the schema says what this does not know
 */
export function flaws(value, schema, root = schema, path = '$') {
  return Object.entries(schema).flatMap(([word, said]) => {
    if (REMARKS.has(word)) return [];
    const check = WORDS[word];
    if (!check) throw new Error(`The schema says "${word}", which is not known here.`);
    return check(value, said, { path, root, schema });
  });
}

/**
 * @param {unknown} value
 * @param {Schema} schema
 * @returns {boolean} whether the value keeps to the schema
 * @throws {Error} if the schema says what this does not know
 */
export function isValid(value, schema) {
  return flaws(value, schema).length === 0;
}

/** @param {boolean} holds @param {At} at @param {string} what @returns {string[]} */
const unless = (holds, { path }, what) => (holds ? [] : [`${path} ${what}`]);

/** @param {unknown} value @returns {[string, unknown][]} none unless it is an object */
const entries = (value) => (kindOf(value) === 'object' ? Object.entries(/** @type {object} */ (value)) : []);

/** @param {unknown} value */
function kindOf(value) {
  if (Array.isArray(value)) return 'array';
  if (value === null) return 'null';
  return Number.isInteger(value) ? 'integer' : typeof value;
}

/** @param {Schema} schema @param {string} name @returns {Schema} */
const step = (schema, name) => schema[name];

import { uboCore } from './ubo-core.js';

export default uboCore(true);

import { detick } from './detick.js';

export default detick("**Detick**, WASM, AdGuard's list", (lists) => lists);

import { detick } from './detick.js';

export default detick(true);

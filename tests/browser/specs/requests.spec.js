// The table of requests: what should be stopped is stopped, what should arrive arrives.

import { testTable } from '../request-table.js';

testTable('with Detick');

// The negative control of the table of requests: without Detick every row arrives.

import { testTable } from '../request-table.js';

testTable('without Detick');

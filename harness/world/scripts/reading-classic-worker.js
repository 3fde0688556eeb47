// The classic worker, and the shared one.
importScripts('/scripts/reading.js', '/scripts/reading-worker.js');

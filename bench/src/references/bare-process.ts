import { createServer } from 'node:http';
import mongoose from 'mongoose';
import { settingsOf } from './settings';

/** A process that has loaded what a service loads, has a connection to a database, and does nothing. */
const { port, mongoUri, packages } = settingsOf<{ mongoUri: string; packages: string[] }>();

// eslint-disable-next-line @typescript-eslint/no-require-imports -- which ones is told at the start
for (const name of packages) require(name);

void mongoose.connect(mongoUri).then(() => createServer((_req, res) => res.end()).listen(port, '127.0.0.1'));

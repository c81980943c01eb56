import { expiryCases } from './cases';
import { prove } from './prove';

jest.setTimeout(120_000);

const WINDOW_SECONDS = 3;

prove(expiryCases, { EXPIRATION_WINDOW_SECONDS: String(WINDOW_SECONDS) });

import { config } from 'zod';

// Zod finds out by `new Function` whether it may compile its schemas. The page's security policy forbids
// that and reports the attempt, so zod is told before the first schema is made: main.tsx imports this first.
config({ jitless: true });

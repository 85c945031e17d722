// Carries out orders: waits for their numbers in Redis, and notes in PostgreSQL what is done.
import { Redis } from 'ioredis';
import pg from 'pg';

const database = new pg.Pool({ connectionString: process.env.DATABASE_URL });
const queue = new Redis(process.env.REDIS_URL);
let stopping = false;

process.on('SIGTERM', () => {
  console.log('finishing');
  stopping = true;
});

console.log('waiting for orders');
while (!stopping) {
  const order = await queue.brpop('orders', 1);
  if (!order) continue;
  await database.query('UPDATE orders SET done_at = now() WHERE id = $1', [order[1]]);
  console.log(`order ${order[1]} is done`);
}

queue.disconnect();
await database.end();

// Takes orders: a row in PostgreSQL, and a word to the worker through Redis. GET / shows all orders.
import http from 'node:http';
import { once } from 'node:events';
import { Redis } from 'ioredis';
import pg from 'pg';

const database = new pg.Pool({ connectionString: process.env.DATABASE_URL });
const queue = new Redis(process.env.REDIS_URL);
await database.query('CREATE TABLE IF NOT EXISTS orders (id serial PRIMARY KEY, item text NOT NULL, done_at timestamptz)');

const server = http.createServer(async (request, response) => {
  try {
    response.end(JSON.stringify(await answer(request), null, 2) + '\n');
  } catch (error) {
    console.error(error.message);
    response.writeHead(500).end('Something went wrong; the log says what\n');
  }
});

async function answer({ method, url }) {
  if (method !== 'POST') return (await database.query('SELECT * FROM orders ORDER BY id')).rows;
  const item = new URL(url, 'http://localhost').searchParams.get('item') ?? 'tea';
  const { rows } = await database.query('INSERT INTO orders (item) VALUES ($1) RETURNING *', [item]);
  await queue.lpush('orders', rows[0].id);
  console.log(`order ${rows[0].id}: ${item}`);
  return rows[0];
}

server.listen(process.env.PORT, '0.0.0.0', () => console.log(`listening on ${process.env.PORT}`));

await once(process, 'SIGTERM');
console.log('no more orders');
server.close();
queue.disconnect();
await database.end();

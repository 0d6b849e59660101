import { Counter, Gauge } from 'prom-client';

/** What an operator sees of the rooms at /metrics. */
export const liveMetrics = {
  connections: new Gauge({ name: 'consilium_live_connections', help: 'Open connections to live rooms' }),
  rooms: new Gauge({ name: 'consilium_live_rooms', help: 'Live rooms in memory' }),
  messages: new Counter({
    name: 'consilium_live_messages_total',
    help: 'Messages taken, by kind',
    labelNames: ['kind'],
  }),
  refused: new Counter({
    name: 'consilium_live_refused_total',
    help: 'Messages and connections refused, by code',
    labelNames: ['code'],
  }),
};

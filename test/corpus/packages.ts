/** The packages, and the folders in them that are bundles of what is in the others. */
export const packages: readonly (readonly [name: string, ...bundles: string[]])[] = [
  ["@cloudamqp/amqp-client", "dist"],
  ["amqplib"],
  ["axios", "dist"],
  ["basic-ftp"],
  ["got"],
  ["http-proxy-agent"],
  ["ioredis"],
  ["ldapts", "dist"],
  ["mqtt", "dist"],
  ["mysql2"],
  ["node-fetch"],
  ["nodemailer"],
  ["pg"],
  ["socks-proxy-agent"],
  ["undici"],
  ["ws"],
];

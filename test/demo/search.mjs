// The program under test: a search with the ldapts that stands in the first argument, and what the runtime's
// guard saw of it on Node's diagnostics channels. It prints one JSON object.
//   node search.mjs <module of ldapts> <ldap: URL>
import { SOCKSinit, SOCKSreport } from "@tsocksify/runtime";

SOCKSinit("demo", { guard: "report" });
const [module, url] = process.argv.slice(2);
const { Client } = await import(module);

const client = new Client({ url, timeout: 10_000, connectTimeout: 10_000 });
await client.bind("cn=root", "secret");
const { searchEntries } = await client.search("o=demo", { scope: "sub", filter: "(mail=*)" });
await client.unbind();
console.log(JSON.stringify({ entries: searchEntries, guard: SOCKSreport() }));

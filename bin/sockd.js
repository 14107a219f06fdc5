#!/usr/bin/env node
require("../dist/sockd/cli.js")
  .main(process.argv.slice(2))
  .then((code) => process.exit(code));

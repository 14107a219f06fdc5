// The types of "@tsocksify/runtime/net" are those of Node's own module, namespace and all.
import net = require("net");
export = net;

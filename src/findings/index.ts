import type { FindingCode } from "../tables/schema.js";
import { assigned } from "./assigned.js";
import { badSuppression } from "./bad-suppression.js";
import { bindBeforeConnect } from "./bind-before-connect.js";
import { bindClaimsNothing } from "./bind-claims-nothing.js";
import { bindWithoutService } from "./bind-without-service.js";
import { callOrder } from "./call-order.js";
import { childProcess } from "./child-process.js";
import { dependencyDatagrams } from "./dependency-datagrams.js";
import { dependencyHidden } from "./dependency-hidden.js";
import { dependencyOpens } from "./dependency-opens.js";
import { detached } from "./detached.js";
import { dnsLookup } from "./dns-lookup.js";
import { dnsQuery } from "./dns-query.js";
import { earlyIo } from "./early-io.js";
import { evaluatedCode } from "./evaluated-code.js";
import type { FindingKind } from "./finding.js";
import { firstCall } from "./first-call.js";
import { localAddress } from "./local-address.js";
import { meanwhile } from "./meanwhile.js";
import { mixedReceiver } from "./mixed-receiver.js";
import { moduleLoading } from "./module-loading.js";
import { nativeCode } from "./native-code.js";
import { networkCommand } from "./network-command.js";
import { noInit } from "./no-init.js";
import { noRForm } from "./no-r-form.js";
import { onePeer } from "./one-peer.js";
import { pluginIgnored } from "./plugin-ignored.js";
import { udp } from "./udp.js";
import { untypedReceiver } from "./untyped-receiver.js";
import { unusedSuppression } from "./unused-suppression.js";
import { worker } from "./worker.js";

/** The catalogue. */
export const findingKinds: readonly FindingKind[] = [
  udp,
  dnsQuery,
  dnsLookup,
  untypedReceiver,
  mixedReceiver,
  localAddress,
  assigned,
  detached,
  childProcess,
  worker,
  evaluatedCode,
  nativeCode,
  moduleLoading,
  noRForm,
  networkCommand,
  firstCall,
  earlyIo,
  meanwhile,
  bindWithoutService,
  callOrder,
  bindBeforeConnect,
  bindClaimsNothing,
  onePeer,
  noInit,
  pluginIgnored,
  unusedSuppression,
  badSuppression,
  dependencyOpens,
  dependencyDatagrams,
  dependencyHidden,
];

const byCode = new Map(findingKinds.map((kind) => [kind.code, kind]));

export function findingKind(code: FindingCode): FindingKind {
  const kind = byCode.get(code);
  if (!kind) throw new Error(`a table names the finding ${code}, which is not in the catalogue`);
  return kind;
}

/** Is it a finding of a package, which only following imports can tell, and which stands at the import that leads there? */
export function isOfDependency(code: string): boolean {
  return code.startsWith("SOCKS12");
}

export type * from "./finding.js";

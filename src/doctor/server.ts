import type { Answer, Question, ServerProbe } from "@tsocksify/runtime/probe";
import { check, type Check, type CheckId } from "./check.js";

type Answers = Readonly<Record<Question, Answer>>;

/** What the answers of a proxy mean for a program that is configured to use it. */
export function serverChecks(server: ServerProbe): Check[] {
  const { version, through, answers } = server;
  const { reachable } = answers;
  const way = through.length > 0 ? ` through ${through.join(", ")}` : "";
  const found = judged("reachable", "reachable", answers, "fail", way);
  if (reachable.answer !== "yes") return [found, check("note", "not-asked", "nothing else could be asked")];
  const own = version === 5 ? "socks5" : "socks4";
  const speaks = judged("version", own, answers, "fail", "", `SOCKS ${version}`);
  if (answers[own].answer === "no") return [found, withOther(speaks, version, answers)];
  return [
    found,
    speaks,
    ...otherVersions(version, answers),
    ...(version === 5 ? authentication(server) : []),
    judged("connect", "connect", answers, "fail", "", "CONNECT"),
    judged("bind", "bind", answers, "note", "", "BIND"),
    judged("names", "names", answers, "fail", "", "names"),
    judged("target", "target", answers, "fail", "", "target"),
  ];
}

/** @param bad the status of a "no" */
function judged(
  id: CheckId,
  question: Question,
  answers: Answers,
  bad: Check["status"],
  more = "",
  label: string = id,
): Check {
  const { answer, reason, remedy } = answers[question];
  const status = answer === "yes" ? "ok" : answer === "no" ? bad : "note";
  return check(status, id, `${label}: ${reason}${more}`, answer === "yes" ? undefined : remedy);
}

/** The server speaks the other version: that is what to configure. */
function withOther(speaks: Check, version: 4 | 5, { socks4, socks5 }: Answers): Check {
  const [other, answer] = version === 5 ? ([4, socks4] as const) : ([5, socks5] as const);
  return answer.answer === "yes"
    ? { ...speaks, remedy: `It speaks SOCKS ${other}: write socks${other}:// instead of socks${version}://.` }
    : speaks;
}

function otherVersions(version: 4 | 5, answers: Answers): Check[] {
  const others = [
    version === 5 ? (["SOCKS 4", "socks4"] as const) : (["SOCKS 5", "socks5"] as const),
    ["SOCKS 4a", "socks4a"] as const,
  ];
  return others.map(([label, question]) => {
    const { answer, reason } = answers[question];
    return check("note", question, `${label}: ${answer === "unknown" ? "" : `${answer}, `}${reason}`);
  });
}

const methods = [
  ["anonymous", "without a password"],
  ["password", "with user name and password"],
  ["gssapi", "with GSSAPI"],
] as const;

function authentication({ server, answers }: ServerProbe): Check[] {
  const taken = methods.filter(([method]) => answers[method].answer === "yes").map(([, words]) => words);
  const list = check("note", "methods", `authentication: ${taken.join(", ") || "none that is known here"}`);
  const { credentials, anonymous, password } = answers;
  const hasCredentials = new URL(server.url.replace(/^[^:]+/, "http")).username !== "";
  if (credentials.answer !== "unknown")
    return [list, judged("credentials", "credentials", answers, "fail", "", "login")];
  if (!hasCredentials && anonymous.answer === "no")
    return [
      list,
      check(
        "fail",
        "credentials",
        "login: it wants one, and no user name is configured",
        password.answer === "yes"
          ? "Set SOCKS_USERNAME and SOCKS_PASSWORD, or put them into the proxy's URL."
          : "It takes none of the methods that are supported here; ask its operator.",
      ),
    ];
  if (hasCredentials)
    return [
      list,
      anonymous.answer === "yes"
        ? check("note", "credentials", "login: it does not ask for the user name that is configured")
        : check("fail", "credentials", `login: ${credentials.reason}`, "Ask the proxy's operator."),
    ];
  return [list];
}

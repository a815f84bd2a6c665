import { knownPair, type Pair, type Parsed } from "./connectionPairs";

/** What follows `postgresql://` or `postgres://`; null for any other text. */
export function uriRest(text: string): string | null {
  return /^postgres(?:ql)?:\/\/([^]*)$/.exec(text)?.[1] ?? null;
}

/** A connection URI behind its scheme, as libpq reads it: several hosts, IPv6, sockets, percent encodings, options. */
export function parseConnectionUri(rest: string): Parsed {
  const { login, address, path, query } = splitUri(rest);
  if (login === null && (path ?? "").includes("@")) {
    return {
      problem:
        "has a / before its @: in a user or a password it is written as %2F",
    };
  }
  const raw: [string, string][] = [];
  if (login !== null) {
    const colon = login.indexOf(":");
    raw.push(["user", colon < 0 ? login : login.slice(0, colon)]);
    if (colon >= 0) {
      raw.push(["password", login.slice(colon + 1)]);
    }
  }
  const places = hostsAndPorts(address);
  if (places === null) {
    return { problem: "has a host or a port that cannot be read" };
  }
  raw.push(["host", places.hosts], ["port", places.ports]);
  raw.push(["dbname", path ?? ""]);
  const pairs: Pair[] = [];
  for (const [keyword, value] of raw) {
    const plain = decode(value);
    if (plain === null) {
      return { problem: badEncoding };
    }
    if (plain.replaceAll(",", "") !== "") {
      pairs.push({ keyword, value: plain });
    }
  }
  return withQuery(pairs, query);
}

const badEncoding = "has a % that begins no percent encoding";

/** The parts of a connection URI behind its scheme, still encoded. */
export interface UriParts {
  /** `user:password`, or null without an @. */
  readonly login: string | null;
  readonly address: string;
  readonly path: string | null;
  readonly query: string | null;
}

/**
 * As libpq, the user's part may have a ? and ends before the path. Beyond libpq, it is the last @ that ends it: a
 * password that was pasted may have an unencoded one.
 */
export function splitUri(rest: string): UriParts {
  const first = /^[^@/]*@/.exec(rest)?.[0].length ?? 0;
  const end = /[/?]/.exec(rest.slice(first));
  const authority = end === null ? rest : rest.slice(0, first + end.index);
  const at = authority.lastIndexOf("@");
  const tail = rest.slice(authority.length);
  const mark = tail.indexOf("?");
  const path = mark < 0 ? tail : tail.slice(0, mark);
  return {
    login: at < 0 ? null : authority.slice(0, at),
    address: authority.slice(at + 1),
    path: path === "" ? null : path.slice(1),
    query: mark < 0 ? null : tail.slice(mark + 1),
  };
}

function hostsAndPorts(
  address: string,
): { readonly hosts: string; readonly ports: string } | null {
  const places = address
    .split(",")
    .map((one) => /^(?:\[([^\][]+)\]|([^:[\]]*))(?::(\d*))?$/.exec(one));
  const hosts: string[] = [];
  const ports: string[] = [];
  for (const place of places) {
    if (place === null) {
      return null;
    }
    hosts.push(place[1] ?? place[2] ?? "");
    ports.push(place[3] ?? "");
  }
  return { hosts: hosts.join(","), ports: ports.join(",") };
}

function withQuery(pairs: Pair[], query: string | null): Parsed {
  const first = pairs.length;
  for (const part of query === null || query === "" ? [] : query.split("&")) {
    const equals = part.indexOf("=");
    const keyword = decode(part.slice(0, Math.max(equals, 0)));
    const value = decode(part.slice(equals + 1));
    if (keyword === null || value === null) {
      return { problem: badEncoding };
    }
    if (equals < 0) {
      return { problem: "has a piece behind its ? that is not option=value" };
    }
    if (part.includes("=", equals + 1)) {
      return {
        problem: "has two = in one option: in a value it is written as %3D",
      };
    }
    // JDBC's word.
    const isJdbc = keyword === "ssl" && value === "true";
    const pair = isJdbc
      ? { keyword: "sslmode", value: "require" }
      : knownPair(keyword, value, pairs.slice(first));
    if (typeof pair === "string") {
      return { problem: pair };
    }
    pairs.push(pair);
  }
  return { pairs };
}

/** Null for a broken encoding, for bytes that are not UTF-8, and for NUL. */
function decode(text: string): string | null {
  try {
    const plain = decodeURIComponent(text);
    return plain.includes("\0") ? null : plain;
  } catch {
    return null;
  }
}

import type { OffsetRange } from "../finding";
import type { Entry } from "./entry";

/** Ends of the names whose value is a user, a colon and the password. */
const loginName =
  /(?:cloud[._]auth|(?:^|[^a-z])http[-_]?auth|basic[-_]?auth(?:[._]users?)?)$/i;

/** True for `cloud.auth`, `FLOWER_BASIC_AUTH` and the like, whose value may be a whole login. */
export function isLoginName(name: string): boolean {
  return name.length <= 100 && loginName.test(name);
}

/** Where the password of `user:password` begins; -1 for what is none, and for a host with its port or a realm. */
export function passwordStart(text: string): number {
  const login =
    /^(?!default:[a-z]+$)[\w.@+-]{1,80}:(?!\d{1,5}(?:$|\/)|\/\/)(?=\S{3,}$)/.exec(
      text,
    );
  return login?.[0].length ?? -1;
}

/** A room of Slack's that Travis tells of its builds: the account, a colon, the token, and maybe a channel. */
const room = /^[\w-]{1,80}:(?=[A-Za-z\d]{20,}(?:#\S*)?$)/;

/** What of a value is the credential when it is a login in one text; null when it is none. */
export function loginIn({
  above,
  isListItem,
  name,
  range,
  text,
}: Entry): OffsetRange | null {
  const isRoom = isListItem
    ? name === "rooms" && above === "slack"
    : name === "slack" && above === "notifications";
  if (isRoom) {
    const account = room.exec(text);
    const channel = text.indexOf("#");
    return account === null
      ? null
      : {
          start: range.start + account[0].length,
          end: channel < 0 ? range.end : range.start + channel,
        };
  }
  const isLogin = isLoginName(isListItem ? `${above}.${name}` : name);
  const start = isLogin ? passwordStart(text) : -1;
  return start < 0 ? null : { start: range.start + start, end: range.end };
}

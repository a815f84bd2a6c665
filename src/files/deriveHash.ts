import { pbkdf2Sync } from "node:crypto";
import type { DeriveHash } from "../core/credentials/fingerprint";

/** Node's own PBKDF2: ten times as fast as one in JavaScript, so that hashes can have ten times the rounds. */
export const deriveHash: DeriveHash = (text, salt, rounds) =>
  pbkdf2Sync(text, Buffer.from(salt, "hex"), rounds, 16, "sha256").toString(
    "hex",
  );

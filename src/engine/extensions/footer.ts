/** What an extension file says of itself in its last 512 bytes: eight fields of 32 bytes, the last one first, and a signature. */
export interface ExtensionFooter {
  /** DuckDB's version for `CPP` and `C_STRUCT_UNSTABLE`, the version of DuckDB's C API for `C_STRUCT`. */
  readonly builtFor: string;
  readonly platform: string;
  readonly extensionVersion: string;
  readonly abi: string;
  readonly isSigned: boolean;
}

/** What a file has to fit. */
export interface ExtensionTarget {
  /** DuckDB's own, such as `v1.5.5`. */
  readonly version: string;
  /** DuckDB's name for it, such as `linux_amd64`. */
  readonly platform: string;
}

const fieldBytes = 32;
const signatureBytes = 256;
/** Bytes at the end of a file that the footer takes. */
export const footerBytes = 8 * fieldBytes + signatureBytes;
/** The form of the metadata; DuckDB refuses every other. */
const magic = "4";

/** The footer at the end of these bytes; null when they are no DuckDB extension. */
export function readFooter(bytes: Uint8Array): ExtensionFooter | null {
  if (bytes.length < footerBytes) {
    return null;
  }
  const footer = bytes.subarray(bytes.length - footerBytes);
  // Written back to front: the first field of the format is the last of the eight.
  const field = (index: number): string => {
    const start = (7 - index) * fieldBytes;
    const raw = footer.subarray(start, start + fieldBytes);
    const end = raw.indexOf(0);
    return new TextDecoder("latin1").decode(
      end < 0 ? raw : raw.subarray(0, end),
    );
  };
  if (field(0) !== magic) {
    return null;
  }
  return {
    platform: field(1),
    builtFor: field(2),
    extensionVersion: field(3),
    // Extensions from before the field existed are C++.
    abi: field(4) === "" ? "CPP" : field(4),
    isSigned: footer.subarray(8 * fieldBytes).some((byte) => byte !== 0),
  };
}

/** Why a file with this footer cannot be loaded, as the end of a sentence that begins with the file; null when it can. */
export function footerProblem(
  footer: ExtensionFooter | null,
  target: ExtensionTarget,
): string | null {
  if (footer === null) {
    return "is not a DuckDB extension: it does not end with an extension's metadata";
  }
  const here = `this is DuckDB ${target.version} on ${target.platform}`;
  const { abi, builtFor, platform } = footer;
  switch (abi) {
    case "CPP":
    case "C_STRUCT_UNSTABLE":
      if (builtFor !== target.version || platform !== target.platform) {
        return `was built for DuckDB ${builtFor} on ${platform}, and ${here}`;
      }
      break;
    case "C_STRUCT":
      if (platform !== target.platform || isLater(builtFor, target.version)) {
        return `was built for DuckDB's C API ${builtFor} on ${platform}, and ${here}`;
      }
      break;
    default:
      return `was built for the binary interface "${abi}", which DuckDB ${target.version} does not have`;
  }
  return footer.isSigned
    ? null
    : "has no signature, and unsigned extensions are not loaded";
}

/** True when `a` is a later release than `b`; what is no release is never later. */
function isLater(a: string, b: string): boolean {
  const [left, right] = [a, b].map((version) =>
    /^v(\d+)\.(\d+)\.(\d+)/.exec(version)?.slice(1).map(Number),
  );
  if (left === undefined || right === undefined) {
    return false;
  }
  const at = left.findIndex((part, index) => part !== right[index]);
  return at >= 0 && (left[at] ?? 0) > (right[at] ?? 0);
}

import { basename, dirname } from "node:path";
import {
  classifyDuckdbError,
  fullDiskOf,
} from "../../../core/errors/classifyDuckdb";
import type { ErrorClass } from "../../../core/errors/errorInfo";
import { viaductError } from "../../../core/errors/makeError";
import { ViaductError } from "../../../core/errors/viaductError";

/** What the system says, as a class and the rest of a sentence about the file. */
const reasons: Readonly<Record<string, readonly [ErrorClass, string]>> = {
  ENOENT: ["permission", "its folder does not exist"],
  ENOTDIR: ["permission", "its folder does not exist"],
  EISDIR: ["permission", "there is a folder of that name"],
  EACCES: ["permission", "it may not be written here"],
  EPERM: ["permission", "it may not be written here"],
  EROFS: ["permission", "the disk is read-only"],
  EBUSY: ["permission", "another program has it open"],
  ETXTBSY: ["permission", "another program has it open"],
  ELOOP: ["permission", "its links lead round in a circle"],
  EIO: ["unknown", "the disk has failed"],
  ENOSPC: ["diskFull", "the disk is full"],
  EDQUOT: ["diskFull", "the disk is full"],
  EFBIG: ["diskFull", "it would be larger than files may be there"],
  ENAMETOOLONG: ["permission", "its name is too long"],
};

/**
 * An error of the system or of DuckDB about a file that is written, in words; others are left as they are. `temporary` is
 * the file that is written in its place.
 */
export function fileProblem(
  error: unknown,
  file: string,
  temporary = file,
): unknown {
  if (error instanceof ViaductError || !(error instanceof Error)) {
    return error;
  }
  const code = "code" in error ? String(error.code) : "";
  const reason = reasons[code] ?? reasons[fullDiskOf(error.message, temporary)];
  if (reason !== undefined) {
    const [errorClass, words] = reason;
    return viaductError(
      errorClass,
      `"${basename(file)}" could not be written in ${dirname(file)}: ${words}. Nothing was changed.`,
      {
        ...(code === "" ? {} : { code }),
        hint:
          errorClass === "diskFull"
            ? "Make room on the disk, or choose another one."
            : "Choose another place for the file.",
        actions: [],
      },
    );
  }
  return new ViaductError(
    classifyDuckdbError(error.message.replaceAll(temporary, file)),
  );
}

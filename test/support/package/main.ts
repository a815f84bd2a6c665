// `npm run package`: the VSIX for this platform, in the repository's root.
import { inRepository } from "../paths";
import { packageExtension } from "./packageExtension";

packageExtension(inRepository()).then(
  (file) => {
    console.log(`• ${file}`);
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);

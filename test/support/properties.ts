/**
 * Property tests draw the same examples in every run, so that a red run is
 * about the change that was made. `VIADUCT_SEED=random` draws new ones, and
 * `VIADUCT_SEED=<number>` those of a run that failed (docs/decisions/0012).
 */
import fc from "fast-check";

const chosen = process.env["VIADUCT_SEED"] ?? "20261123";
if (chosen !== "random") {
  fc.configureGlobal({ seed: Number(chosen) });
}

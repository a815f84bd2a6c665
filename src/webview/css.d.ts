/** esbuild bundles style sheets beside the script. */
declare module "*.css";

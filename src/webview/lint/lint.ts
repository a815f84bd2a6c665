/** The page of the workspace's credentials. Its HTML needs a strict CSP, a link to `lint.css`, and this script at the end. */
import "../doctor/doctor.css";
import "./lint.css";
import { hostPort } from "../port";
import { LintPage } from "./lintPage";

new LintPage(document.body, hostPort(["view"]));

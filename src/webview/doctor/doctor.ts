/** The doctor's page. Its HTML needs a strict CSP, a link to `doctor.css`, and this script at the end of the body. */
import "./doctor.css";
import { hostPort } from "../port";
import { DoctorPage } from "./doctorPage";

new DoctorPage(document.body, hostPort(["view"]));

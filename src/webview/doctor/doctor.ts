/** The doctor's page. Its HTML needs a strict CSP, a link to `doctor.css`, and this script at the end of the body. */
import "./doctor.css";
import { DoctorPage } from "./doctorPage";
import { doctorPort } from "./doctorPort";

new DoctorPage(document.body, doctorPort());

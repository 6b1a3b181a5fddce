//! Records of Lifelong Links services to evidence: open a study, run the stages, get everything.

//! Reads study folders: CSV and XLSX to typed tables and findings.

//! Writes the workbooks that the tests read.

#[path = "../tests/common/workbooks.rs"]
mod workbooks;

fn main() -> Result<(), rust_xlsxwriter::XlsxError> {
    for kept in workbooks::KEPT {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(kept.path);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        (kept.make)()?.save(path)?;
    }
    Ok(())
}

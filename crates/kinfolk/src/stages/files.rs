//! Plain tables as files: delimited text or, by their extension, Parquet.

use std::fs::{self, File};
use std::io::{BufWriter, Cursor, Write};
use std::path::Path;

use kinfolk_ingest::plain::{PlainReader, PlainTable};

use super::parquet;
use crate::Error;
use crate::outputs::write_whole;

/// How much is written at a time.
const BUFFER: usize = 1 << 20;

/// Opens a table.
///
/// # Errors
///
/// [`Error::Plain`] when it cannot be read, is no table or is empty, [`Error::Parquet`].
pub fn open_table(path: &Path) -> Result<PlainReader, Error> {
    if is_parquet(path) {
        let text = parquet::to_text(path)?;
        Ok(PlainReader::new(path, Box::new(Cursor::new(text)))?)
    } else {
        Ok(PlainReader::open(path)?)
    }
}

/// Refuses to write a table over the one that is read.
///
/// # Errors
///
/// [`Error::OutputIsTable`] when the two are one file.
pub fn guard_table(out: &Path, input: &Path) -> Result<(), Error> {
    match (fs::canonicalize(out), fs::canonicalize(input)) {
        (Ok(one), Ok(other)) if one == other => Err(Error::OutputIsTable(input.to_owned())),
        _ => Ok(()),
    }
}

/// Writes a table that `write` gives as delimited text. The file appears whole or not at all.
///
/// # Errors
///
/// Those of `write`, [`Error::Write`], [`Error::Parquet`].
pub fn write_table<T>(
    path: &Path,
    write: impl FnOnce(&mut (dyn Write + Send)) -> Result<T, Error>,
) -> Result<T, Error> {
    if is_parquet(path) {
        let mut text = Vec::new();
        let result = write(&mut text)?;
        let table = PlainTable::read(path, Box::new(Cursor::new(text)))?;
        write_whole(path, &parquet::from_table(&table)?)?;
        return Ok(result);
    }
    if is_device(path) {
        return write_text(path, write);
    }
    let mut passing = path.as_os_str().to_owned();
    passing.push(".partial");
    let passing = Path::new(&passing);
    let result = write_text(passing, write).and_then(|result| {
        fs::rename(passing, path).map_err(failed(path))?;
        Ok(result)
    });
    if result.is_err() {
        // The half-written file is worth nothing; that it cannot be removed adds nothing either.
        fs::remove_file(passing).ok();
    }
    result
}

/// Writes a page of text. The file appears whole or not at all.
///
/// # Errors
///
/// [`Error::Write`].
pub fn write_page(path: &Path, text: &str) -> Result<(), Error> {
    write_whole(path, text.as_bytes())
}

fn write_text<T>(
    path: &Path,
    write: impl FnOnce(&mut (dyn Write + Send)) -> Result<T, Error>,
) -> Result<T, Error> {
    let file = File::create(path).map_err(failed(path))?;
    let mut out = BufWriter::with_capacity(BUFFER, file);
    let result = write(&mut out)?;
    out.flush().map_err(failed(path))?;
    Ok(result)
}

fn failed(path: &Path) -> impl Fn(std::io::Error) -> Error {
    move |source| Error::Write {
        path: path.to_owned(),
        source,
    }
}

fn is_parquet(path: &Path) -> bool {
    let extension = path.extension();
    extension.is_some_and(|extension| extension.eq_ignore_ascii_case("parquet"))
}

/// Whether something that is no file stands there, such as a pipe, which must not be replaced.
fn is_device(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|found| !found.is_file())
}

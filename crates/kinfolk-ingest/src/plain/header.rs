//! The names of columns.

use kinfolk_model::fold;

use super::PlainError;

/// The headers of a plain table. Names are found in any case, with spaces, hyphens and underscores
/// alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    file: String,
    names: Vec<String>,
    folded: Vec<String>,
}

impl Header {
    pub(super) fn new(file: &str, names: Vec<String>) -> Self {
        Self {
            file: file.to_owned(),
            folded: names.iter().map(|name| fold(name)).collect(),
            names,
        }
    }

    /// The file.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The headers as the file writes them.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// How many columns there are.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether there is no column.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// Where a column stands, from 0, if it is there.
    ///
    /// # Errors
    ///
    /// [`PlainError::ColumnTwice`] when two columns have the name.
    pub fn find(&self, name: &str) -> Result<Option<usize>, PlainError> {
        let wanted = fold(name);
        self.find_by(name, |folded| folded == wanted)
    }

    /// Where the columns stand, from 0.
    ///
    /// # Errors
    ///
    /// [`PlainError::ColumnsMissing`] with all that are not there, or [`PlainError::ColumnTwice`].
    pub fn require(&self, names: &[&str]) -> Result<Vec<usize>, PlainError> {
        let found: Vec<Option<usize>> = names
            .iter()
            .map(|name| self.find(name))
            .collect::<Result<_, _>>()?;
        let missing: Vec<String> = names
            .iter()
            .zip(&found)
            .filter(|(_, place)| place.is_none())
            .map(|(name, _)| (*name).to_owned())
            .collect();
        if missing.is_empty() {
            Ok(found.into_iter().flatten().collect())
        } else {
            Err(self.lacks(missing))
        }
    }

    /// A header in lower case, with `_` between words.
    pub(super) fn folded(&self, place: usize) -> &str {
        &self.folded[place]
    }

    /// The error that these columns are missing.
    pub fn lacks(&self, missing: Vec<String>) -> PlainError {
        PlainError::ColumnsMissing {
            file: self.file.clone(),
            missing,
            found: self.names.clone(),
        }
    }

    /// The error that no column holds an item of the SDQ.
    pub(super) fn has_no_items(&self) -> PlainError {
        PlainError::NoItems {
            file: self.file.clone(),
            found: self.names.clone(),
        }
    }

    /// Where the one column stands whose header, in lower case with `_` between words, is meant.
    pub(super) fn find_by(
        &self,
        column: &str,
        is_meant: impl Fn(&str) -> bool,
    ) -> Result<Option<usize>, PlainError> {
        let mut places = (0..self.len()).filter(|&at| is_meant(&self.folded[at]));
        match (places.next(), places.next()) {
            (Some(first), Some(second)) => Err(PlainError::ColumnTwice {
                file: self.file.clone(),
                column: column.to_owned(),
                first: self.names[first].clone(),
                second: self.names[second].clone(),
            }),
            (found, _) => Ok(found),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(names: &[&str]) -> Header {
        Header::new(
            "f.csv",
            names.iter().map(|name| (*name).to_owned()).collect(),
        )
    }

    #[test]
    fn names_are_found_however_they_are_written() {
        let header = header(&["Child ID", "date", ""]);
        assert_eq!(header.require(&["date", "child_id"]).unwrap(), [1, 0]);
        assert_eq!(header.find("arm").unwrap(), None);
    }

    #[test]
    fn what_is_missing_is_named_beside_what_is_there() {
        let error = header(&["a", "b"]).require(&["a", "c", "d"]).unwrap_err();
        assert_eq!(error.to_string(), "`f.csv` has no column c, d; it has a, b");
        assert!(!error.is_data());
    }

    #[test]
    fn two_columns_of_one_name_are_refused() {
        let error = header(&["Total", "total"]).find("total").unwrap_err();
        assert_eq!(
            error.to_string(),
            "`f.csv` has two columns for total: Total and total"
        );
    }
}

//! Closed lists of answers: the code that files carry and the label that people read.

use std::fmt::Debug;

/// A closed list of answers, such as the kinds of objective.
pub trait Code: Copy + Eq + Ord + Debug + 'static {
    /// What the list is called in files and messages, e.g. `category`.
    const NAME: &'static str;
    /// Every member, in the order in which tables and charts show them.
    const ALL: &'static [Self];
    /// The code that files carry, e.g. `wider_family`.
    fn code(self) -> &'static str;
    /// The words that people read, e.g. `Wider family`.
    fn label(self) -> &'static str;
    /// Other spellings that files are known to carry, in lower case with `_` between words.
    fn aliases(self) -> &'static [&'static str];
}

/// Text that is no member of a code list.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is no {list}")]
pub struct ParseCodeError {
    /// The name of the list.
    pub list: &'static str,
    /// The text as it came.
    pub text: String,
}

/// Finds the member that a text names: by code, label or alias, in any case, with spaces, hyphens
/// and underscores alike.
///
/// # Errors
///
/// [`ParseCodeError`] when no member has that code, label or alias.
///
/// ```
/// use kinfolk_model::{ObjectiveCategory, parse_code};
/// assert_eq!(parse_code("Wider Family"), Ok(ObjectiveCategory::WiderFamily));
/// assert!(parse_code::<ObjectiveCategory>("dragons").is_err());
/// ```
pub fn parse_code<C: Code>(text: &str) -> Result<C, ParseCodeError> {
    let folded = fold(text);
    let find =
        |is_meant: &dyn Fn(&C) -> bool| C::ALL.iter().copied().find(|member| is_meant(member));
    find(&|member| member.code() == folded || member.aliases().contains(&folded.as_str()))
        .or_else(|| find(&|member| fold(member.label()) == folded))
        .ok_or_else(|| ParseCodeError {
            list: C::NAME,
            text: text.to_owned(),
        })
}

/// Lower case, with every run of other characters than letters and digits as one underscore.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !matches!(c, '\'' | '\u{2019}')) {
        if c.is_alphanumeric() {
            folded.extend(c.to_lowercase());
        } else if !folded.is_empty() && !folded.ends_with('_') {
            folded.push('_');
        }
    }
    while folded.ends_with('_') {
        folded.pop();
    }
    folded
}

/// Declares an enum with its codes, labels and aliases, and implements [`Code`] for it.
macro_rules! code_set {
    ($(#[$meta:meta])* $name:ident as $list:literal {
        $($(#[$vmeta:meta])* $variant:ident = $code:literal, $label:literal $(, [$($alias:literal),*])?;)+
    }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $($(#[$vmeta])* #[doc = $label] #[serde(rename = $code)] $variant,)+
        }

        impl $crate::Code for $name {
            const NAME: &'static str = $list;
            const ALL: &'static [Self] = &[$(Self::$variant),+];
            fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }
            fn label(self) -> &'static str {
                match self { $(Self::$variant => $label),+ }
            }
            fn aliases(self) -> &'static [&'static str] {
                match self { $(Self::$variant => &[$($($alias),*)?]),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad($crate::Code::code(*self))
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::ParseCodeError;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                $crate::parse_code(text)
            }
        }
    };
}
pub(crate) use code_set;

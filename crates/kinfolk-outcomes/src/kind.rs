//! Kinds of people around a child: relationships joined as charts show them.

use kinfolk_model::Relationship;

/// A kind of person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Mothers and fathers.
    Parents,
    /// Brothers and sisters.
    Siblings,
    /// Grandparents.
    Grandparents,
    /// Aunts, uncles, cousins and other relatives.
    AuntsUnclesCousins,
    /// Current and former carers.
    Carers,
    /// Teachers, social workers and other professionals.
    Professionals,
    /// Friends.
    Friends,
    /// Anyone else.
    Others,
}

impl Kind {
    /// Every kind, in the order of tables.
    pub const ALL: [Self; 8] = [
        Self::Parents,
        Self::Siblings,
        Self::Grandparents,
        Self::AuntsUnclesCousins,
        Self::Carers,
        Self::Professionals,
        Self::Friends,
        Self::Others,
    ];

    /// The kind that a relationship belongs to.
    pub fn of(relationship: Relationship) -> Self {
        match relationship {
            Relationship::Parent => Self::Parents,
            Relationship::Sibling => Self::Siblings,
            Relationship::Grandparent => Self::Grandparents,
            Relationship::AuntUncle | Relationship::Cousin | Relationship::OtherRelative => {
                Self::AuntsUnclesCousins
            }
            Relationship::FormerCarer | Relationship::CurrentCarer => Self::Carers,
            Relationship::Teacher
            | Relationship::SocialWorker
            | Relationship::OtherProfessional => Self::Professionals,
            Relationship::Friend => Self::Friends,
            Relationship::Other => Self::Others,
        }
    }

    /// The code in groups.
    pub fn code(self) -> &'static str {
        match self {
            Self::Parents => "parents",
            Self::Siblings => "siblings",
            Self::Grandparents => "grandparents",
            Self::AuntsUnclesCousins => "aunts_uncles_cousins",
            Self::Carers => "carers",
            Self::Professionals => "professionals",
            Self::Friends => "friends",
            Self::Others => "others",
        }
    }

    /// The words that people read.
    pub fn label(self) -> &'static str {
        match self {
            Self::Parents => "Parents",
            Self::Siblings => "Brothers and sisters",
            Self::Grandparents => "Grandparents",
            Self::AuntsUnclesCousins => "Aunts, uncles and cousins",
            Self::Carers => "Carers, current and former",
            Self::Professionals => "Professionals",
            Self::Friends => "Friends",
            Self::Others => "Others",
        }
    }
}

/// A sector of the circle around a child.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sector {
    /// Relatives.
    Family,
    /// Friends and others.
    Friends,
    /// Current and former carers.
    Carers,
    /// Teachers, social workers and other professionals.
    Professionals,
}

impl Sector {
    /// Every sector, clockwise.
    pub const ALL: [Self; 4] = [
        Self::Family,
        Self::Friends,
        Self::Carers,
        Self::Professionals,
    ];

    /// The sector that a kind belongs to.
    pub fn of(kind: Kind) -> Self {
        match kind {
            Kind::Parents | Kind::Siblings | Kind::Grandparents | Kind::AuntsUnclesCousins => {
                Self::Family
            }
            Kind::Friends | Kind::Others => Self::Friends,
            Kind::Carers => Self::Carers,
            Kind::Professionals => Self::Professionals,
        }
    }

    /// The code in groups.
    pub fn code(self) -> &'static str {
        match self {
            Self::Family => "family",
            Self::Friends => "friends",
            Self::Carers => "carers",
            Self::Professionals => "professionals",
        }
    }
}

//! The people around a made-up child, before and after the work.

use kinfolk_model::{Child, Connection, Contact, Relationship, Side};

use crate::random::Stream;

/// Who is around a child at the start.
const AT_START: [(Relationship, i64); 11] = [
    (Relationship::Parent, 16),
    (Relationship::Sibling, 17),
    (Relationship::Grandparent, 8),
    (Relationship::AuntUncle, 6),
    (Relationship::Cousin, 3),
    (Relationship::CurrentCarer, 18),
    (Relationship::FormerCarer, 4),
    (Relationship::Teacher, 8),
    (Relationship::SocialWorker, 9),
    (Relationship::OtherProfessional, 4),
    (Relationship::Friend, 11),
];

/// Who is found.
const FOUND: [(Relationship, i64); 13] = [
    (Relationship::Parent, 3),
    (Relationship::Sibling, 8),
    (Relationship::Grandparent, 7),
    (Relationship::AuntUncle, 24),
    (Relationship::Cousin, 18),
    (Relationship::OtherRelative, 9),
    (Relationship::FormerCarer, 10),
    (Relationship::CurrentCarer, 2),
    (Relationship::Teacher, 4),
    (Relationship::SocialWorker, 2),
    (Relationship::OtherProfessional, 4),
    (Relationship::Friend, 7),
    (Relationship::Other, 2),
];

const SIDES: [(Option<Side>, i64); 3] = [
    (Some(Side::Maternal), 56),
    (Some(Side::Paternal), 38),
    (None, 6),
];

const COMMITMENTS: [(&str, i64); 7] = [
    ("Visits every month", 18),
    ("Phones on birthdays", 22),
    ("Meets in the school holidays", 20),
    ("Writes and sends photographs", 16),
    ("Comes to reviews", 10),
    ("Helps with an interest or a hobby", 8),
    ("Will be there when the child leaves care", 6),
];

/// The tracker of a child who has a plan; nobody for other children.
pub(crate) fn connections(child: &Child, stream: &mut Stream) -> Vec<Connection> {
    if child.plan_date.is_none() || stream.chance(4) {
        return Vec::new();
    }
    let n_start = stream.about(2, 12);
    let n_found = stream.about(8, 31);
    (1..=n_start + n_found)
        .map(|number| connection(child, number, number <= n_start, stream))
        .collect()
}

fn connection(child: &Child, number: i64, at_start: bool, stream: &mut Stream) -> Connection {
    let relationship = stream.choose(if at_start { &AT_START[..] } else { &FOUND[..] });
    let after = !at_start || stream.chance(93);
    let (contact_at_start, contact) = contacts(relationship, at_start, after, stream);
    Connection {
        child_id: child.child_id.clone(),
        person_id: format!("P{number:02}").into(),
        relationship,
        side: side(relationship, stream),
        age: age(relationship, stream),
        wanted: Some(stream.chance(if at_start { 45 } else { 22 })),
        at_start,
        after,
        at_12_months: None,
        contact_at_start: Some(contact_at_start),
        contact: Some(contact),
        commitment: commitment(after, stream).map(Into::into),
    }
}

/// Contact at the start and after. Who is found was out of touch before.
fn contacts(
    relationship: Relationship,
    at_start: bool,
    after: bool,
    stream: &mut Stream,
) -> (Contact, Contact) {
    let before = touch(at_start_per_cent(relationship), stream);
    let later = touch(after_per_cent(relationship), stream);
    (
        if at_start { before } else { Contact::None },
        if after { later } else { Contact::None },
    )
}

/// Chances of meeting and of calling or writing; the rest are not in touch.
type Touches = (i64, i64);

fn at_start_per_cent(relationship: Relationship) -> Touches {
    match relationship {
        Relationship::CurrentCarer | Relationship::Teacher | Relationship::OtherProfessional => {
            (100, 0)
        }
        Relationship::FormerCarer => (0, 100),
        Relationship::SocialWorker | Relationship::Friend | Relationship::Other => (66, 34),
        _ => (50, 32),
    }
}

fn after_per_cent(relationship: Relationship) -> Touches {
    match relationship {
        Relationship::CurrentCarer => (100, 0),
        Relationship::Friend | Relationship::Other => (56, 34),
        Relationship::Parent | Relationship::Sibling | Relationship::Grandparent => (58, 34),
        _ => (44, 42),
    }
}

fn touch((meet, call): Touches, stream: &mut Stream) -> Contact {
    stream.choose(&[
        (Contact::Direct, meet),
        (Contact::Indirect, call),
        (Contact::None, 100 - meet - call),
    ])
}

fn side(relationship: Relationship, stream: &mut Stream) -> Option<Side> {
    let side = stream.choose(&SIDES);
    match relationship {
        Relationship::Grandparent
        | Relationship::AuntUncle
        | Relationship::Cousin
        | Relationship::OtherRelative => side,
        _ => None,
    }
}

/// The age of most people is not written down.
fn age(relationship: Relationship, stream: &mut Stream) -> Option<u8> {
    let known = stream.chance(35);
    let (youngest, oldest) = match relationship {
        Relationship::Parent => (24, 56),
        Relationship::Sibling => (2, 27),
        Relationship::Grandparent => (46, 84),
        Relationship::AuntUncle => (21, 62),
        Relationship::Cousin | Relationship::Friend => (6, 30),
        Relationship::OtherRelative => (34, 97),
        Relationship::FormerCarer | Relationship::CurrentCarer => (32, 70),
        Relationship::Teacher
        | Relationship::SocialWorker
        | Relationship::OtherProfessional
        | Relationship::Other => (25, 64),
    };
    let age = stream.between(youngest, oldest);
    known.then(|| u8::try_from(age).ok()).flatten()
}

fn commitment(after: bool, stream: &mut Stream) -> Option<String> {
    let offer = stream.choose(&COMMITMENTS);
    let offered = stream.chance(55);
    (after && offered).then(|| offer.to_owned())
}

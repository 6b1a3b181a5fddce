//! Made-up quotations, stories and pages in an authority's own words.

use crate::random::Stream;

struct Quote {
    text: &'static str,
    speaker: &'static str,
    section: &'static str,
}

struct Story {
    title: &'static str,
    at_the_start: &'static str,
    what_we_did: &'static str,
    what_changed: &'static str,
    in_one_line: &'static str,
}

const QUOTES: [Quote; 7] = [
    Quote {
        text: "I thought nobody remembered me. My nan had kept every school photo.",
        speaker: "Young person, 13",
        section: "people",
    },
    Quote {
        text: "I got to pick who came. That was the best bit.",
        speaker: "Child, 10",
        section: "voices",
    },
    Quote {
        text: "We never stopped asking after him. Nobody had known where to find us.",
        speaker: "Aunt",
        section: "wanted",
    },
    Quote {
        text: "I wanted to know why I have my middle name. Now I know, and I like it.",
        speaker: "Young person, 15",
        section: "wanted",
    },
    Quote {
        text: "She sleeps better in the week after a visit, and she talks about who she will ring next.",
        speaker: "Foster carer",
        section: "outcomes",
    },
    Quote {
        text: "The plan says what I offered and when. I can hold to that.",
        speaker: "Former teacher",
        section: "voices",
    },
    Quote {
        text: "I used to write three names on the form. For Jo there were twenty-two.",
        speaker: "Social worker",
        section: "practice",
    },
];

const STORIES: [Story; 3] = [
    Story {
        title: "A garden and a great-uncle: the story of Robin, 12",
        at_the_start: "Robin had moved three times and could name four adults, all of them paid to be there. Robin wanted to know about the man in one old photograph.",
        what_we_did: "The coordinator asked a former neighbour, who knew the family. The man was a great-uncle two towns away. He came to the conference with a cousin and a box of pictures.",
        what_changed: "Robin helps on his allotment one Saturday in three. Two cousins write. The visits are in the care plan.",
        in_one_line: "From four names to nineteen, and one allotment.",
    },
    Story {
        title: "The carer who kept the drawings: the story of Ash, 9",
        at_the_start: "Ash asked about one person only: the carer from the age of four to six, whose name nobody had passed on.",
        what_we_did: "The coordinator found the carer through an old review. She still had a folder of drawings and had wondered every year.",
        what_changed: "They meet in each school holiday. The carer's grown-up daughters ring on birthdays. A sister joined the last visit.",
        in_one_line: "One lost carer, found, brought three people with her.",
    },
    Story {
        title: "Two brothers: the story of Sam, 15",
        at_the_start: "Sam had not seen a younger brother since an adoption six years before, and did not want to ask again.",
        what_we_did: "The coordinator wrote to the adopters through the agency. They had hoped for a letter.",
        what_changed: "The brothers write each month and have met once. Sam has asked to be his brother's first call when he is older.",
        in_one_line: "A letter a month after six years of silence.",
    },
];

const PRACTICE: &str = "\
Social workers now ask every child who matters to them within six weeks of coming into care.

Three things changed this year:

- conferences are held on Saturdays as well, so that relatives who work can come;
- each new care plan begins from the circle of people around the child;
- foster carers had a half-day on keeping contact safe and ordinary.

We recommend that the service is offered in the first year in care, and that each reunion has a named person who looks
after it when the coordinator has gone.
";

const SUMMARY: &str = "\
This was our second full year. We are grateful to the children who told us whom they missed, and to \
the people who answered.
";

/// How many quotations and stories one study holds.
const N_QUOTES: usize = 5;
const N_STORIES: usize = 2;

/// `voices.toml` for a made-up study.
pub(crate) fn voices_toml(stream: &mut Stream) -> String {
    let mut text =
        "# Every quotation and story here is made up, and so is the consent.\n".to_owned();
    for quote in some_of(&QUOTES, N_QUOTES, stream) {
        text.push_str(&quote_toml(quote));
    }
    for story in some_of(&STORIES, N_STORIES, stream) {
        text.push_str(&story_toml(story));
    }
    text
}

/// That many members, in the order of the list.
fn some_of<'a, T>(list: &'a [T], n: usize, stream: &mut Stream) -> Vec<&'a T> {
    let mut places: Vec<usize> = (0..list.len()).collect();
    stream.shuffle(&mut places);
    places.truncate(n);
    places.sort_unstable();
    places.into_iter().filter_map(|at| list.get(at)).collect()
}

fn quote_toml(quote: &Quote) -> String {
    let Quote {
        text,
        speaker,
        section,
    } = quote;
    format!(
        r#"
[[quote]]
text = "{text}"
speaker = "{speaker}"
section = "{section}"
consent = true
"#
    )
}

fn story_toml(story: &Story) -> String {
    let Story {
        title,
        at_the_start,
        what_we_did,
        what_changed,
        in_one_line,
    } = story;
    format!(
        r#"
[[story]]
title = "{title}"
at_the_start = "{at_the_start}"
what_we_did = "{what_we_did}"
what_changed = "{what_changed}"
in_one_line = "{in_one_line}"
consent = true
names_changed = true
"#
    )
}

/// The authority's own pages: file name and text.
pub(crate) fn words() -> Vec<(String, String)> {
    vec![
        ("practice.md".to_owned(), PRACTICE.to_owned()),
        ("summary.md".to_owned(), SUMMARY.to_owned()),
    ]
}

//! A web page as a reader, or a program that looks for figures, finds it.

/// The text between the tags of the body, scripts and styles left out, with a space for each tag.
pub fn visible_text(html: &str) -> String {
    let body = html.find("<body").map_or(html, |at| &html[at..]);
    let mut text = String::new();
    let mut rest = body;
    while let Some(open) = rest.find('<') {
        text.push_str(&rest[..open]);
        text.push(' ');
        rest = &rest[open..];
        let close = match ["style", "title", "desc"]
            .iter()
            .find(|name| opens(rest, name))
        {
            Some(name) => rest.find(&format!("</{name}>")),
            None => Some(0),
        };
        let from = close.unwrap_or(0);
        let end = rest[from..]
            .find('>')
            .map_or(rest.len(), |end| from + end + 1);
        rest = &rest[end..];
    }
    text.push_str(rest);
    unescape(&text)
}

/// The page without what is folded away, such as the table of each chart.
pub fn without_details(html: &str) -> String {
    let mut parts = html.split("<details>");
    let first = parts.next().unwrap_or_default().to_owned();
    let after = parts.filter_map(|part| Some(part.split_once("</details>")?.1));
    after.fold(first, |open, part| open + part)
}

fn opens(html: &str, name: &str) -> bool {
    html[1..].starts_with(name)
        && html[1 + name.len()..].starts_with(|c: char| c == '>' || c.is_whitespace())
}

fn unescape(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
}

/// The key and the text of each element that names an estimate.
pub fn figures_of(html: &str) -> Vec<(String, String)> {
    const MARK: &str = "data-estimate=\"";
    html.match_indices(MARK)
        .map(|(at, _)| {
            let key_start = at + MARK.len();
            let key_end = key_start + html[key_start..].find('"').unwrap_or(0);
            let tag_start = html[..at].rfind('<').unwrap_or(0) + 1;
            let name = html[tag_start..].split_whitespace().next().unwrap_or("");
            let content = &html[key_end + html[key_end..].find('>').unwrap_or(0) + 1..];
            (
                unescape(&html[key_start..key_end]),
                visible_text(inner(content, name)),
            )
        })
        .collect()
}

/// What stands before the end tag that belongs to an element already opened.
fn inner<'a>(content: &'a str, name: &str) -> &'a str {
    let (open, close) = (format!("<{name}"), format!("</{name}>"));
    let mut depth = 1;
    let mut at = 0;
    while let Some(next) = content[at..].find('<').map(|found| at + found) {
        if content[next..].starts_with(&close) {
            depth -= 1;
            if depth == 0 {
                return &content[..next];
            }
        } else if content[next..].starts_with(&open) {
            depth += 1;
        }
        at = next + 1;
    }
    content
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_found_with_their_keys() {
        let html = r#"<body><td data-estimate="a[b=c]#count"><td>9</td> of <b>12</b></td><p>no</p></body>"#;
        assert_eq!(
            figures_of(html),
            [("a[b=c]#count".to_owned(), " 9  of  12 ".to_owned())]
        );
        assert_eq!(
            visible_text("<body><style>p{x:1}</style>a &lt; b</body>").trim(),
            "a < b"
        );
    }
}

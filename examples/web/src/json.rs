//! Just enough JSON to tell a page what is set.

use std::fmt::Write;

/// An object that is being written.
#[derive(Debug)]
pub(crate) struct Json(String);

impl Json {
    pub(crate) fn object() -> Self {
        Self("{".to_owned())
    }

    pub(crate) fn text(self, key: &str, value: &str) -> Self {
        self.raw(key, &quoted(value))
    }

    /// A finite number.
    pub(crate) fn number(self, key: &str, value: f64) -> Self {
        self.raw(key, &value.to_string())
    }

    /// A list of what is JSON already.
    pub(crate) fn list(self, key: &str, values: impl Iterator<Item = String>) -> Self {
        self.raw(key, &format!("[{}]", values.collect::<Vec<_>>().join(",")))
    }

    pub(crate) fn close(mut self) -> String {
        self.0.push('}');
        self.0
    }

    fn raw(mut self, key: &str, value: &str) -> Self {
        if self.0.len() > 1 {
            self.0.push(',');
        }
        self.0.push_str(&quoted(key));
        self.0.push(':');
        self.0.push_str(value);
        self
    }
}

/// Text in quotes.
pub(crate) fn quoted(text: &str) -> String {
    let mut json = String::from('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => json.extend(['\\', c]),
            c if c.is_control() => write!(json, "\\u{:04x}", u32::from(c)).expect("a String takes any text"),
            c => json.push(c),
        }
    }
    json.push('"');
    json
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_json_cannot_hold_is_escaped() {
        assert_eq!(quoted("a\"b\\c\nd"), r#""a\"b\\c\u000ad""#);
        assert_eq!(Json::object().text("a", "b").number("c", 0.5).close(), r#"{"a":"b","c":0.5}"#);
    }
}

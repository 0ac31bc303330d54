//! Cells of tables that leave the house.

/// A cell that a spreadsheet shows and does not run: a text that begins like a formula gets an apostrophe in front.
pub fn inert(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn no_cell_is_a_formula(text in "[=+@\\-\t\r]?.*") {
            let safe = inert(&text);
            prop_assert!(!safe.starts_with(['=', '+', '-', '@', '\t', '\r']));
            prop_assert!(safe.ends_with(&text));
        }
    }
}

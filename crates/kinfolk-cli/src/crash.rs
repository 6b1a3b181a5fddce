//! What a person sees when the program itself fails: a few plain words, and nothing of the data.

use std::panic::{PanicHookInfo, catch_unwind, set_hook};
use std::process::ExitCode;

use crate::exit_code::Ending;
use crate::talk;

/// Runs the program; a fault in it ends as a plain message and the code for failure.
pub(crate) fn guarded(program: fn() -> Ending) -> ExitCode {
    set_hook(Box::new(|fault| {
        if !kinfolk::is_panic_caught() {
            talk::to_stderr(&message(fault));
        }
    }));
    catch_unwind(program).unwrap_or(Ending::Failed).into()
}

/// Where it happened, never what with: the words of a fault may hold data.
fn message(fault: &PanicHookInfo<'_>) -> String {
    let place = fault.location().map_or_else(String::new, |location| {
        let file = location.file();
        let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
        format!(" ({name}, line {})", location.line())
    });
    format!(
        "kinfolk stopped because of a fault of its own{place}.\n\
         Your files are as they were. Nothing was sent anywhere.\n\
         Please report it, with the version ({version}) and the place above; leave out any data.",
        version = env!("CARGO_PKG_VERSION"),
    )
}

#[cfg(test)]
mod tests {
    use std::panic::take_hook;
    use std::sync::Mutex;

    use super::*;

    #[test]
    fn a_fault_tells_its_place_and_nothing_of_the_data() {
        static SAID: Mutex<String> = Mutex::new(String::new());
        set_hook(Box::new(|fault| *SAID.lock().unwrap() = message(fault)));
        let outcome = catch_unwind(|| panic!("child HAR-001"));
        drop(take_hook());
        let said = SAID.lock().unwrap();
        assert!(outcome.is_err());
        assert!(said.contains("(crash.rs, line "), "{said}");
        assert!(!said.contains("HAR-001"), "{said}");
    }
}

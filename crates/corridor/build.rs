//! Templates, texts, migrations and browser assets are carried inside the program: a change of any of them is a change
//! of the program.

fn main() {
    for folder in ["assets", "templates", "locales", "migrations"] {
        println!("cargo:rerun-if-changed={folder}");
    }
}

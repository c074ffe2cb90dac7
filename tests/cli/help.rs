//! Help that teaches, man pages, and completions as shells run them.

use crate::{Ran, fails, finish, folder, run_in};
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

const SUBCOMMANDS: [&str; 11] =
    ["play", "render", "again", "pack", "analyze", "show", "list", "preset", "bench", "completions", "man"];
const NESTED: [&str; 4] = ["preset save", "preset list", "preset show", "preset path"];

fn printed(name: &str, line: &str) -> String {
    let Ran { code, out, err } = run_in(&folder(name), line);
    assert_eq!((code, err.as_str()), (Some(0), ""), "{line}");
    out
}

/// Whether a program can be started here.
pub(crate) fn there_is(program: &str) -> bool {
    let found = Command::new(program).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok();
    if !found {
        eprintln!("not tested with {program}: it is not installed");
    }
    found
}

/// Long flags of a subcommand, as its help names them.
fn flags(help: &str) -> Vec<String> {
    let words = help.split("Examples:").next().unwrap_or_default().lines().map(str::trim_start);
    let flag = |line: &str| line.split([' ', ',']).find(|word| word.starts_with("--")).map(str::to_owned);
    words.filter(|line| line.starts_with('-')).filter_map(flag).collect()
}

#[test]
fn the_help_names_every_subcommand_and_gives_an_example_of_each() {
    let help = printed("help-main", "--help");
    let (told, examples) = help.split_once("Examples:").expect("examples");
    for subcommand in SUBCOMMANDS {
        assert!(
            told.lines().any(|line| line.trim_start().starts_with(&format!("{subcommand} "))),
            "{subcommand}: {help}"
        );
        assert!(examples.contains(&format!("tanpura {subcommand}")), "{subcommand}: {help}");
        let own = printed("help-own", &format!("{subcommand} --help"));
        assert!(
            own.contains(&format!("  tanpura {subcommand}")) || own.contains(&format!("(tanpura {subcommand}")),
            "{own}"
        );
    }
    assert!(help.lines().count() < 40, "short enough for a screen");
    assert!(help.lines().all(|line| line.chars().count() <= 100), "{help}");
}

#[test]
fn every_example_of_the_help_is_a_command_line_that_can_be_read() {
    let dir = folder("help-examples");
    let mut tried = 0;
    for subcommand in [""].iter().chain(&SUBCOMMANDS).chain(&NESTED) {
        let help = printed("help-each", &format!("{subcommand} --help"));
        let examples = help.split_once("Examples:").map_or("", |(_, examples)| examples);
        for line in examples.lines().filter(|line| line.starts_with("  tanpura")) {
            // The command ends where the comment, a pipe or a file begins; quoted words become one of their own.
            let end = ["   ", " |", " >", " <"].iter().filter_map(|end| line[2..].find(end)).min();
            let typed = &line[2..end.map_or(line.len(), |end| end + 2)];
            let words: Vec<String> = typed.split('"').enumerate().flat_map(words_of).collect();
            let mut command = crate::tanpura(&dir);
            let ran = finish(command.args(&words[1..]).arg("--help").output().expect("the program starts"));
            assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{line}");
            tried += 1;
        }
    }
    assert!(tried > 20, "{tried} examples found");
}

/// Words between quotes stay together; the others do not.
fn words_of((i, part): (usize, &str)) -> Vec<String> {
    if i % 2 == 1 { vec![part.to_owned()] } else { part.split_whitespace().map(str::to_owned).collect() }
}

#[test]
fn flags_stand_under_headings_in_the_same_order_everywhere() {
    for subcommand in ["play", "render", "show", "preset save"] {
        let help = printed("help-headings", &format!("{subcommand} --help"));
        let at = |heading: &str| help.find(heading).unwrap_or_else(|| panic!("{heading} in {help}"));
        let places = ["\nThe drone:\n", "\nSound:\n", "\nLength:\n", "\nOutput:\n"].map(at);
        assert!(places.is_sorted(), "{subcommand}: {help}");
        let under = |flag: &str| places.iter().rposition(|&place| place < at(flag));
        assert_eq!(
            ["      --tonic", "      --cycle ", "      --jawari", "      --cycles"].map(under),
            [0, 0, 1, 2].map(Some)
        );
    }
}

#[test]
fn the_man_page_of_the_program_names_its_subcommands_and_carries_the_examples() {
    let page = printed("man-main", "man");
    assert!(page.starts_with(".ie") || page.contains(".TH"), "{page}");
    for subcommand in SUBCOMMANDS {
        assert!(page.contains(&format!("\\fBtanpura {subcommand}\\fR")), "{subcommand} in {page}");
    }
    let examples = page.split_once(".SH EXAMPLES").expect("a section").1;
    assert!(examples.contains("tanpura play \\-\\-preset malkauns \\-\\-tonic D"), "{examples}");
    assert_eq!(fails("man paly"), (Some(2), "tanpura has no subcommand \"paly\"; did you mean play?".into()));
    assert_eq!(
        fails("man preset sav"),
        (Some(2), "tanpura preset has no subcommand \"sav\"; did you mean save?".into())
    );
}

#[test]
fn every_man_page_names_every_flag_and_pleases_groff() {
    let groff = there_is("groff");
    for subcommand in [""].iter().chain(&SUBCOMMANDS).chain(&NESTED) {
        let page = printed("man-pages", &format!("man {subcommand}"));
        let help = printed("man-help", &format!("{subcommand} --help"));
        let plain = page.replace("\\-", "-").replace("\\fB", "").replace("\\fR", "");
        let flags = flags(&help);
        assert!(flags.contains(&"--help".to_owned()), "{flags:?} in {help}");
        for flag in flags {
            assert!(plain.lines().any(|line| line.contains(&flag)), "{flag} in the page of {subcommand:?}: {plain}");
        }
        if groff {
            let read = through(Command::new("groff").args(["-man", "-Tutf8", "-ww", "-P-cbou"]), &page);
            assert_eq!((read.code, read.err.as_str()), (Some(0), ""), "{subcommand}");
            let text = read.out.split_whitespace().collect::<Vec<_>>().join(" ");
            let title = format!("tanpura {subcommand}").trim_end().replace(' ', "-");
            assert!(text.contains(&format!("NAME {title} - ")), "{text}");
        }
    }
}

/// A program fed with text.
fn through(command: &mut Command, text: &str) -> Ran {
    let pipes = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = pipes.spawn().expect("it starts");
    child.stdin.take().expect("a pipe").write_all(text.as_bytes()).expect("it reads");
    crate::end(child)
}

#[test]
fn every_shell_gets_a_script_and_another_word_is_told() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = printed("completions", &format!("completions {shell}"));
        for word in ["render", "jawari", "presets", "southern"] {
            assert!(script.contains(word), "{word} for {shell}");
        }
    }
    let (code, said) = fails("completions bsh");
    assert_eq!(code, Some(2));
    assert!(said.contains("'bash'"), "{said}");
}

/// What bash offers after these words, the last one being typed.
fn offered(dir: &Path, words: &[&str]) -> Vec<String> {
    let last = words.len() - 1;
    let program = format!(
        "source tanpura.bash\nCOMP_WORDS=(\"$@\")\nCOMP_CWORD={last}\n_tanpura tanpura \"${{COMP_WORDS[{last}]}}\" \"${{COMP_WORDS[{}]}}\" 2>/dev/null\n\
         printf '%s\\n' \"${{COMPREPLY[@]}}\"",
        last - 1
    );
    let output = Command::new("bash").current_dir(dir).args(["--norc", "-c", &program, "bash"]).args(words).output();
    let ran = finish(output.expect("bash starts"));
    assert_eq!(ran.err, "", "{words:?}");
    ran.out.lines().map(str::to_owned).collect()
}

#[test]
fn bash_completes_subcommands_lists_models_and_presets() {
    if !there_is("bash") {
        return;
    }
    let dir = folder("bash");
    assert_eq!(run_in(&dir, "preset save my-evening").code, Some(0));
    // A name that a shell would have to quote is not offered.
    fs::write(dir.join("config/tanpura/presets/my $(touch x).toml"), "").expect("a file");
    let script = run_in(&dir, "completions bash");
    assert_eq!(script.code, Some(0), "{}", script.err);
    fs::write(dir.join("tanpura.bash"), &script.out).expect("a file");
    let checked = finish(Command::new("bash").current_dir(&dir).args(["-n", "tanpura.bash"]).output().expect("bash"));
    assert_eq!((checked.code, checked.err.as_str()), (Some(0), ""));

    assert_eq!(offered(&dir, &["tanpura", "re"]), ["render"]);
    assert_eq!(offered(&dir, &["tanpura", "preset", "s"]), ["save", "show"]);
    let lists = offered(&dir, &["tanpura", "list", ""]);
    for what in ["devices", "presets", "params", "tonics", "swaras", "models"] {
        assert!(lists.iter().any(|word| word == what), "{what} in {lists:?}");
    }
    assert_eq!(offered(&dir, &["tanpura", "play", "--mod"]), ["--model"]);
    assert_eq!(offered(&dir, &["tanpura", "play", "--model", "s"]), ["southern"]);
    let presets = offered(&dir, &["tanpura", "play", "--preset", ""]);
    let mut known: Vec<&str> = tanpura::preset::BUILT_IN.iter().map(|(name, _)| *name).collect();
    known.push("my-evening");
    assert_eq!(presets, known);
    assert_eq!(offered(&dir, &["tanpura", "preset", "show", "my"]), ["my-evening"]);
    assert_eq!(offered(&dir, &["tanpura", "completions", "z"]), ["zsh"]);
    assert_eq!(offered(&dir, &["tanpura", "render", "drone.wav", "--tonic", "C"]), ["C", "C#"]);
    let device = offered(&dir, &["tanpura", "play", "--device", ""]);
    assert!(!device.iter().any(|word| word == "tanpura.bash"), "files are no sound cards: {device:?}");
}

//! Which tuning goes with which ragas, and who says so.
//!
//! Teachers disagree, and this table says where: a name may have several rows, and a raga several names. It is read by
//! people; nothing in the instrument depends on it.

/// One custom: a row of [`CUSTOMS`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Custom {
    /// The word for it: what one types as a pattern.
    pub name: &'static str,
    /// The pattern in full, as [`Pattern`](super::Pattern) prints it.
    pub pattern: &'static str,
    /// What it is for: ragas, schools, instruments.
    pub used_for: &'static str,
    /// Who says so: an address, without https://.
    pub source: &'static str,
}

/// Toss Levy, "Tanpura tuning variations". A thread of the Yahoo tuning group (topic 17117) has the same text: it is one
/// voice, not two.
const TOSS_LEVY: &str = "tosslevy.nl/tanpura/tuning-the-tanpura/tanpura-tuning-variations";
const SANGTAR: &str = "sangtar.com/tag/tanpura";
const MYTANPURA: &str = "github.com/rohithsrinivasan/mytanpura";
const NIRAGAS: &str = "github.com/ameyabhope/niragas";
const SEARCHGURBANI: &str = "searchgurbani.com/saaj/stringed";

/// The customs, by the first string: Pa, Ma, Ni, the rarer ones, then five and six strings.
pub const CUSTOMS: [Custom; 20] = [
    Custom {
        name: "pa",
        pattern: "Pa-Sa-Sa-Sa",
        used_for: "ragas without Ma (Bhupali, Shankara, Deshkar) or ruled by Pa (Bhairav, Yaman)",
        source: TOSS_LEVY,
    },
    Custom {
        name: "pa",
        pattern: "Pa-Sa-Sa-Sa",
        used_for: "every raga in the dhrupad of the Dagars, even one that lacks Pa",
        source: TOSS_LEVY,
    },
    Custom {
        name: "pa",
        pattern: "Pa-Sa-Sa-Sa",
        used_for: "Carnatic music, hardly ever changed, even for ragas without Pa",
        source: "kksongs.org/instruments/tambura.html",
    },
    Custom {
        name: "pa",
        pattern: "Pa-Sa-Sa-Sa",
        used_for: "ragas that have Pa; else Ma; where there is neither, Ni (rule of a program, in short)",
        source: NIRAGAS,
    },
    Custom {
        name: "ma",
        pattern: "Ma-Sa-Sa-Sa",
        used_for: "ragas without Pa (Malkauns, Lalit) or ruled by Ma (Bageshri, Lalit Pancham)",
        source: TOSS_LEVY,
    },
    Custom {
        name: "ma",
        pattern: "Ma-Sa-Sa-Sa",
        used_for: "\"Madhyam shruthi\", which Carnatic programs offer beside Pa",
        source: "github.com/swikar-napit/tanpura-web",
    },
    Custom {
        name: "ni",
        pattern: "Ni-Sa-Sa-Sa",
        used_for: "Marwa, Puriya, Poorvi, Sohani; brought in by Abdul Karim Khan",
        source: TOSS_LEVY,
    },
    Custom { name: "ni", pattern: "Ni-Sa-Sa-Sa", used_for: "Marwa", source: SANGTAR },
    Custom {
        name: "ni",
        pattern: "Ni-Sa-Sa-Sa",
        used_for: "the second of two tanpuras, beside Pa or Ma",
        source: NIRAGAS,
    },
    Custom {
        name: "ni",
        pattern: "Ni-Sa-Sa-Sa",
        used_for: "Bhairav and Lalit in two programs (also github.com/gdamdam/mdrone), against the teachers above",
        source: MYTANPURA,
    },
    Custom {
        name: "kni",
        pattern: "kNi-Sa-Sa-Sa",
        used_for: "offered by a program; no raga named for it in our sources",
        source: MYTANPURA,
    },
    Custom {
        name: "tma",
        pattern: "tMa-Sa-Sa-Sa",
        used_for: "Marwa and Puriya in a program, against the teachers, who have Ni there",
        source: MYTANPURA,
    },
    Custom {
        name: "dha",
        pattern: "Dha-Sa-Sa-Sa",
        used_for: "Marwa, in place of Ni (an older version of the page)",
        source: TOSS_LEVY,
    },
    Custom { name: "ga", pattern: "Ga-Sa-Sa-Sa", used_for: "ragas without Pa in which Ma is weak", source: SANGTAR },
    Custom {
        name: "pa-ni",
        pattern: "Pa-Ni-Sa-Sa-Sa",
        used_for: "five strings: as Pa, with Ni beside it",
        source: TOSS_LEVY,
    },
    Custom {
        name: "pa-ni",
        pattern: "Pa-Ni-Sa-Sa-Sa",
        used_for: "five strings: ragas that have Ni",
        source: SEARCHGURBANI,
    },
    Custom {
        name: "ma-ni",
        pattern: "Ma-Ni-Sa-Sa-Sa",
        used_for: "five strings: as Ma, with Ni beside it",
        source: TOSS_LEVY,
    },
    Custom {
        name: "ma-dha",
        pattern: "Ma-Dha-Sa-Sa-Sa",
        used_for: "five strings: as Ma, with Dha beside it",
        source: TOSS_LEVY,
    },
    Custom {
        name: "Pa-Sa-Sa-Sa-Sa",
        pattern: "Pa-Sa-Sa-Sa-Sa",
        used_for: "five strings: ragas without Ni",
        source: SEARCHGURBANI,
    },
    Custom { name: "Pa-Ni-Sa-Sa-Sa-Sa", pattern: "Pa-Ni-Sa-Sa-Sa-Sa", used_for: "six strings", source: SEARCHGURBANI },
];

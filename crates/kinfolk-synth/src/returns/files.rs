//! The files of one year.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use jiff::civil::{Date, date};

use super::child::{DAYS_MISSING, Made, Spell};
use crate::SynthError;
use crate::child::after;

/// The tables of one return, being written.
pub(super) struct YearFiles {
    first_day: Date,
    last_day: Date,
    header: Table,
    episodes: Table,
    missing: Table,
}

struct Table {
    path: PathBuf,
    out: BufWriter<File>,
}

impl Table {
    fn create(folder: &Path, name: &str, headers: &str) -> Result<Self, SynthError> {
        let path = folder.join(name);
        let created = File::create(&path).map_err(|source| cannot_write(&path, source))?;
        let mut table = Self {
            path,
            out: BufWriter::with_capacity(1 << 18, created),
        };
        table.line(format_args!("{headers}"))?;
        Ok(table)
    }

    fn line(&mut self, cells: std::fmt::Arguments<'_>) -> Result<(), SynthError> {
        writeln!(self.out, "{cells}").map_err(|source| cannot_write(&self.path, source))
    }

    fn finish(mut self) -> Result<(), SynthError> {
        let flushed = self.out.flush();
        flushed.map_err(|source| cannot_write(&self.path, source))
    }
}

fn cannot_write(path: &Path, source: io::Error) -> SynthError {
    SynthError::Write {
        path: path.to_owned(),
        source,
    }
}

impl YearFiles {
    pub(super) fn create(folder: &Path, year: i16) -> Result<Self, SynthError> {
        let folder = folder.join(year.to_string());
        fs::create_dir_all(&folder).map_err(|source| cannot_write(&folder, source))?;
        Ok(Self {
            first_day: date(year - 1, 4, 1),
            last_day: date(year, 3, 31),
            header: Table::create(
                &folder,
                "header.csv",
                "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB",
            )?,
            episodes: Table::create(
                &folder,
                "episodes.csv",
                "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN",
            )?,
            missing: Table::create(
                &folder,
                "missing.csv",
                "CHILD,DOB,MISSING,MIS_START,MIS_END",
            )?,
        })
    }

    /// Writes what the return says of a child; how many episodes that is.
    pub(super) fn write(&mut self, child: &Made) -> Result<u64, SynthError> {
        let mut n_rows = 0;
        for spell in &child.spells {
            if spell.started <= self.last_day && spell.ended >= self.first_day {
                self.episode(child, spell)?;
                n_rows += 1;
            }
        }
        if n_rows > 0 {
            self.about(child)?;
        }
        Ok(n_rows)
    }

    fn about(&mut self, child: &Made) -> Result<(), SynthError> {
        let (number, born, ethnicity) = (child.number, Day(child.born), child.ethnicity);
        let sex = match (self.last_day.year() < 2025, child.is_girl) {
            (true, girl) => ["1", "2"][usize::from(girl)],
            (false, girl) => ["M", "F"][usize::from(girl)],
        };
        self.header
            .line(format_args!("{number},{sex},{born},{ethnicity},UN4,,"))?;
        for day in &child.missing {
            let back = after(*day, DAYS_MISSING);
            if (self.first_day..=self.last_day).contains(&back) {
                self.missing.line(format_args!(
                    "{number},{born},M,{},{}",
                    Day(*day),
                    Day(back)
                ))?;
            }
        }
        Ok(())
    }

    fn episode(&mut self, child: &Made, spell: &Spell) -> Result<(), SynthError> {
        let provider = if spell.place == "K2" { "PR4" } else { "PR1" };
        let (number, need) = (child.number, child.need);
        let (start, reason) = (Day(spell.started), spell.reason.code());
        let Spell {
            status,
            place,
            postcode,
            moved_for,
            ..
        } = spell;
        let begin = format_args!("{number},{start},{reason},{status},{need},{place},{provider}");
        let line_end = format_args!(
            "AA1 1AA,AA{} {}BB,SC123456",
            postcode % 90 + 10,
            postcode / 90
        );
        if spell.ended > self.last_day {
            return self.episodes.line(format_args!("{begin},,,,{line_end}"));
        }
        let ended = if spell.is_last { child.ending } else { "X1" };
        let end = Day(spell.ended);
        self.episodes
            .line(format_args!("{begin},{end},{ended},{moved_for},{line_end}"))
    }

    pub(super) fn finish(self) -> Result<(), SynthError> {
        self.header.finish()?;
        self.episodes.finish()?;
        self.missing.finish()
    }
}

/// A day as the return writes it.
struct Day(Date);

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self(day) = self;
        write!(f, "{:02}/{:02}/{}", day.day(), day.month(), day.year())
    }
}

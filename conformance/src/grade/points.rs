//! Points, for whoever grades in points: by level or by task.

use std::{collections::BTreeMap, fs, io, path::Path};

use serde::{Deserialize, Serialize};

use crate::{
    report::{json::Judged, whole_file},
    suite::Level,
    verdict::Verdict,
};

/// What a requirement that holds is worth: `{ must = 1, should = 0.5 }`, for each of a level, or
/// `{ 7 = 2, 8 = 1 }`, for all of a task together. What could not be judged is worth nothing.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(try_from = "BTreeMap<String, f64>", into = "BTreeMap<String, f64>")]
pub struct Points(BTreeMap<Key, f64>);

#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Key {
    Level(Level),
    Task(u8),
}

/// Points that somebody has, of those that there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Earned {
    /// What they have.
    pub points: f64,
    /// What they could have.
    pub of: f64,
}

impl TryFrom<BTreeMap<String, f64>> for Points {
    type Error = String;

    fn try_from(written: BTreeMap<String, f64>) -> Result<Self, String> {
        let mut points = BTreeMap::new();
        for (name, worth) in written {
            let level = Level::ALL.into_iter().find(|level| level.as_str() == name);
            let task = name.parse().ok().filter(|task| *task <= 20);
            let key = match (level, task) {
                (Some(level), _) => Key::Level(level),
                (None, Some(task)) => Key::Task(task),
                (None, None) => {
                    return Err(format!(
                        "points are for must, should and may, or for tasks 0 to 20, not for '{name}'"
                    ));
                }
            };
            if !worth.is_finite() || worth < 0.0 {
                return Err(format!("{name} cannot be worth {worth} points"));
            }
            points.insert(key, worth);
        }
        let by_level = points.keys().filter(|key| matches!(key, Key::Level(_)));
        if points.is_empty() || ![0, points.len()].contains(&by_level.count()) {
            return Err("points are either by level or by task".to_owned());
        }
        Ok(Self(points))
    }
}

impl From<Points> for BTreeMap<String, f64> {
    fn from(points: Points) -> Self {
        let name = |key| match key {
            Key::Level(level) => Level::as_str(level).to_owned(),
            Key::Task(task) => task.to_string(),
        };
        points
            .0
            .into_iter()
            .map(|(key, worth)| (name(key), worth))
            .collect()
    }
}

impl Points {
    /// The points for these verdicts. A task's are split evenly over its musts, and with `strict`
    /// over its shoulds too.
    pub fn earned(&self, judged: &[Judged], strict: bool) -> Earned {
        let mut earned = Earned::default();
        for (key, worth) in &self.0 {
            let of_key: Vec<&Judged> = judged
                .iter()
                .filter(|one| match key {
                    Key::Level(level) => one.requirement.level == *level,
                    Key::Task(task) => {
                        one.requirement.tasks.contains(task) && one.requirement.level.counts(strict)
                    }
                })
                .collect();
            let hold = of_key.iter().filter(|one| one.verdict == Verdict::Pass);
            let (hold, all) = (number(hold.count()), number(of_key.len()));
            match key {
                Key::Level(_) => {
                    earned.points += worth * hold;
                    earned.of += worth * all;
                }
                Key::Task(_) if all > 0.0 => {
                    earned.points += worth * hold / all;
                    earned.of += worth;
                }
                // What nothing asks for cannot be earned.
                Key::Task(_) => {}
            }
        }
        earned
    }
}

impl Earned {
    /// As people read it: two decimals at most.
    pub fn shown(self) -> String {
        format!("{} of {}", rounded(self.points), rounded(self.of))
    }
}

/// Where a target's page has its points. A target is not judged again because they are given in
/// another way, so they are no part of its run, and every grading writes them anew.
const PLACE: (&str, &str) = ("<div id=\"points\">", "</div>");

/// Writes the points of a target onto the page of its run, or takes away what an earlier grading
/// wrote there. A page that was never written, or by another version, stays as it is.
pub(super) fn show_on(page: &Path, earned: Option<Earned>) -> io::Result<()> {
    let text = match fs::read_to_string(page) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        text => text?,
    };
    let place = |text: &str| {
        let start = text.find(PLACE.0)? + PLACE.0.len();
        Some(start..start + text[start..].find(PLACE.1)?)
    };
    let Some(place) = place(&text) else {
        return Ok(());
    };
    let shown = earned.map_or_else(String::new, |earned| {
        format!("<dt>Points</dt><dd>{}</dd>", earned.shown())
    });
    if text[place.clone()] == shown {
        return Ok(());
    }
    let mut text = text;
    text.replace_range(place, &shown);
    whole_file::write(page, text.as_bytes())
}

/// Two decimals at most, and none that say nothing.
pub(super) fn rounded(points: f64) -> String {
    let text = format!("{points:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn number(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::suite::Catalogue;

    fn points(text: &str) -> Result<Points, String> {
        #[derive(Deserialize)]
        struct File {
            points: Points,
        }
        toml::from_str::<File>(&format!("points = {text}"))
            .map(|file| file.points)
            .map_err(|error| error.to_string())
    }

    fn judged(verdict: impl Fn(&str) -> Verdict) -> Vec<Judged> {
        let catalogue = Catalogue::compiled_in().unwrap();
        catalogue
            .requirements
            .into_iter()
            .map(|requirement| Judged {
                verdict: verdict(&requirement.id),
                requirement,
                baseline: None,
                scenarios: Vec::new(),
            })
            .collect()
    }

    #[test]
    fn by_level_each_requirement_that_holds_is_worth_its_points() {
        let all = judged(|id| match id {
            "REG-1" => Verdict::Fail,
            "REG-2" => Verdict::Incomplete,
            _ => Verdict::Pass,
        });
        let musts = all
            .iter()
            .filter(|one| one.requirement.level == Level::Must);
        let of = number(musts.count());
        let earned = points("{ must = 0.5 }").unwrap().earned(&all, false);
        assert_eq!(
            earned,
            Earned {
                points: (of - 2.0) / 2.0,
                of: of / 2.0
            }
        );
    }

    #[test]
    fn by_task_its_points_are_split_over_its_requirements() {
        let all = judged(|id| {
            if id == "REG-1" {
                Verdict::Fail
            } else {
                Verdict::Pass
            }
        });
        let of_seven = all.iter().filter(|one| {
            one.requirement.tasks.contains(&7) && one.requirement.level == Level::Must
        });
        let count = number(of_seven.count());
        let earned = points("{ 7 = 3, 8 = 1 }").unwrap().earned(&all, false);
        assert!((earned.of - 4.0).abs() < 1e-9, "{earned:?}");
        let lost = 4.0 - earned.points;
        assert!(lost >= 3.0 / count - 1e-9, "{earned:?}");
    }

    #[test]
    fn what_is_wrong_is_said() {
        for (text, said) in [
            ("{ mst = 1 }", "not for 'mst'"),
            ("{ 21 = 1 }", "not for '21'"),
            ("{ must = -1 }", "cannot be worth -1"),
            ("{ must = 1, 7 = 1 }", "either by level or by task"),
            ("{}", "either by level or by task"),
        ] {
            let error = points(text).unwrap_err();
            assert!(error.contains(said), "{error}");
        }
        assert_eq!(rounded(12.0), "12");
        assert_eq!(rounded(1.0 / 3.0), "0.33");
        assert_eq!(rounded(0.0), "0");
    }
}

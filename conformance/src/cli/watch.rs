//! `authspec watch -- COMMAND`: judges a server again whenever one of its files changes.
//!
//! What is to be mended next is asked first, so that its answer is there in a moment; everything
//! else follows, unless another change comes.

mod changes;
mod files;
mod keys;
mod progress;
mod screen;

use std::{path::PathBuf, pin::pin, time::Duration};

use super::{
    args::WatchArgs,
    gate, judge,
    output::{Ended, wrong},
    settings::{self, RunSettings, SettingsError},
};
use crate::{
    run::{Ending, Run, StopSignal, Time},
    scenario::Names,
};
use changes::Changes;
use keys::{Key, Keys};
use progress::State;
use screen::Screen;

pub(super) async fn watch(args: WatchArgs) -> Ended {
    let named = args.target.base_url.as_deref().map(str::trim);
    if args.target.command.is_empty() && named.is_none_or(str::is_empty) {
        let why = "there is nothing to watch: name a command, authspec watch -- python3 app.py";
        return Err(wrong(why));
    }
    let settings = settings::watch(&args).map_err(SettingsError::told)?;
    let changes = Changes::of(&args.folder).map_err(|error| {
        let folder = args.folder.display();
        wrong(format!("{folder}: {error}"))
    })?;
    let stop = StopSignal::listen();
    let keys = Keys::listen();
    let mut watch = Watch {
        settings,
        deadline: args.deadline,
        screen: Screen::new(keys.is_some(), &args),
        state: State::default(),
        events: Events {
            keys,
            stop,
            changes,
        },
    };
    loop {
        match watch.judged().await {
            Err(Next::End) => return Ok(watch.state.status()),
            Err(Next::Again) => continue,
            Ok(()) | Err(Next::Wait) => {}
        }
        // Nothing is under way: wait for what is next.
        loop {
            match watch.events.next(false).await {
                Event::Quit => return Ok(watch.state.status()),
                Event::Again(files) => {
                    watch.state.begin(files);
                    break;
                }
                Event::Turn(by) => watch.turn(by),
            }
        }
    }
}

/// What somebody or something wants.
enum Event {
    /// To judge again, because these files have changed, or because somebody asks for it.
    Again(Vec<PathBuf>),
    /// To see another failure, so many further on.
    Turn(isize),
    Quit,
}

struct Events {
    keys: Option<Keys>,
    stop: StopSignal,
    changes: Changes,
}

impl Events {
    /// The next one. `judging` tells whether the server runs, and so may write files of its own.
    async fn next(&mut self, judging: bool) -> Event {
        loop {
            let key = async {
                match &mut self.keys {
                    Some(keys) => keys.next().await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                () = self.stop.asked() => return Event::Quit,
                files = self.changes.next(judging) => return Event::Again(files),
                key = key => match key {
                    Some(Key::Quit) => return Event::Quit,
                    Some(Key::Everything) => return Event::Again(Vec::new()),
                    Some(Key::Next) => return Event::Turn(1),
                    Some(Key::Previous) => return Event::Turn(-1),
                    // Nobody types any more; files still change.
                    None => self.keys = None,
                },
            }
        }
    }
}

/// What follows a run that came to nothing.
enum Next {
    /// To begin again at once.
    Again,
    /// To wait for a change: it cannot be judged as the command line wants it, which was told.
    Wait,
    End,
}

/// What is judged, what is known of it, and where that is shown.
struct Watch {
    settings: RunSettings,
    deadline: Duration,
    screen: Screen,
    state: State,
    events: Events,
}

impl Watch {
    fn turn(&mut self, by: isize) {
        self.state.turn(by);
        self.screen.show(&self.state);
    }

    /// Judges what failed first, and then everything.
    async fn judged(&mut self) -> Result<(), Next> {
        self.screen.begins(&self.state);
        self.events.changes.run_begins();
        if let Some(id) = self.state.first_of_all() {
            let everything = self.settings.selected.clone();
            let cases = &self.settings.catalogue.cases;
            let is_first = |number: &usize| cases[*number].requirement == id;
            self.settings.selected.retain(is_first);
            let first = self.part().await;
            self.settings.selected = everything;
            self.state.take_first(first?);
            self.screen.show(&self.state);
        }
        let run = self.part().await?;
        self.state.take(run);
        self.events.changes.run_ends();
        self.state.own = self.events.changes.own_files();
        self.screen.show(&self.state);
        Ok(())
    }

    /// One run, which is cut short, and its target stopped, when something comes in between.
    async fn part(&mut self) -> Result<Run, Next> {
        self.settings.engine.seed = Names::random_seed();
        let (cut, stop) = StopSignal::by_hand();
        let time = Time::begins(self.deadline);
        let outcome = {
            let mut run = pin!(judge::judged(&self.settings, time, &stop));
            let mut interrupted = None;
            loop {
                tokio::select! {
                    run = &mut run => break interrupted.map_or(Ok(run), Err),
                    event = self.events.next(true), if interrupted.is_none() => match event {
                        Event::Turn(by) => {
                            self.state.turn(by);
                            self.screen.show(&self.state);
                        }
                        event => {
                            interrupted = Some(event);
                            cut.send_modify(|times| *times += 1);
                        }
                    },
                }
            }
        };
        match outcome {
            Err(Event::Again(files)) => {
                self.state.begin(files);
                Err(Next::Again)
            }
            Err(_) => Err(Next::End),
            Ok(Err(_)) => Err(Next::Wait),
            Ok(Ok(run)) if run.ending == Ending::Interrupted => Err(Next::End),
            Ok(Ok(mut run)) => {
                gate::redacted(&mut run, &self.settings);
                Ok(run)
            }
        }
    }
}

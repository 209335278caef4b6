//! What a scenario makes of histories, and of the run as a whole: a departure from the document that
//! no requirement has claimed is told as a story, as short as it can be made.

use super::{Stop, Stopped, World, shrink, story, walk::walk};
use crate::{
    model::{History, Source},
    scenario::{Context, Obstacle, Story},
};

impl World {
    /// Walks a history with people of its own.
    ///
    /// # Errors
    /// Stops where the target is known to be lost.
    pub async fn set_out(&mut self, history: &History) -> Result<(), Stop> {
        let context = self.context()?;
        self.still_there(&context)?;
        let source = Source(self.people_of_walks(&context));
        let walked = walk(&context, &context.watch, history, &source).await;
        let first = self.exchanges.len();
        self.exchanges.extend(walked.exchanges.iter().cloned());
        self.acts.extend(first..self.exchanges.len());
        if let Some(last) = self.exchanges.len().checked_sub(1) {
            self.given_up(last)?;
        }
        self.walked = Some((history.clone(), walked));
        Ok(())
    }

    /// Judges the history that was walked last. One that failed is walked again, ever shorter.
    ///
    /// # Errors
    /// Stops where the target departs from the document, or where that cannot be told.
    pub async fn arrive(&mut self) -> Result<(), Stop> {
        let context = self.context()?;
        let Some((history, walked)) = self.walked.take() else {
            return Err(self.defect("no history was walked before this step"));
        };
        if walked.departs {
            let people = self.people_of_walks(&context);
            let shrunk = if context.verdicts_only {
                shrink::Shrunk::not_at_all(&history)
            } else {
                shrink::shrink(&context, &history, &walked, &people).await
            };
            let story = story::tell(&shrunk, &walked, context.client.base());
            if let Some(again) = &shrunk.walked {
                self.exchanges.extend(again.exchanges.iter().cloned());
            }
            return Err(self.departed(story));
        }
        if let Some(why) = walked.hindrance {
            return Err(self.hindered(self.exchanges.len().checked_sub(1), why));
        }
        match walked.claimed {
            Some(requirement) => Err(self.blocked(requirement)),
            None => Ok(()),
        }
    }

    /// Judges every answer of the run so far, whoever asked.
    ///
    /// # Errors
    /// Stops at the first that departs from the document and that no requirement has claimed.
    pub fn look_back(&mut self) -> Result<(), Stop> {
        let context = self.context()?;
        let Some(led) = context.watch.unclaimed() else {
            return Ok(());
        };
        let story = story::of_exchanges(&led);
        self.exchanges.extend(led);
        Err(self.departed(story))
    }

    /// Stops: the last exchange departs from the document.
    fn departed(&mut self, story: Story) -> Stop {
        let last = self.exchanges.last();
        let departure = last.and_then(|last| last.departure.clone());
        self.stop(Stopped::Fault {
            mismatches: departure
                .map(|departure| departure.mismatches)
                .unwrap_or_default(),
            exchange: self.exchanges.len().checked_sub(1),
            story: Some(Box::new(story)),
        })
    }

    /// What the people of a walk in this scenario are made from.
    fn people_of_walks(&self, context: &Context) -> String {
        format!("{}/{}", context.names.seed, self.place)
    }

    /// Stops: what is wrong here is told by another requirement, and hides what else there may be.
    pub(super) fn blocked(&mut self, requirement: &str) -> Stop {
        self.stop(Stopped::Obstacle(Obstacle {
            blocked_by: Some(requirement.to_owned()),
            ..Obstacle::outside(format!(
                "the answers on the way depart from the document as {requirement} tells: see there"
            ))
        }))
    }
}

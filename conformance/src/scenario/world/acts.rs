//! What a scenario sends: a `Given` prepares, a `When` acts, a `Then` looks. A step that does
//! something else than its keyword says is a defect of the suite.

use cucumber::gherkin::StepType;

use super::{At, Stop, World, limited};
use crate::{
    http::{Mismatch, NoResponse, Request},
    scenario::{Context, Health, departs::is_limit},
};

impl World {
    /// Notes what kind of step comes now.
    pub fn begins(&mut self, step: StepType) {
        self.step = Some(step);
    }

    /// Sends a request that the scenario needs without being about it.
    pub(super) async fn prepare(&mut self, request: Request) -> Result<At, Stop> {
        self.exchange(request, StepType::Given).await
    }

    /// Sends a request for the scenario's own sake: its answer is "the answer".
    ///
    /// # Errors
    /// Stops where the target is known to be lost.
    pub async fn act(&mut self, request: Request) -> Result<(), Stop> {
        let at = self.exchange(request, StepType::When).await?;
        self.acts.push(at);
        Ok(())
    }

    /// The same where it matters later who asked.
    ///
    /// # Errors
    /// Stops where the target is known to be lost.
    pub async fn act_by(&mut self, name: &str, request: Request) -> Result<At, Stop> {
        self.act(request).await?;
        let at = self.answer()?;
        self.askers.insert(at, name.to_owned());
        Ok(at)
    }

    /// Sends a request that looks at what an act has led to.
    ///
    /// # Errors
    /// Stops where the target is known to be lost.
    pub async fn look(&mut self, request: Request) -> Result<At, Stop> {
        self.exchange(request, StepType::Then).await
    }

    /// Sends several requests at the same time; their answers are "every answer".
    ///
    /// # Errors
    /// Stops where the target is known to be lost.
    pub async fn act_at_once(&mut self, requests: Vec<Request>) -> Result<Vec<At>, Stop> {
        self.is_due(StepType::When)?;
        let context = self.context()?;
        self.still_there(&context)?;
        let sent = requests.iter().map(|request| context.send_at_once(request));
        let exchanges = futures::future::join_all(sent).await;
        let first = self.exchanges.len();
        for (request, exchange) in requests.iter().zip(exchanges) {
            self.exchanges
                .push(context.take_in_beside_others(request, exchange).await);
        }
        let all: Vec<At> = (first..self.exchanges.len()).collect();
        for at in &all {
            self.given_up(*at)?;
        }
        self.acts.extend(&all);
        Ok(all)
    }

    /// The same where each request is somebody's.
    ///
    /// # Errors
    /// Stops where the target is known to be lost.
    pub async fn act_at_once_by(
        &mut self,
        requests: Vec<(String, Request)>,
    ) -> Result<Vec<At>, Stop> {
        let (names, requests): (Vec<_>, Vec<_>) = requests.into_iter().unzip();
        let all = self.act_at_once(requests).await?;
        self.askers.extend(all.iter().copied().zip(names));
        Ok(all)
    }

    async fn exchange(&mut self, request: Request, due: StepType) -> Result<At, Stop> {
        self.is_due(due)?;
        let context = self.context()?;
        self.still_there(&context)?;
        let mut exchange = context.send(&request).await;
        exchange.fixture = due == StepType::Given;
        let answer = exchange.answer.as_ref().ok();
        let limit = answer.filter(|response| is_limit(response));
        let limit = limit.map(|response| limited(response.status));
        self.exchanges.push(exchange);
        let at = self.exchanges.len() - 1;
        self.given_up(at)?;
        if let Some(why) = limit {
            return Err(self.hindered(Some(at), why));
        }
        // Nothing was sent where no connection could be made, so nobody is at fault.
        self.still_there(&context)?;
        Ok(at)
    }

    /// Outside of features, in a search for histories or a look at a target's health, all is.
    fn is_due(&mut self, due: StepType) -> Result<(), Stop> {
        let does = match due {
            StepType::Given => "prepares",
            StepType::When => "acts",
            StepType::Then => "looks",
        };
        match self.step {
            Some(step) if step != due => Err(self.defect(format!("a {step:?} {does}"))),
            _ => Ok(()),
        }
    }

    /// Stops where an answer did not come because of an end: that of the run, with which nobody
    /// is at fault, or that of a process of ours, which owed it.
    pub(super) fn given_up(&mut self, at: At) -> Result<(), Stop> {
        let why = match &self.exchanges[at].answer {
            Err(NoResponse::CutShort(why)) => why.clone(),
            Err(none @ NoResponse::Ended(_)) => {
                let mismatch = Mismatch::new("answer", "one", none.to_string());
                return self.judge(at, vec![mismatch]);
            }
            _ => return Ok(()),
        };
        Err(self.hindered(Some(at), why))
    }

    pub(super) fn still_there(&mut self, context: &Context) -> Result<(), Stop> {
        match context.health() {
            // Whether a wrecked target is asked at all is for the driver to say.
            Health::Well | Health::Wrecked { .. } => Ok(()),
            Health::Lost(why) => Err(self.hindered(None, why)),
        }
    }

    /// The last answer to an act of the scenario.
    ///
    /// # Errors
    /// Stops where the scenario has not acted, which is a defect of the feature.
    pub fn answer(&mut self) -> Result<At, Stop> {
        match self.acts.last() {
            Some(at) => Ok(*at),
            None => Err(self.defect("no request was sent before this step")),
        }
    }

    /// The last answer to what a person asked, or else to any act.
    ///
    /// # Errors
    /// Stops where the scenario has not acted, which is a defect of the feature.
    pub fn answer_to(&mut self, name: &str) -> Result<At, Stop> {
        let hers = self.askers.iter().rev().find(|(_, asker)| *asker == name);
        match hers {
            Some((at, _)) => Ok(*at),
            None => self.answer(),
        }
    }

    /// All answers to acts of the scenario.
    pub fn answers(&self) -> Vec<At> {
        self.acts.clone()
    }

    /// All answers to what somebody asked, with the name of who did.
    pub fn answers_by_asker(&self) -> Vec<(At, String)> {
        let askers = self.askers.iter();
        askers.map(|(at, name)| (*at, name.clone())).collect()
    }
}

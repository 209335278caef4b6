//! `Db` against a list of users: whatever is done, in whatever order, both say the same.

use authspec_server::{AddError, Db, FindError, UnknownAttribute, UpdateError, User, Value};
use proptest::prelude::*;
use proptest::sample::select;

#[derive(Clone, Debug)]
enum Act {
    Add(String),
    Update(u64, Vec<(&'static str, Value<'static>)>),
    FindAndUpdate(
        Vec<(&'static str, Value<'static>)>,
        Vec<(&'static str, Value<'static>)>,
    ),
    Find(Vec<(&'static str, Value<'static>)>),
}

/// A few values only, so that they meet.
fn text() -> impl Strategy<Value = Value<'static>> {
    select(vec!["a", "b", "c", ""]).prop_map(Value::from)
}

fn nullable() -> impl Strategy<Value = Value<'static>> {
    prop_oneof![3 => text(), 1 => Just(Value::Null)]
}

fn pair() -> impl Strategy<Value = (&'static str, Value<'static>)> {
    prop_oneof![
        (Just("id"), (0_u64..6).prop_map(Value::from)),
        (Just("email"), text()),
        (Just("hashed_password"), text()),
        (Just("session_id"), nullable()),
        (Just("reset_token"), nullable()),
        (Just("email"), Just(Value::Null)),
        (Just("unknown"), text()),
    ]
}

fn pairs() -> impl Strategy<Value = Vec<(&'static str, Value<'static>)>> {
    proptest::collection::vec(pair(), 0..3)
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        select(vec!["a", "b", "c", ""]).prop_map(|email| Act::Add(email.to_owned())),
        (0_u64..6, pairs()).prop_map(|(id, values)| Act::Update(id, values)),
        (pairs(), pairs()).prop_map(|(filters, values)| Act::FindAndUpdate(filters, values)),
        pairs().prop_map(Act::Find),
    ]
}

/// The user's value of an attribute; `None` if there is no such attribute.
fn value(user: &User, name: &str) -> Option<Value<'static>> {
    Some(match name {
        "id" => user.id.into(),
        "email" => user.email.clone().into(),
        "hashed_password" => user.hashed_password.clone().into(),
        "session_id" => user.session_id.clone().into(),
        "reset_token" => user.reset_token.clone().into(),
        _ => return None,
    })
}

fn is_known(pairs: &[(&'static str, Value<'static>)]) -> bool {
    pairs.iter().all(|(name, _)| *name != "unknown")
}

/// What comes of an act, with errors by name.
type Outcome = Result<Option<User>, &'static str>;

#[derive(Default)]
struct Model(Vec<User>);

impl Model {
    fn act(&mut self, act: &Act) -> Outcome {
        match act {
            Act::Add(email) => {
                if self.0.iter().any(|user| user.email == *email) {
                    return Err("taken");
                }
                let user = User {
                    id: self.0.len() as u64 + 1,
                    email: email.clone(),
                    hashed_password: "hash".into(),
                    session_id: None,
                    reset_token: None,
                };
                self.0.push(user.clone());
                Ok(Some(user))
            }
            Act::Update(id, values) => {
                let updated = self.update(&[("id", Value::from(*id))], values);
                updated.map(|_| None)
            }
            Act::FindAndUpdate(filters, values) => self.update(filters, values),
            Act::Find(filters) => {
                if !is_known(filters) {
                    return Err("unknown");
                }
                let found = self.find(filters).ok_or("none")?;
                Ok(Some(self.0[found].clone()))
            }
        }
    }

    fn find(&self, filters: &[(&'static str, Value<'static>)]) -> Option<usize> {
        self.0.iter().position(|user| {
            filters
                .iter()
                .all(|(name, wanted)| value(user, name).as_ref() == Some(wanted))
        })
    }

    fn update(
        &mut self,
        filters: &[(&'static str, Value<'static>)],
        values: &[(&'static str, Value<'static>)],
    ) -> Outcome {
        if !is_known(filters) || !is_known(values) {
            return Err("unknown");
        }
        let found = self.find(filters).ok_or("none")?;
        let mut user = self.0[found].clone();
        for (name, value) in values {
            let text = match value {
                Value::Text(text) => Some(text.clone().into_owned()),
                _ => None,
            };
            match (*name, text) {
                ("id", _) if *value == Value::from(user.id) => {}
                ("email", Some(text)) => user.email = text,
                ("hashed_password", Some(text)) => user.hashed_password = text,
                ("session_id", text) => user.session_id = text,
                ("reset_token", text) => user.reset_token = text,
                _ => return Err("value"),
            }
        }
        let is_taken = |other: &User| other.id != user.id && other.email == user.email;
        if self.0.iter().any(is_taken) {
            return Err("taken");
        }
        self.0[found] = user.clone();
        Ok(Some(user))
    }
}

fn name(error: &UpdateError) -> &'static str {
    match error {
        UpdateError::NoResultFound => "none",
        UpdateError::UnknownAttribute(_) => "unknown",
        UpdateError::InvalidValue(_) => "value",
        UpdateError::EmailTaken => "taken",
        UpdateError::Store(_) => "store",
    }
}

async fn act_on(db: &Db, act: &Act) -> Outcome {
    match act {
        Act::Add(email) => match db.add_user(email, "hash").await {
            Ok(user) => Ok(Some(user)),
            Err(AddError::EmailTaken) => Err("taken"),
            Err(AddError::Store(_)) => Err("store"),
        },
        Act::Update(id, values) => match db.update_user(*id, values.clone()).await {
            Ok(()) => Ok(None),
            Err(error) => Err(name(&error)),
        },
        Act::FindAndUpdate(filters, values) => {
            let (filters, values) = (filters.clone(), values.clone());
            let updated = db.transaction(move |users| {
                // As a caller's arguments would be: read before anything is looked for.
                if !is_known(&values) {
                    return Err(UpdateError::UnknownAttribute(UnknownAttribute("it".into())));
                }
                let user = users.find_user_by(filters.clone())?;
                users.update_user(user.id, values.clone())?;
                Ok(users.find_user_by([("id", user.id)])?)
            });
            updated.await.map(Some).map_err(|error| name(&error))
        }
        Act::Find(filters) => match db.find_user_by(filters.clone()) {
            Ok(user) => Ok(Some(user)),
            Err(FindError::NoResultFound) => Err("none"),
            Err(FindError::InvalidRequest(_)) => Err("unknown"),
            Err(FindError::Store(_)) => Err("store"),
        },
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]
    #[test]
    fn the_store_and_a_list_say_the_same(acts in proptest::collection::vec(act(), 1..40)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        runtime.block_on(async {
            let db = Db::in_memory().unwrap();
            let mut model = Model::default();
            for act in &acts {
                prop_assert_eq!(act_on(&db, act).await, model.act(act), "{:?}", act);
            }
            let checked = db.check();
            prop_assert!(checked.is_ok(), "{:?}", checked);
            Ok(())
        })?;
    }
}
